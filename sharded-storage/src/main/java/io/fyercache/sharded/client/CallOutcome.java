package io.fyercache.sharded.client;

import io.fyercache.sharded.message.OperationResult;

/** What has become of a call. */
public sealed interface CallOutcome {

    /**
     * It was carried out, once, and this is what it says.
     *
     * @param tally what whoever called is to count, see {@link io.fyercache.sharded.message.Answer.Done}
     */
    record Answered(OperationResult result, int tally) implements CallOutcome {}

    /** Whether it had its effect nobody knows: it was sent, and was not answered in time, or before the process ended, or all copies were lost meanwhile. Never of a read. */
    enum OutcomeUnknown implements CallOutcome {
        /** The only one. */
        OUTCOME_UNKNOWN
    }

    /** It has certainly had no effect, and will have none. */
    sealed interface NotCarriedOut extends CallOutcome {}

    /** Its time was over before a primary was found that would carry it out, or, of a read, before one answered. */
    enum TimedOut implements NotCarriedOut {
        /** The only one. */
        TIMED_OUT
    }

    /** The process ended before the call did. */
    enum Closed implements NotCarriedOut {
        /** The only one. */
        CLOSED
    }

    /** Its time was over, and the primary had no word from ZooKeeper for too long. */
    enum NoLicence implements NotCarriedOut {
        /** The only one. */
        NO_LICENCE
    }

    /** Fewer copies are in sync than the cache asks for. That may last, so it is told at once. */
    record TooFewCopies(int inSync, int wanted) implements NotCarriedOut {}

    /**
     * All copies of the partition were lost, and the cache is one whose operations fail until somebody acknowledges that (L4). That lasts, so it
     * is told at once.
     *
     * @param generation the one that has begun, empty
     */
    record PartitionLost(long generation) implements NotCarriedOut {}

    /**
     * Too many calls wait: of this client ({@link RequestRouter#MAX_CALLS}), which is told at once, or for user code on the primary, if that
     * is still so when the call's time is over.
     */
    enum Overloaded implements NotCarriedOut {
        /** The only one. */
        OVERLOADED
    }
}
