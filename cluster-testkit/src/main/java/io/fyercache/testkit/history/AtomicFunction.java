package io.fyercache.testkit.history;

import java.io.Serializable;
import java.util.Objects;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code invoke} does to a value, as far as the checker can know.
 *
 * <p>If the answer arrived, it says what was read and what was left, whatever the function. If it did not, only a function
 * that is described can be checked; these are {@link javax.cache.processor.EntryProcessor}s, too. Immutable.
 */
public sealed interface AtomicFunction {

    /**
     * Leaves {@code next} where it finds {@code expected}, and anything else as it is; null is no value.
     *
     * @param <K> the type of keys
     * @param <V> the type of values; serializable if processors travel
     */
    // serial: whether the values are serializable is for the caller to decide, who knows whether this has to travel.
    @SuppressWarnings("serial")
    record CompareAndSet<K, V>(
            @Nullable V expected, @Nullable V next)
            implements AtomicFunction, EntryProcessor<K, V, Boolean>, Serializable {
        @Override
        public Boolean process(MutableEntry<K, V> entry, Object... arguments) {
            if (!Objects.equals(entry.getValue(), expected)) {
                return false;
            }
            if (next != null) {
                entry.setValue(next);
            } else if (expected != null) {
                entry.remove();
            }
            return true;
        }
    }

    /**
     * Adds to a number, and to 0 where there is none.
     *
     * @param <K> the type of keys
     */
    record Add<K>(long summand) implements AtomicFunction, EntryProcessor<K, Long, Long>, Serializable {
        @Override
        public Long process(MutableEntry<K, Long> entry, Object... arguments) {
            Long before = entry.getValue();
            long after = (before == null ? 0 : before) + summand;
            entry.setValue(after);
            return after;
        }
    }

    /**
     * Any other function. If the outcome of one is unknown, nothing is known of its key any more, and the verdict on it is
     * {@link Outcome#UNDECIDED}.
     */
    record Undescribed() implements AtomicFunction {}
}
