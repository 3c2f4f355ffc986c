package io.fyercache.sharded.message;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.sharded.topology.CacheNumber;

/**
 * What a client asks of the primary of a partition.
 *
 * @param id stays the same when the request is sent again
 * @param attempt counts how often it has been sent, from 1
 * @param acknowledgedBelow see {@link Origin}; at most the request's own sequence, and less than {@value OperationId#WINDOW} below it
 * @param firstGeneration the partition's generation when the first attempt was sent that may have had an effect
 * @param minInSync how many copies must be in sync for a write, 1 or more
 * @param key whose entry it is about; {@link EntryKey#ofAll} if about all of a cache in the partition
 * @param batch the operation on many keys that it is a part of
 */
public record Request(
        OperationId id,
        int attempt,
        long acknowledgedBelow,
        long firstGeneration,
        int minInSync,
        EntryKey key,
        Task task,
        Batch batch) {
    /**
     * Milliseconds, five minutes, after which a request is not sent again. Its result is remembered twice as long, so that the last attempt
     * may be late, and the clocks of client and partition need not agree.
     */
    public static final long LIFE_MILLIS = 300_000;

    /**
     * Checks the window and the key.
     *
     * @throws IllegalArgumentException if {@code acknowledgedBelow} is beyond the sequence or a window or more below it, or if the key is that of
     *     what is unwritten, which clients ask for by the key that it is about
     */
    public Request {
        if (key.isUnwritten()) {
            throw new IllegalArgumentException("cache of a request: " + key.cache() + " (expected: at most "
                    + CacheNumber.MAX + ", the number of a cache)");
        }
        if (acknowledgedBelow > id.sequence() || id.sequence() - acknowledgedBelow >= OperationId.WINDOW) {
            throw new IllegalArgumentException("acknowledgedBelow of operation " + id.sequence() + ": "
                    + acknowledgedBelow + " (expected: at most that, and less than " + OperationId.WINDOW + " below)");
        }
    }

    /** Makes a request that is a part of nothing. */
    public Request(
            OperationId id,
            int attempt,
            long acknowledgedBelow,
            long firstGeneration,
            int minInSync,
            EntryKey key,
            Task task) {
        this(id, attempt, acknowledgedBelow, firstGeneration, minInSync, key, task, Batch.NONE);
    }

    /**
     * An operation on many keys, of which there is a request for each. Each is carried out by itself; but user code may run for several at once
     * (U7).
     *
     * @param number tells it from all others that the client has under way in the cache, from 1; 0 for none
     * @param parts how many requests of it go to the same member, 0..{@value #MAX_PARTS}, as far as the client knows; 0 if it does not
     */
    public record Batch(long number, int parts) {
        /** Parts: what an operation has under way at once. Operations on more keys are several. */
        public static final int MAX_PARTS = 4_096;

        /** No such operation. */
        public static final Batch NONE = new Batch(0, 0);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public Batch {
            if (number < 0 || parts < 0 || parts > MAX_PARTS) {
                throw new IllegalArgumentException("batch: " + number + " of " + parts
                        + " parts (expected: a number from 0, of 0.." + MAX_PARTS + " parts)");
            }
        }

        /** Tells whether there is none. */
        public boolean isNone() {
            return number == 0;
        }
    }

    /** Returns the same request, as it is sent once more. */
    public Request again() {
        return again(firstGeneration);
    }

    /**
     * Returns the same request, as it is sent once more after all attempts so far were refused: as none of them had an effect or will have
     * one, the next is the first that may.
     *
     * @param generation the partition's generation now
     */
    public Request again(long generation) {
        return new Request(id, attempt + 1, acknowledgedBelow, generation, minInSync, key, task, batch);
    }

    /** What is to be done. */
    public sealed interface Task {

        /** Tells whether it has no effect that counts, so that it may be carried out any number of times. */
        default boolean isRead() {
            return false;
        }

        /** R6: tells whether it reads one entry, so that any copy may answer, if that leaves no trace. */
        default boolean isForAnyCopy() {
            return false;
        }

        /** To tell the value, loaded if there is none and the cache reads through. */
        enum Read implements Task {
            /** The only one. */
            READ;

            @Override
            public boolean isRead() {
                return true;
            }

            @Override
            public boolean isForAnyCopy() {
                return true;
            }
        }

        /** To tell the value if there is one: a use and a hit if so, and otherwise nothing. */
        enum ReadPresent implements Task {
            /** The only one. */
            READ_PRESENT;

            @Override
            public boolean isRead() {
                return true;
            }
        }

        /** To tell whether there is a value: neither a use nor a hit or a miss. */
        enum Peek implements Task {
            /** The only one. */
            PEEK;

            @Override
            public boolean isRead() {
                return true;
            }

            @Override
            public boolean isForAnyCopy() {
                return true;
            }
        }

        /**
         * To acknowledge for the cache of the key that all copies of its partition were lost (L4). The answer tells whether there was
         * anything to acknowledge.
         *
         * @param generation the one that the loss was told with; of later losses the caller has not heard
         */
        record AcknowledgeLoss(long generation) implements Task {}

        /**
         * To carry out an operation whose values are encoded ones.
         *
         * @param listeners whether the answer waits for them
         */
        record Write(EntryOperation operation, Listeners listeners) implements Task {
            /** An operation that waits for synchronous listeners. */
            public Write(EntryOperation operation) {
                this(operation, Listeners.AWAITED);
            }
        }

        /** What an operation does about synchronous listeners (V5). */
        enum Listeners {
            /** It is answered when they have returned. */
            AWAITED,
            /** It is answered without them, since a listener asks for it: they may be waiting for that one to return. */
            NOT_AWAITED
        }

        /**
         * To tell a client from now on what becomes of the entries of a cache (V3). The answer tells whether that was so before.
         *
         * @param version see {@link Listening}
         */
        record Listen(long version, ChangeInterest interest) implements Task {}

        /** To have the loader bring a value, and to keep it: {@code Cache.loadAll}. */
        record Load(Existing existing) implements Task {}

        /** To tell some keys of the entries of a cache that come next. */
        record ListKeys(CachePosition from) implements Task {
            @Override
            public boolean isRead() {
                return true;
            }
        }

        /**
         * To drop some of the entries of a cache that come next, telling nobody. Those whose keys are held stay, and are told: they are to be
         * invalidated one by one.
         */
        record Clear(CachePosition from) implements Task {}

        /**
         * To tell how much of a cache is still to be written.
         *
         * @param haste whether all of it is to be written as soon as possible from now on
         */
        record CountUnwritten(Haste haste) implements Task {
            @Override
            public boolean isRead() {
                return true;
            }
        }

        /** How soon changes are to be written. */
        enum Haste {
            /** When the settings of their cache say so. */
            AS_SET,
            /** As soon as possible, since somebody waits until all are written. */
            AT_ONCE
        }

        /** To tell some of the changes of a cache that were given up, those whose keys come next. */
        record ListDeadLetters(CachePosition from) implements Task {
            @Override
            public boolean isRead() {
                return true;
            }
        }

        /** To do something about the change of the key, if that was given up. The answer tells whether it was. */
        enum OfDeadLetter implements Task {
            /** To have it written anew, with all its attempts. */
            REPLAY,
            /** To drop it: what the database has counts again. */
            DISCARD
        }

        /** To drop some of the changes of a cache that were to be written, those whose keys come next, as the cache is none any more. */
        record DropUnwritten(CachePosition from) implements Task {}

        /** To tell how many entries of a cache there are, expired ones included that have not gone yet. */
        enum CountEntries implements Task {
            /** The only one. */
            COUNT_ENTRIES;

            @Override
            public boolean isRead() {
                return true;
            }
        }
    }
}
