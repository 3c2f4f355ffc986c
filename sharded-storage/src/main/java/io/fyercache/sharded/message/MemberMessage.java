package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.TableDelta;
import java.util.List;

/** What members say to each other. Who has sent it, in which incarnation, is a matter of the connection it comes by. */
public sealed interface MemberMessage extends Message {

    /** About one partition. */
    record OfPartition(int partition, PartitionMessage message) implements MemberMessage {}

    // ---- to everybody

    /**
     * I am here, and ask for a grant (R3).
     *
     * @param sentNanos on the sender's clock, to be given back with the grant
     */
    record Heartbeat(long sentNanos, Hearing hearing) implements MemberMessage {}

    /**
     * I shall not replace you for the length of a lease.
     *
     * @param sentNanos of the heartbeat that this answers
     * @param tableVersion the version of the table that the grantor knows; 0 for none
     * @param wallMillis the grantor's wall clock (E4): it was read between the heartbeat and the arrival of this
     * @param sublet the partitions, as of that version, of which the grantor is primary and whose reads the receiver may answer from its copy (R6)
     */
    record Grant(long sentNanos, long tableVersion, long wallMillis, PartitionSet sublet) implements MemberMessage {}

    /**
     * Entries of caches with bounds of which you are primary have been read here: some of those that were, so that they are not taken for unused (E5).
     *
     * @param keys {@value #MAX_KEYS} at most
     */
    record Used(List<EntryKey> keys) implements MemberMessage {
        /** As many as are noted between two heartbeats. */
        public static final int MAX_KEYS = 64;

        /** Copies the keys. */
        public Used {
            keys = List.copyOf(keys);
        }
    }

    /** I have stopped for good, and answer nobody any more (J5). */
    enum Goodbye implements MemberMessage {
        /** The only one. */
        GOODBYE
    }

    // ---- from the controller

    /** The table has changed from one version to the next. A member that does not know the former must ask ZooKeeper. */
    record TableChanged(long version, TableDelta delta) implements MemberMessage {}

    /** Give up your epoch of this partition, if its record still has this version (J3). */
    record Relinquish(int partition, long version) implements MemberMessage {}

    // ---- to the controller

    /** The primary of a partition asks for something. */
    record Asked(int partition, ControllerRequest request) implements MemberMessage {}

    /**
     * A primary asks for something, by way of another member, as it may not reach the controller itself (T2). Whoever has this from the primary
     * passes it on; whoever has it from anybody else does not, so it makes one step between the two.
     *
     * @param primary who asks
     */
    record Relayed(Incarnation primary, Asked asked) implements MemberMessage {}
}
