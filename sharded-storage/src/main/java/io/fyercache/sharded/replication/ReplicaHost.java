package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.reading.ReadLeave;
import io.fyercache.sharded.topology.Incarnation;
import org.jspecify.annotations.Nullable;

/** What a replica needs of the member that it is on. No method calls back into the replica. */
public interface ReplicaHost {

    /** Sends a message to another member, now or never: it may get lost, be late, and overtake others. */
    void send(Incarnation member, PartitionMessage message);

    /**
     * Answers a request. The client may be gone.
     *
     * @param attempt the one that this answers, or {@link ClientMessage.Reply#ANY_ATTEMPT}
     */
    void answer(OperationId request, int attempt, Answer answer);

    /** Asks the controller for something. The question or the answer may get lost. */
    void ask(ControllerRequest request);

    /** Sees to it that the latest table is learned: a message was of an epoch that the replica does not know. */
    void learnTable();

    /** Tells what was committed, in its order; called on the primary. */
    void committed(LogEntry entry);

    /**
     * Hands over what listeners are to be told, in the order of the log; called on the primary. The host sees to it that each of them gets
     * it, in this order, or counts no longer as one who listens ({@link PartitionReplica#forgetListener}), and then has {@link
     * PartitionReplica#onChangesArrived} called. As long as it has not, the copies keep what is needed to tell it again; if that takes too
     * long, {@link #changesGivenUp} is called.
     */
    void changed(CommittedChanges changes);

    /**
     * Tells that nobody waits any more for changes that the host was handed to arrive (B6), because for too long, or of too much, it has not had
     * said that they did: the copies no longer keep what is needed to tell them again. The host may still deliver them, but should it end before,
     * nobody will. So it must tell whoever listens and has not had them that some may be missing.
     *
     * @param number the last entry of whose changes that is so
     */
    void changesGivenUp(long generation, long number);

    /** Tells that an entry has expired, to be counted: about once, as it is told again after some takeovers. Called on the primary. */
    void expired(EntryKey key);

    /**
     * Tells that an entry had to go to keep its cache within bounds, to be counted, and for whoever observes evictions: about once, as it is
     * told again after some takeovers. Called on the primary.
     */
    void evicted(EntryKey key, EncodedValue value);

    /** R7: says what other threads may read of the partition from now on, instead of what was said before; nothing if null. */
    void mayBeRead(@Nullable ReadLeave leave);

    /** E5: takes in that an entry of a cache with bounds was read from this copy, a backup's: the primary should hear of it, soon or never. */
    void usedAtBackup(EntryKey key);

    /** Returns a cache. */
    HostedCache cache(int number);

    /** Returns the partition's part in what the member is to write. */
    PartitionWrites writes();

    /**
     * Has user code run, by {@link HostedCache#run} of the cache that the call's key is of and on a thread that the partition does not wait
     * for, and then {@link PartitionReplica#onUserCode} called with the outcome. A call whose outcome never comes holds its key for the
     * rest of the epoch.
     */
    void runUserCode(UserCodeCall call);
}
