package io.fyercache.core.engine;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch of changes that a writer was told of: which were not written, and why. Immutable.
 *
 * @param failures what the writer threw, as text, by the keys that it has not written
 * @param first what it threw first; null if it has written all
 */
public record BatchOutcome(
        Map<Object, String> failures, @Nullable Throwable first) {
    /** Characters of a failure that are kept, 1,000: what happened is at the beginning. */
    private static final int MAX_FAILURE_TEXT = 1_000;

    /** Everything was written. */
    public static final BatchOutcome WRITTEN = new BatchOutcome(Map.of(), null);

    /** Returns the outcome of a batch of which these keys were not written. */
    public static BatchOutcome of(Map<Object, Throwable> thrown) {
        if (thrown.isEmpty()) {
            return WRITTEN;
        }
        IdentityHashMap<Throwable, String> texts = new IdentityHashMap<>();
        Map<Object, String> failures = new LinkedHashMap<>();
        thrown.forEach((key, failure) -> failures.put(key, texts.computeIfAbsent(failure, BatchOutcome::textOf)));
        return new BatchOutcome(failures, thrown.values().iterator().next());
    }

    private static String textOf(Throwable failure) {
        String text;
        try {
            text = String.valueOf(failure);
        } catch (RuntimeException | Error e) {
            text = failure.getClass().getName(); // It has a message of its own making, which fails in turn.
        }
        return text.length() <= MAX_FAILURE_TEXT ? text : text.substring(0, MAX_FAILURE_TEXT);
    }

    /** Tells whether everything was written. */
    public boolean isWhole() {
        return failures.isEmpty();
    }
}
