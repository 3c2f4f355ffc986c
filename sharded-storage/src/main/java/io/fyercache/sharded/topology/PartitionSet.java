package io.fyercache.sharded.topology;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Some of the partitions of a cluster. Immutable. */
public final class PartitionSet {
    /** No partition. */
    public static final PartitionSet NONE = new PartitionSet(new long[0]);

    /** What {@link #words} are at most. */
    public static final int MAX_WORDS = PartitionLayout.MAX_COUNT / Long.SIZE;

    private final long[] words;

    private PartitionSet(long[] words) {
        this.words = words;
    }

    /** Returns those of so many partitions that the condition holds for. */
    public static PartitionSet of(int partitionCount, IntPredicate condition) {
        long[] words = new long[(partitionCount + Long.SIZE - 1) / Long.SIZE];
        for (int partition = 0; partition < partitionCount; partition++) {
            if (condition.test(partition)) {
                words[partition / Long.SIZE] |= 1L << partition;
            }
        }
        return ofWords(words);
    }

    /**
     * Returns the set of these words: a bit for each partition, the lowest of the first word for partition 0.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_WORDS}
     */
    public static PartitionSet ofWords(long[] words) {
        Expected.inRange("words of a set of partitions", words.length, 0, MAX_WORDS);
        int used = words.length;
        while (used > 0 && words[used - 1] == 0) {
            used--;
        }
        return used == 0 ? NONE : new PartitionSet(Arrays.copyOf(words, used));
    }

    /** Returns its words, as {@link #ofWords} takes them, the last of them not 0. */
    public long[] words() {
        return words.clone();
    }

    /** Shows all partitions, in ascending order. */
    public void forEach(IntConsumer action) {
        for (int word = 0; word < words.length; word++) {
            for (long rest = words[word]; rest != 0; rest &= rest - 1) {
                action.accept(word * Long.SIZE + Long.numberOfTrailingZeros(rest));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("partitions");
        forEach(partition -> text.append(' ').append(partition));
        return text.toString();
    }
}
