package io.fyercache.sharded.member;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.ReplicaHost;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;

/** What a member's state machines need of the process that they are in. No method calls back into them. */
public interface MemberHost {

    /**
     * Sends a message to another member, now or never: it may get lost, be late, and overtake others. One to this member itself arrives,
     * but not within the call.
     */
    void send(Incarnation member, MemberMessage message);

    /** Answers a request about a partition; see {@link ReplicaHost#answer}. */
    void answer(int partition, OperationId request, int attempt, Answer answer);

    /** Tells what was committed in a partition; see {@link ReplicaHost#committed}. */
    void committed(int partition, LogEntry entry);

    /** Sends a message to a process that listens, reads near, or has asked, and may be gone: now or never, over the connection that it made. */
    void tell(long client, ClientMessage message);

    /** Tells that changes of a partition that this was handed are not waited for any more; see {@link ReplicaHost#changesGivenUp}. */
    void changesGivenUp(int partition, long generation, long number);

    /** Tells that an entry of a partition has expired; see {@link ReplicaHost#expired}. */
    void expired(int partition, EntryKey key);

    /** Tells that an entry of a partition was evicted; see {@link ReplicaHost#evicted}. */
    void evicted(int partition, EntryKey key, EncodedValue value);

    /** Returns a cache. */
    HostedCache cache(int number);

    /** Has user code of a partition run, to be answered by {@link StorageMember#onUserCode}; see {@link ReplicaHost#runUserCode}. */
    void runUserCode(int partition, UserCodeCall call);

    /**
     * Has user code run for several calls at once, by {@link HostedCache#runTogether} of the cache that all are of, and answered each as those of
     * {@link #runUserCode} are (U7).
     *
     * @param calls at least one; there may be one for each of the partitions, or several
     */
    void runUserCodeTogether(List<PlacedCall> calls);

    /**
     * Has changes written that have waited, by {@link HostedCache#write} of the cache and on a thread that the member does not wait for, and then {@link
     * StorageMember#onWritten} called with the outcome. If that never comes, the member writes nothing of the cache any more.
     *
     * @param batch at least one change, each of another key
     */
    void write(int cache, List<PlacedWrite> batch);

    /** Returns a number drawn from 0..1. */
    double draw();

    /**
     * Tells that all copies of a partition were lost, once for each member and generation.
     *
     * @param generation the one that has begun, empty
     * @param lastOwners who held the copies, as far as this member knows
     */
    void partitionLost(int partition, long generation, List<Incarnation> lastOwners);

    /**
     * Tells that the wall clocks of another member and of this one differ by more than half a second, once until they do not any more (E4).
     * Whose is wrong is not known here.
     *
     * @param aheadMillis by how much the other's is ahead, less than 0 if it is behind
     */
    void clocksDiffer(Incarnation member, long aheadMillis);

    /** Tells that the wall clocks of another member and of this one do not differ any more. */
    void clocksAgree(Incarnation member, long aheadMillis);

    /**
     * Tells whether some member believes this process, or none is there that could. Until then the process may be one that nobody believes, and
     * does not want to control (T8).
     */
    boolean isLetIn();

    /** Tells that nothing is left here that others need: the member has left (J5). */
    void hasLeft();
}
