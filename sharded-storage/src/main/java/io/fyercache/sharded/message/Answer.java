package io.fyercache.sharded.message;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.topology.Incarnation;

/** What a client is told about its request. */
public sealed interface Answer {

    /**
     * It was carried out, once, and this is what it says.
     *
     * @param tally what whoever asked is to count, and nobody else, once: a sum of {@link CacheCounters#HIT} and its like,
     *     0..{@value #MAX_TALLY}
     */
    record Done(OperationResult result, int tally) implements Answer {
        /** All that there is to count. */
        public static final int MAX_TALLY = CacheCounters.HIT
                | CacheCounters.MISS
                | CacheCounters.PUT
                | CacheCounters.REMOVAL
                | CacheCounters.EXPIRY;

        /** Nothing is said, and nothing to be counted. */
        public static final Done NOTHING = new Done(OperationResult.None.NONE, 0);

        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if {@code tally} is none
         */
        public Done {
            if (tally < 0 || tally > MAX_TALLY) {
                throw new IllegalArgumentException("tally: " + tally + " (expected: 0.." + MAX_TALLY + ")");
            }
        }

        /** Returns the answer to others who only wait to read the same: it counts as a look-up of theirs, and as nothing else. */
        public Done asRead() {
            return new Done(result, tally & (CacheCounters.HIT | CacheCounters.MISS));
        }
    }

    /**
     * This member does not serve the partition, or not any more: ask again, with a newer table. As the answer to one attempt it says that this
     * attempt has had no effect, and will have none. But {@linkplain ClientMessage.Reply#ANY_ATTEMPT named after no attempt} it is what a primary
     * that was replaced says of an operation that is in its log: nobody knows yet whether that has its effect (D5).
     */
    enum NotServing implements Answer {
        /** The only one. */
        NOT_SERVING
    }

    /**
     * As {@link NotServing}; and another member is the primary by a record that this one knows, which may be later than what the client knows. Then
     * it can go on with that one at once. It is a hint to clients, and no other way to learn of records.
     *
     * @param version of the partition's record, at least 1
     * @param primary by that record
     */
    record Moved(long version, Incarnation primary) implements Answer {}

    /** Too long without word from ZooKeeper. Nothing has happened. */
    enum NoLicence implements Answer {
        /** The only one. */
        NO_LICENCE
    }

    /** Fewer copies are in sync than the cache asks for. Nothing has happened. */
    record TooFewCopies(int inSync, int wanted) implements Answer {}

    /** All copies were lost since the first attempt: whether it had its effect nobody knows. */
    enum OutcomeUnknown implements Answer {
        /** The only one. */
        OUTCOME_UNKNOWN
    }

    /**
     * All copies of the partition were lost, and its cache is one whose operations fail until somebody acknowledges that (L4). Nothing has
     * happened.
     *
     * @param generation the one that has begun, empty
     */
    record PartitionLost(long generation) implements Answer {}

    /**
     * As many requests wait already as may: for user code, for this key or for the whole partition, or for copies that do not acknowledge. Or the
     * loss of the partition is acknowledged for as many caches as may be. Nothing has happened.
     */
    enum Busy implements Answer {
        /** The only one. */
        BUSY
    }

    /** The client itself has said that it has the answer. It has not kept its own word; nothing has happened. */
    enum AlreadyAcknowledged implements Answer {
        /** The only one. */
        ALREADY_ACKNOWLEDGED
    }
}
