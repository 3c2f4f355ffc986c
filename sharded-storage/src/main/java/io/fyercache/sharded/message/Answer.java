package io.fyercache.sharded.message;

/** What a client is told about its request. */
public sealed interface Answer {

    /** It was carried out, once, and this is what it says. */
    record Done(OperationResult result) implements Answer {}

    /** This member does not serve the partition: ask again, with a newer table. Nothing has happened. */
    enum NotServing implements Answer {
        /** The only one. */
        NOT_SERVING
    }

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

    /** As many requests wait for user code already as may, for this key or for the whole partition. Nothing has happened. */
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
