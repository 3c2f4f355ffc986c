package io.fyercache.testkit.history;

import io.fyercache.testkit.history.Completion.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many operations were answered in each slice of a history's time. A cache that answers nothing is linearizable: a test
 * should ask for a rate as well. Immutable.
 *
 * @param slice the length of a slice
 * @param answers for each slice how many operations returned in it, the first slice beginning with the first invocation; the
 *     last slice may be cut short
 */
public record AnswerRate(Duration slice, List<Integer> answers) {
    /** More slices than anybody reads: a day of seconds. */
    public static final int MAX_SLICES = 86_400;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Copies the list. */
    public AnswerRate {
        answers = List.copyOf(answers);
    }

    /**
     * Counts the answers of a history.
     *
     * @throws IllegalArgumentException if {@code slice} is not positive, or so short that there are more than
     *     {@value #MAX_SLICES}
     */
    public static AnswerRate of(History history, Duration slice) {
        if (slice.isNegative() || slice.isZero()) {
            throw new IllegalArgumentException("slice: " + slice + " (expected: longer than zero)");
        }
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Operation operation : history.operations()) {
            first = Math.min(first, operation.invokedNanos());
            last = Math.max(last, lastNanos(operation));
        }
        if (last < first) {
            return new AnswerRate(slice, List.of());
        }
        long count = (last - first) / slice.toNanos() + 1;
        if (count > MAX_SLICES) {
            throw new IllegalArgumentException("slice: " + slice + " makes " + count + " slices (expected: up to "
                    + MAX_SLICES + "); take longer ones");
        }
        int[] answers = new int[(int) count];
        for (Operation operation : history.operations()) {
            if (operation.completion() instanceof Answered answered) {
                answers[(int) ((answered.returnedNanos() - first) / slice.toNanos())]++;
            }
        }
        List<Integer> boxed = new ArrayList<>();
        for (int answersOfSlice : answers) {
            boxed.add(answersOfSlice);
        }
        return new AnswerRate(slice, boxed);
    }

    private static long lastNanos(Operation operation) {
        return operation.completion() instanceof Answered answered
                ? answered.returnedNanos()
                : operation.invokedNanos();
    }

    /** Returns the answers per second of the poorest slice, the last one left out unless it is the only one; 0 if none. */
    public double lowestPerSecond() {
        int whole = Math.max(1, answers.size() - 1);
        int lowest = answers.stream().limit(whole).min(Integer::compare).orElse(0);
        return lowest * NANOS_PER_SECOND / slice.toNanos();
    }

    @Override
    public String toString() {
        long all = answers.stream().mapToLong(Integer::longValue).sum();
        return String.format(
                Locale.ROOT,
                "%d answers in %d slices of %s, at least %.1f per second",
                all,
                answers.size(),
                slice,
                lowestPerSecond());
    }
}
