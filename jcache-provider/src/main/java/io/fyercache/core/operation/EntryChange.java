package io.fyercache.core.operation;

import org.jspecify.annotations.Nullable;

/**
 * What happened to an entry, for those who listen. Key and values are in stored form.
 *
 * @param value the new value; for a removed or expired entry the value it last had, null if nobody wants to know
 * @param oldValue the value before, null for a created entry, or if nobody wants to know
 */
public record EntryChange(
        Kind kind,
        Object key,
        @Nullable Object value,
        @Nullable Object oldValue) {

    /** The four kinds of JSR-107 chapter 8. */
    public enum Kind {
        /** The key had no value before. */
        CREATED,
        /** The value was replaced. */
        UPDATED,
        /** The value was removed on purpose. */
        REMOVED,
        /** The value's time was over. */
        EXPIRED
    }
}
