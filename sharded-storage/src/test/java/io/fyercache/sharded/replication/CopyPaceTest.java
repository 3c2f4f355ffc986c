package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** B5. */
class CopyPaceTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final long PER_SECOND = ReplicationLimits.STANDARD.copyBytesPerSecond();
    private static final int PART = ReplicationLimits.STANDARD.partBytes();

    private final CopyPace pace = new CopyPace(PER_SECOND);

    /** Lets parts leave whenever they may for a second, and returns how many bytes that were. */
    private long bytesOfASecond(long beginNanos, long stepNanos) {
        long bytes = 0;
        for (long now = beginNanos; now - beginNanos < SECOND; now += stepNanos) {
            while (pace.permits(now)) {
                pace.count(PART, now);
                bytes += PART;
            }
        }
        return bytes;
    }

    @Test
    void partsThatAreLookedForEveryTenMilliseconds_leaveAtThePace() {
        assertThat(bytesOfASecond(Long.MAX_VALUE - SECOND / 2, 10 * MILLIS))
                .isCloseTo(PER_SECOND, Percentage.withPercentage(4));
    }

    @Test
    void partsThatAreAlwaysThere_leaveAtThePace() {
        assertThat(bytesOfASecond(0, MILLIS / 10)).isCloseTo(PER_SECOND, Percentage.withPercentage(4));
    }

    @Test
    void timeInWhichNothingLeft_isNotSavedUp() {
        pace.count(PART, 0);

        assertThat(bytesOfASecond(100 * SECOND, 10 * MILLIS)).isCloseTo(PER_SECOND, Percentage.withPercentage(4));
    }

    @Test
    void partLongerThanTheCredit_isPaidBeforeTheNextLeaves() {
        pace.count(EncodedValue.MAX_BYTES, 0);
        long nanos = EncodedValue.MAX_BYTES * SECOND / PER_SECOND;

        assertThat(pace.permits(nanos - 20 * MILLIS)).isFalse();
        assertThat(pace.permits(nanos - 20 * MILLIS + 1)).isTrue();
    }

    @Test
    void copyWaitsForThePace_whicheverPartitionUsedItUp() {
        SilentHost host = new SilentHost();
        Incarnation self = new Incarnation(1);
        Incarnation joining = new Incarnation(2);
        MemberLeases agreements = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, Rules.ALL);
        agreements.licence().renew(0);
        PartitionReplica primary = new PartitionReplica(new ReplicaMember(
                self, host, ProtocolTimes.STANDARD, ReplicationLimits.STANDARD, Rules.ALL, agreements, pace));
        primary.install(PartitionRecord.initial(self).startJoin(joining), 0);
        primary.onTick(0, 0);
        host.sent.clear();
        pace.count(PER_SECOND, 0);

        primary.onMessage(joining, new CopyProgress(1, 1, CopyPosition.BEGIN), 0);
        primary.onTick(900 * MILLIS, 0);
        assertThat(host.sent).isEmpty();
        primary.onTick(990 * MILLIS, 0);

        assertThat(host.sent).hasSize(1).allMatch(CopyPart.class::isInstance);
    }
}
