package io.fyercache.testkit.simulation;

import io.fyercache.sharded.replication.ReplicationLimits;
import java.util.Random;

/** Limits by which the little that a world has goes in many parts, and through windows that are always full. */
final class TinyLimits {
    private TinyLimits() {}

    /** Draws some. An entry of the log takes about 150 bytes. Listeners are given up in few worlds, as little is asked of what they hear then. */
    static ReplicationLimits draw(Random random) {
        return draw(
                random,
                random.nextInt(4) == 0 ? 500 + random.nextInt(10_000) : ReplicationLimits.STANDARD.untoldBytes());
    }

    /** Draws some by which no listeners are given up. */
    static ReplicationLimits drawPatient(Random random) {
        return draw(random, ReplicationLimits.STANDARD.untoldBytes());
    }

    private static ReplicationLimits draw(Random random, long untoldBytes) {
        return new ReplicationLimits(
                1 + random.nextInt(600),
                1 + random.nextInt(1_200),
                8 + random.nextInt(60),
                1_500 + random.nextInt(10_000),
                untoldBytes,
                20_000 + random.nextInt(200_000));
    }
}
