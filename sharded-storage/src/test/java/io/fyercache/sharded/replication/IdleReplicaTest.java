package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.Footprint;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What partitions cost that nobody uses: a cluster has a thousand of them. */
class IdleReplicaTest {
    private static final Incarnation SELF = new Incarnation(1);
    private static final Incarnation OTHER = new Incarnation(2);
    private static final int REPLICAS = 20_000;
    private static final long LIMIT_BYTES = 1_024;

    /** A host that there is one of, and that keeps nothing. */
    private static final ReplicaHost HOST = new ReplicaHost() {
        @Override
        public void send(Incarnation member, PartitionMessage message) {}

        @Override
        public void answer(OperationId request, int attempt, Answer answer) {}

        @Override
        public void ask(ControllerRequest request) {}

        @Override
        public void learnTable() {}

        @Override
        public void committed(LogEntry entry) {}

        @Override
        public void changed(CommittedChanges changes) {}

        @Override
        public void changesGivenUp(long generation, long number) {}

        @Override
        public void expired(EntryKey key) {}

        @Override
        public void evicted(EntryKey key, EncodedValue value) {}

        @Override
        public void usedAtBackup(EntryKey key) {}

        @Override
        public void mayBeRead(@Nullable ReadLeave leave) {}

        @Override
        public HostedCache cache(int number) {
            throw new UnsupportedOperationException("cache " + number + " (expected: no operation)");
        }

        @Override
        public PartitionWrites writes() {
            return PartitionWrites.NONE;
        }

        @Override
        public void runUserCode(UserCodeCall call) {}
    };

    private static final MemberLeases AGREEMENTS = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, Rules.ALL);

    private static final CopyPace PACE = new CopyPace(ReplicationLimits.STANDARD.copyBytesPerSecond());

    private static PartitionReplica replica(PartitionRecord record) {
        PartitionReplica replica = new PartitionReplica(new ReplicaMember(
                SELF, HOST, ProtocolTimes.STANDARD, ReplicationLimits.STANDARD, Rules.ALL, AGREEMENTS, PACE));
        replica.install(record, 0);
        replica.onTick(0, 0);
        return replica;
    }

    @Test
    void primaryWithOneBackup_takesLessThanAKilobyte() {
        assertThat(bytesOf(PartitionRecord.founding(List.of(SELF, OTHER)))).isLessThan(LIMIT_BYTES);
    }

    @Test
    void backup_takesLessThanAKilobyte() {
        assertThat(bytesOf(PartitionRecord.founding(List.of(OTHER, SELF)))).isLessThan(LIMIT_BYTES);
    }

    @Test
    void memberWithoutPart_takesNextToNothing() {
        assertThat(bytesOf(PartitionRecord.founding(List.of(OTHER)))).isLessThan(LIMIT_BYTES / 2);
    }

    /** Returns how many bytes one of many takes, without its record, which is the table's. */
    private static long bytesOf(PartitionRecord record) {
        return Footprint.ofOneOf(REPLICAS, () -> replica(record));
    }
}
