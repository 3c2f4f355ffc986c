package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T4: how long a new primary holds, on account of what it has promised to those before it. */
class HoldTest {
    private static final long MILLIS = 1_000_000;
    private static final Incarnation FIRST = new Incarnation(1);
    private static final Incarnation SECOND = new Incarnation(2);
    private static final Incarnation SELF = new Incarnation(3);

    private final PartitionRecord founded = PartitionRecord.founding(List.of(FIRST, SECOND, SELF));
    private final PartitionRecord once = founded.takeOver(SECOND, List.of(FIRST));
    private final PartitionRecord twice = once.takeOver(SELF, List.of(SECOND));

    /** Returns after how many milliseconds from the last promise to the first primary this member serves. */
    private long millisUntilServing(Rules rules, List<PartitionRecord> learned) {
        MemberLeases agreements = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, rules);
        agreements.licence().renew(0);
        PartitionReplica replica = new PartitionReplica(new ReplicaMember(
                SELF,
                new SilentHost(),
                ProtocolTimes.STANDARD,
                ReplicationLimits.STANDARD,
                rules,
                agreements,
                new CopyPace(ReplicationLimits.STANDARD.copyBytesPerSecond())));
        replica.install(founded, 0);
        // The second has not been heard for a while; the first has been just now, and may read by a lease.
        agreements.promises().promise(SECOND, 50 * MILLIS);
        agreements.promises().promise(FIRST, 300 * MILLIS);
        learned.forEach(record -> replica.install(record, 310 * MILLIS));
        long millis = 310;
        while (replica.state() != ReplicaState.SERVING) {
            millis++;
            replica.onTick(millis * MILLIS, 0);
        }
        return millis - 300;
    }

    @Test
    void afterTwoTakeoversInARow_thePromiseToTheFirstPrimaryStillHolds() {
        assertThat(millisUntilServing(Rules.ALL, List.of(once, twice))).isEqualTo(300);
    }

    /** M11. */
    @Test
    void holdForTheLastPrimaryAlone_wouldEndWhileTheFirstMayRead() {
        assertThat(millisUntilServing(Rules.without(Rule.HOLDS_ACCUMULATE), List.of(once, twice)))
                .isLessThan(300);
    }

    @Test
    void afterAnEpochThatWasNotSeen_allPromisesHold() {
        assertThat(millisUntilServing(Rules.ALL, List.of(twice))).isEqualTo(300);
    }

    @Test
    void afterAHandOver_thePromiseToThePredecessorDoesNotHold() {
        PartitionRecord handedOver = founded.handOver(SELF).shrink(List.of(FIRST, SECOND));

        assertThat(millisUntilServing(Rules.ALL, List.of(founded.handOver(SELF), handedOver)))
                .isEqualTo(11);
    }
}
