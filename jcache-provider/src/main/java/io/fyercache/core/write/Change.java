package io.fyercache.core.write;

import org.jspecify.annotations.Nullable;

/**
 * What the database is to be told of a key.
 *
 * @param value the value that it gets, in stored form; null if the key is to be deleted
 */
public record Change(@Nullable Object value) {

    /** The key is to be deleted. */
    public static final Change DELETE = new Change(null);
}
