package io.fyercache.jcache.copy;

import io.fyercache.core.operation.StoredForm;
import java.util.Map;

/**
 * How one cache turns its users' keys and values into stored form, and back.
 *
 * <p>Thread-safe, as all of its implementations are.
 */
public sealed interface EntryForm extends StoredForm permits ByReference, ByValue, Encoded {

    /**
     * Returns the stored form of a value: safe from what its owner does to it later, as far as this form promises that.
     *
     * @throws javax.cache.CacheException if the value cannot be stored; nothing has happened then
     */
    Object toStored(Object value);

    /**
     * Returns a value for the user from its stored form.
     *
     * @throws javax.cache.CacheException if the stored form cannot be read
     */
    Object toUser(Object stored);

    /** Returns {@code stored}, a map of the caller's, with its values for the user; {@link #toUser(Object)} says what it throws. */
    Map<Object, Object> toUser(Map<Object, Object> stored);

    /** Returns a key for the user from the key that the engine has: nothing the user does to it changes the engine's. */
    Object keyToUser(Object kept);
}
