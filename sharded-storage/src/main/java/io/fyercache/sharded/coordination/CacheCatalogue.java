package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;

/**
 * The caches of a cluster. Nothing here waits: what becomes of a request is told to the {@link CatalogueListener}, and never within the call.
 *
 * <p>Used by one thread.
 */
public interface CacheCatalogue {

    /** Defines a cache, unless there is one of its name; {@link CatalogueListener#defined} tells which there is then. */
    void define(PortableDefinition wanted);

    /** Takes a cache out, unless it has gone; {@link CatalogueListener#destroyed} tells. Its entries are the members' business. */
    void destroy(int number);

    /**
     * Asks for the caches as they are now. What is new is told to the listener, and then {@link CatalogueListener#catalogueRefreshed}: by
     * then all is known that was the case when this was called.
     */
    void refresh();
}
