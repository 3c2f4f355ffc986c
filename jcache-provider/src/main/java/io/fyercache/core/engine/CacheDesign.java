package io.fyercache.core.engine;

import io.fyercache.core.operation.StoredForm;
import io.fyercache.core.write.WriteBehindSettings;
import org.jspecify.annotations.Nullable;

/**
 * A cache that is about to be opened, before anything of it is made. An engine that keeps the entries in this process asks for its {@link
 * #definition}; one that keeps them in others asks for the {@link #portable} one, and the user's objects are made there and not here.
 *
 * <p>Used by one thread, while the cache is opened.
 */
public interface CacheDesign {

    /** Returns the cache's name, unique in its manager. */
    String name();

    /** Returns how keys and values are kept; an {@link io.fyercache.core.operation.EncodedForm} if the engine keeps bytes only. */
    StoredForm form();

    /** Returns who is to be told of changes, in this process. */
    ChangeListeners listeners();

    /** Returns how its changes wait for the writer; null if it does not write behind. */
    default @Nullable WriteBehindSettings writeBehind() {
        return null;
    }

    /**
     * Makes the user's objects (loader, writer and the like), which are closed with the cache, and returns the whole.
     *
     * @throws RuntimeException if one of them cannot be made
     */
    CacheDefinition definition();

    /** Returns how the cache is kept in step with those of other processes that have entries of their own; null if it is not. */
    default @Nullable InvalidationDesign invalidation() {
        return null;
    }

    /** Returns how entries that other processes keep are read near in this one; null if they are not. */
    default @Nullable NearSettings near() {
        return null;
    }

    /**
     * Is told, once the cache is open and on a thread of the engine's that waits for nobody, that {@link CacheEngine#amendments} may have become more. By
     * default does nothing.
     */
    default void amended() {}

    /**
     * Returns what other processes need to know; makes none of the user's objects.
     *
     * @throws IllegalArgumentException if something of it is of use in this process only; says what, and what to do
     */
    PortableDefinition portable();
}
