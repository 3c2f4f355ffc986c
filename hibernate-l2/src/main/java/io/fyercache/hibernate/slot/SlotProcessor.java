package io.fyercache.hibernate.slot;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link SlotOperation} with the key held. Returns whether the key has a new entry because of it.
 *
 * <p>A slot that does not decode, because it is of an entity's earlier or later class, counts as none: it is replaced or left, and never an error.
 */
public final class SlotProcessor implements EntryProcessor<Object, Object, Boolean>, Serializable {
    private static final long serialVersionUID = 1L;

    private final SlotOperation operation;

    /** Stays behind when this travels: another process has changes of its own. */
    private final transient @Nullable RecentChanges recentChanges;

    /** Makes the processor of an operation; {@code recentChanges} are those of this process. */
    public SlotProcessor(SlotOperation operation, RecentChanges recentChanges) {
        this.operation = operation;
        this.recentChanges = recentChanges;
    }

    @Override
    public Boolean process(MutableEntry<Object, Object> entry, Object... arguments) {
        Slot present = presentIn(entry);
        long changedAt = recentChanges == null ? RecentChanges.NEVER : recentChanges.latestOf(entry.getKey());
        Slot next = operation.decide(present, changedAt);
        if (next == present) {
            return false;
        }
        if (next == null) {
            entry.remove();
        } else {
            entry.setValue(next);
        }
        return next instanceof CachedItem;
    }

    private static @Nullable Slot presentIn(MutableEntry<Object, Object> entry) {
        try {
            return entry.getValue() instanceof Slot slot ? slot : null;
        } catch (RuntimeException undecodable) {
            return null;
        }
    }
}
