package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.KeyHash;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy is that is being made. First comes what is remembered of operations, by their clients and numbers, then the entries, by
 * their keys. Positions are in that order, too.
 */
public sealed interface CopyPosition extends Comparable<CopyPosition> {
    /** Where a copy begins. */
    CopyPosition BEGIN = new Results(null);

    /** Where all is here. */
    CopyPosition END = new Entries(KeyHash.BUCKETS, null);

    /** Tells whether the entry of a key is here, if there is one. */
    boolean reaches(EntryKey key);

    /**
     * What is remembered of operations is here up to this one.
     *
     * @param last null for none
     */
    record Results(@Nullable OperationId last) implements CopyPosition {
        private static final Comparator<@Nullable OperationId> ORDER = Comparator.nullsFirst(
                Comparator.comparingLong(OperationId::client).thenComparingLong(OperationId::sequence));

        @Override
        public boolean reaches(EntryKey key) {
            return false;
        }

        @Override
        public int compareTo(CopyPosition other) {
            return other instanceof Results that ? ORDER.compare(last, that.last) : -1;
        }
    }

    /**
     * All that is remembered of operations is here, and these entries.
     *
     * @param buckets all of so many first buckets, 0..64
     * @param last those of the next bucket up to this key; null for none
     */
    record Entries(int buckets, @Nullable EntryKey last) implements CopyPosition {
        private static final Comparator<Entries> ORDER = Comparator.comparingInt(Entries::buckets)
                .thenComparing(Entries::last, Comparator.nullsFirst(Comparator.naturalOrder()));

        /**
         * Checks that the key is of the next bucket.
         *
         * @throws IllegalArgumentException if it is not, or if there are not so many buckets
         */
        public Entries {
            if (buckets < 0 || buckets > KeyHash.BUCKETS) {
                throw new IllegalArgumentException("buckets: " + buckets + " (expected: 0.." + KeyHash.BUCKETS + ")");
            }
            if (last != null && last.bucket() != buckets) {
                throw new IllegalArgumentException(
                        "bucket of the last key: " + last.bucket() + " (expected: " + buckets + ")");
            }
        }

        @Override
        public boolean reaches(EntryKey key) {
            int bucket = key.bucket();
            return bucket < buckets || (bucket == buckets && last != null && key.compareTo(last) <= 0);
        }

        @Override
        public int compareTo(CopyPosition other) {
            return other instanceof Entries that ? ORDER.compare(this, that) : 1;
        }
    }
}
