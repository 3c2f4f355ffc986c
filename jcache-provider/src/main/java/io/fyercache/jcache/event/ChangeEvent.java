package io.fyercache.jcache.event;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.jcache.copy.EntryForm;
import java.io.Serial;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A change as one listener sees it. By value, each call hands out a copy of its own, made when it is asked for.
 *
 * <p>Where the old value is not available, a removed or expired entry has no value either: it is the same (JSR-107 chapter 8).
 */
final class ChangeEvent extends CacheEntryEvent<Object, @Nullable Object> {
    @Serial
    private static final long serialVersionUID = 1L;

    // Not serializable, as its source, the cache, is not either.
    private final transient EntryForm form;
    private final transient EntryChange change;
    private final boolean oldValueAvailable;

    /**
     * Makes the event.
     *
     * @param oldValues whether the listener asked for old values
     */
    ChangeEvent(Cache<?, ?> source, EntryForm form, EntryChange change, OldValues oldValues) {
        super(source, typeOf(change.kind()));
        this.form = form;
        this.change = change;
        this.oldValueAvailable = oldValues == OldValues.REQUIRED && change.kind() != EntryChange.Kind.CREATED;
    }

    /** Whether a listener wants the value before the change. */
    enum OldValues {
        /** It does. */
        REQUIRED,
        /** It does not. */
        NOT_REQUIRED
    }

    @Override
    public Object getKey() {
        return form.keyToUser(change.key());
    }

    @Override
    public @Nullable Object getValue() {
        return switch (change.kind()) {
            case CREATED, UPDATED -> form.toUser(Objects.requireNonNull(change.value()));
            case REMOVED, EXPIRED -> getOldValue();
        };
    }

    @Override
    public @Nullable Object getOldValue() {
        if (!oldValueAvailable) {
            return null;
        }
        Object old = change.kind() == EntryChange.Kind.UPDATED ? change.oldValue() : change.value();
        return old == null ? null : form.toUser(old);
    }

    @Override
    public boolean isOldValueAvailable() {
        return oldValueAvailable;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException(
                "unwrap: " + type.getName() + " (expected: " + CacheEntryEvent.class.getName() + ")");
    }

    /** Says what happened where; keys and values may be secret and are not printed. */
    @Override
    public String toString() {
        return "CacheEntryEvent[" + getEventType() + ", cache=" + getSource().getName() + "]";
    }

    private static EventType typeOf(EntryChange.Kind kind) {
        return switch (kind) {
            case CREATED -> EventType.CREATED;
            case UPDATED -> EventType.UPDATED;
            case REMOVED -> EventType.REMOVED;
            case EXPIRED -> EventType.EXPIRED;
        };
    }
}
