package io.fyercache.sharded.message;

import io.fyercache.core.operation.EntryChange;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of an effect when it is carried out (V1). It is decided with the effect and lies in the log, so that whoever repeats it
 * tells the same.
 */
public enum Notice {
    /** Nothing: the effect is not one to be told of. */
    NONE(null),
    /** Listeners: the key has a value, and had none. */
    CREATED(EntryChange.Kind.CREATED),
    /** Listeners: the key has another value. */
    UPDATED(EntryChange.Kind.UPDATED),
    /** Listeners: the value was removed on purpose. */
    REMOVED(EntryChange.Kind.REMOVED),
    /** Listeners, and whoever counts: the value's time was over. */
    EXPIRED(EntryChange.Kind.EXPIRED),
    /** Whoever observes evictions, or counts them: the value had to go to keep its cache within bounds. Listeners are not told of that. */
    EVICTED(null);

    private final EntryChange.@Nullable Kind heard;

    Notice(EntryChange.@Nullable Kind heard) {
        this.heard = heard;
    }

    /** Returns what listeners are told; null for nothing. */
    public EntryChange.@Nullable Kind heard() {
        return heard;
    }

    /** Returns the notice by which listeners are told of a change. */
    public static Notice of(EntryChange.Kind change) {
        return switch (change) {
            case CREATED -> CREATED;
            case UPDATED -> UPDATED;
            case REMOVED -> REMOVED;
            case EXPIRED -> EXPIRED;
        };
    }
}
