package io.fyercache.jdbc.through;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of one call were written, which were not and why. Used by one thread.
 *
 * @param <K> the keys, as messages show them
 */
public final class WriteProgress<K> {

    /** The most exceptions kept beside the first: each holds a stack, and a batch may have thousands of bad rows. */
    public static final int MAX_SUPPRESSED = 10;

    private final FailureText text;
    private final BiFunction<String, Exception, CacheWriterException> exceptions;
    private final BitSet written = new BitSet();
    private final BitSet failed = new BitSet();
    private final List<K> firstFailedKeys = new ArrayList<>();
    private final List<CacheWriterException> others = new ArrayList<>();
    private @Nullable Exception first;
    private @Nullable Exception stop;
    private boolean areAlike = true;

    /**
     * Nothing is written yet.
     *
     * @param exceptions makes what is thrown of a message and its cause; of a cause that has an exception of its own, where all have failed for such a
     *     cause
     */
    public WriteProgress(FailureText text, BiFunction<String, Exception, CacheWriterException> exceptions) {
        this.text = text;
        this.exceptions = exceptions;
    }

    void written(List<? extends Numbered<K, ?>> items) {
        items.forEach(item -> written.set(item.number()));
    }

    /** These failed, for one reason. */
    public void failed(List<? extends Numbered<K, ?>> items, Exception cause) {
        items.forEach(item -> failed.set(item.number()));
        note(items.stream().<K>map(Numbered::key).toList(), cause);
    }

    /** An element never became what can be written. */
    void unmapped(int number, @Nullable K key, Exception cause) {
        failed.set(number);
        note(Stream.ofNullable(key).toList(), cause);
    }

    /** No further one will be tried, for this reason. */
    void stopping(Exception cause) {
        stop = cause;
    }

    /** Of these, those neither written nor failed count as failed, for the reason of the stop. */
    void stopped(List<? extends Numbered<K, ?>> items) {
        Exception cause = Objects.requireNonNull(stop, "stopped without a reason");
        failed(
                items.stream()
                        .filter(item -> !written.get(item.number()) && !failed.get(item.number()))
                        .toList(),
                cause);
    }

    private void note(Collection<K> keys, Exception cause) {
        keys.stream().limit(FailureText.MAX_KEYS_SHOWN - firstFailedKeys.size()).forEach(firstFailedKeys::add);
        if (first == null) {
            first = cause;
        } else if (others.size() < MAX_SUPPRESSED) {
            others.add(exceptions.apply(text.of(keys, keys.size(), cause), cause));
        }
        areAlike &= first.getClass() == cause.getClass();
    }

    /** Removes the elements that were written, by position. */
    void removeWritten(Collection<?> elements) {
        if (written.isEmpty()) {
            return;
        }
        if (written.cardinality() == elements.size()) {
            elements.clear();
            return;
        }
        Iterator<?> iterator = elements.iterator();
        for (int number = 0; iterator.hasNext(); number++) {
            iterator.next();
            if (written.get(number)) {
                iterator.remove();
            }
        }
    }

    void throwIfAnyFailed() {
        Exception cause = first;
        if (cause != null) {
            String message = text.of(firstFailedKeys, failed.cardinality(), cause);
            CacheWriterException failure =
                    areAlike ? exceptions.apply(message, cause) : new CacheWriterException(message, cause);
            others.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
