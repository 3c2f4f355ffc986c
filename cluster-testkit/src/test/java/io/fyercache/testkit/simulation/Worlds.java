package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.history.CheckReport;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.LinearizabilityChecker;
import io.fyercache.testkit.history.Outcome;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Many worlds, which know nothing of each other, and of which several run at a time. */
final class Worlds {
    /** To see one world again, and it alone: its seed, and one as the number of seeds. */
    static final String FIRST_SEED = "simulation.first-seed";

    static final String SEEDS = "simulation.seeds";

    private static final long SECOND = 1_000_000_000;
    private static final long FAULTY_NANOS = 40 * SECOND;
    /**
     * After the last fault ZooKeeper may be down for ten seconds; a session that was lost ends six seconds later, its znodes are gone after four
     * more, and what nobody holds any more begins anew after a grace of up to ten.
     */
    private static final long CALM_NANOS = 36 * SECOND;

    private Worlds() {}

    /** Lets the worlds run, of which every promise must be kept; returns how many operations have ended in one, on average. */
    static long runAll(int usually, LongFunction<World> maker) {
        int count = Integer.getInteger(SEEDS, usually);
        return seeds(count).map(seed -> run(seed, maker)).sum() / count;
    }

    private static LongStream seeds(int count) {
        long first = Long.getLong(FIRST_SEED, 1);
        return LongStream.range(first, first + count).parallel();
    }

    private static long run(long seed, LongFunction<World> maker) {
        World world = maker.apply(seed);
        try {
            world.run(FAULTY_NANOS, CALM_NANOS);
            assertKept(world);
            return world.answered();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + world, e);
        }
    }

    /** Returns the seed of a world in which something is not as it should be; 0 if there is none. */
    static long seedThatNotices(int usually, LongFunction<World> maker) {
        return seeds(Integer.getInteger(SEEDS, usually))
                .filter(seed -> notices(maker.apply(seed)))
                .findAny()
                .orElse(0);
    }

    private static boolean notices(World world) {
        try {
            world.run(FAULTY_NANOS, CALM_NANOS);
            assertKept(world);
            return false;
        } catch (RuntimeException | AssertionError noticed) {
            return true;
        }
    }

    static void assertKept(World world) {
        for (History history : world.histories()) {
            CheckReport report = new LinearizabilityChecker().check(history);
            assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.LINEARIZABLE);
        }
        assertThat(world.wounds()).isEmpty();
    }
}
