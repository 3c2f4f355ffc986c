package io.fyercache.sharded.message;

/** What becomes of one entry, as it is replicated: not the operation, but its outcome. */
public sealed interface Effect {

    /** Returns whose entry it is. */
    EntryKey key();

    /** Returns who is told of it, and what. */
    Notice notice();

    /**
     * It has this value, until this deadline in partition time (milliseconds; {@code Long.MAX_VALUE} for ever).
     *
     * @param notice none, or one of a value that is new
     */
    record Store(EntryKey key, EncodedValue value, long deadlineMillis, Notice notice) implements Effect {
        /**
         * Checks the notice.
         *
         * @throws IllegalArgumentException if it is one of a value that is gone
         */
        public Store {
            switch (notice) {
                case NONE, CREATED, UPDATED -> {}
                default ->
                    throw new IllegalArgumentException(
                            "notice of a value: " + notice + " (expected: NONE, CREATED or UPDATED)");
            }
        }
    }

    /** It keeps its value, until this deadline. */
    record Prolong(EntryKey key, long deadlineMillis) implements Effect {
        @Override
        public Notice notice() {
            return Notice.NONE;
        }
    }

    /**
     * It is gone.
     *
     * @param notice none, or one of a value that is gone
     */
    record Remove(EntryKey key, Notice notice) implements Effect {
        /**
         * Checks the notice.
         *
         * @throws IllegalArgumentException if it is one of a value that is new
         */
        public Remove {
            switch (notice) {
                case NONE, REMOVED, EXPIRED, EVICTED -> {}
                default ->
                    throw new IllegalArgumentException(
                            "notice of a removal: " + notice + " (expected: NONE, REMOVED, EXPIRED or EVICTED)");
            }
        }
    }

    /** A value came whose time was over at once: there was no entry, and there is none, but listeners are told that it has expired. */
    record ExpireAtOnce(EntryKey key, EncodedValue value) implements Effect {
        @Override
        public Notice notice() {
            return Notice.EXPIRED;
        }
    }

    /** A process wants to hear of what becomes of the entries of a cache, from the next entry of the log on (V3). */
    record Listen(Listening listening) implements Effect {
        @Override
        public EntryKey key() {
            return EntryKey.ofAll(listening.cache());
        }

        @Override
        public Notice notice() {
            return Notice.NONE;
        }
    }

    /**
     * That the partition's copies were lost is acknowledged for the entry's cache (L4), which has no entries in this partition until then.
     *
     * @param key any one of the cache
     */
    record AcknowledgeLoss(EntryKey key) implements Effect {
        @Override
        public Notice notice() {
            return Notice.NONE;
        }
    }
}
