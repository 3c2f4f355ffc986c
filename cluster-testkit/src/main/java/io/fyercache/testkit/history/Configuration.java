package io.fyercache.testkit.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far a search has come: the return that it must explain next, the value of the key, and which operations have taken
 * effect of those that may have. Those that returned before have, those that are invoked later have not.
 *
 * <p>Two are equal if they differ in the operations without an answer only; see {@link #isDominatedBy}. For one thread.
 */
final class Configuration {
    private final int event;
    private final int value;

    /** A bit for each slot of an answered operation. */
    private final long[] answered;

    /** A bit for each operation without an answer. */
    private final long[] unanswered;

    private final Next next;
    private final int hash;

    /** The one that is equal and was met before. */
    @Nullable
    Configuration older;

    Configuration(int event, int value, long[] answered, long[] unanswered, Next next) {
        this.event = event;
        this.value = value;
        this.answered = answered;
        this.unanswered = unanswered;
        this.next = next;
        hash = (event * 31 + value) * 31 + Arrays.hashCode(answered);
    }

    /** Which operations may take effect next. */
    enum Next {
        ANY,
        /** One that depends on the value, since the last one need not have taken effect if none does. */
        USES_VALUE
    }

    Next next() {
        return next;
    }

    int event() {
        return event;
    }

    int value() {
        return value;
    }

    long[] answeredBits() {
        return answered.clone();
    }

    long[] unansweredBits() {
        return unanswered.clone();
    }

    boolean hasAnswered(int slot) {
        return isSet(answered, slot);
    }

    boolean hasUnanswered(int slot) {
        return isSet(unanswered, slot);
    }

    /**
     * Tells whether {@code other}, which is equal, can go wherever this can, since all operations without an answer that
     * it has used up this has used up as well.
     */
    boolean isDominatedBy(Configuration other) {
        for (int word = 0; word < unanswered.length; word++) {
            if ((other.unanswered[word] & ~unanswered[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    static long[] bits(int count) {
        return new long[(count + Long.SIZE - 1) / Long.SIZE];
    }

    static boolean isSet(long[] bits, int index) {
        return (bits[index / Long.SIZE] & 1L << index) != 0;
    }

    static void set(long[] bits, int index) {
        bits[index / Long.SIZE] |= 1L << index;
    }

    static void unset(long[] bits, int index) {
        bits[index / Long.SIZE] &= ~(1L << index);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Configuration other
                && other.hash == hash
                && other.event == event
                && other.value == value
                && other.next == next
                && Arrays.equals(other.answered, answered);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
