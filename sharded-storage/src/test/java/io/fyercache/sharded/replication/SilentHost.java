package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host that delivers nothing, so that a test can say what arrives and when. */
final class SilentHost implements ReplicaHost {
    final List<PartitionMessage> sent = new ArrayList<>();
    final List<ControllerRequest> asked = new ArrayList<>();
    final List<LogEntry> committed = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    int tablesWanted;

    /** What other threads may read. */
    @Nullable
    ReadLeave readable;

    HostedCache cache = HostedCaches.plain();

    /** Makes the replica of a new member on this host, which has its licence from time 0 on. */
    PartitionReplica replica(Incarnation self, Rules rules) {
        MemberLeases agreements = MemberLeases.ofNewMember(ProtocolTimes.STANDARD, rules);
        agreements.licence().renew(0);
        return new PartitionReplica(new ReplicaMember(
                self,
                this,
                ProtocolTimes.STANDARD,
                ReplicationLimits.STANDARD,
                rules,
                agreements,
                new CopyPace(ReplicationLimits.STANDARD.copyBytesPerSecond())));
    }

    @Override
    public void send(Incarnation member, PartitionMessage message) {
        sent.add(message);
    }

    @Override
    public void answer(OperationId request, int attempt, Answer answer) {
        answers.add(answer);
    }

    @Override
    public void ask(ControllerRequest request) {
        asked.add(request);
    }

    @Override
    public void learnTable() {
        tablesWanted++;
    }

    @Override
    public void committed(LogEntry entry) {
        committed.add(entry);
    }

    @Override
    public void changed(CommittedChanges changes) {
        throw new AssertionError("nobody listens: " + changes);
    }

    @Override
    public void changesGivenUp(long generation, long number) {
        throw new AssertionError("nobody listens, up to " + number);
    }

    @Override
    public void expired(EntryKey key) {
        throw new AssertionError("nothing expires: " + key);
    }

    @Override
    public void evicted(EntryKey key, EncodedValue value) {
        throw new AssertionError("nothing is evicted: " + key);
    }

    @Override
    public void usedAtBackup(EntryKey key) {}

    @Override
    public void mayBeRead(@Nullable ReadLeave leave) {
        readable = leave;
    }

    @Override
    public HostedCache cache(int number) {
        return cache;
    }

    @Override
    public PartitionWrites writes() {
        return PartitionWrites.NONE;
    }

    @Override
    public void runUserCode(UserCodeCall call) {
        throw new AssertionError("no user code is here: " + call);
    }
}
