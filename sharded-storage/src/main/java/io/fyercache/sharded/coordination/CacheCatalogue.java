package io.fyercache.sharded.coordination;

import io.fyercache.core.engine.PortableDefinition;
import java.util.SortedMap;

/**
 * The caches of a cluster, each defined once for all its processes. Nothing here waits: what becomes of a request is told to the {@link
 * CatalogueListener}, and never within the call.
 *
 * <p>Used by one thread.
 */
public interface CacheCatalogue {
    /**
     * How many caches a cluster may have. Each process keeps all definitions, and reads the list of their names, of {@value
     * #MAX_NAME_LENGTH} bytes at most, in one answer, of which ZooKeeper's client takes a million bytes.
     */
    int MAX_CACHES = 1_000;

    /**
     * How long a cache's name may be: letters and digits of ASCII, dots, hyphens and underscores count one, all else three for each byte of
     * its UTF-8.
     */
    int MAX_NAME_LENGTH = 512;

    /**
     * Defines a cache, unless there is one of its name; {@link CatalogueListener#defineEnded} tells which there is then. The caller compares
     * it with what was wanted.
     *
     * @throws IllegalArgumentException if the name is empty, longer than {@value #MAX_NAME_LENGTH} or no Unicode, or if the definition takes
     *     more than {@link DefinitionForm#MAX_BYTES}; nothing is done then
     */
    void define(PortableDefinition wanted);

    /**
     * Changes settings of a cache for all processes; {@link CatalogueListener#adjustEnded} tells what it is then. What it was defined by stays.
     *
     * @param settings those that change, by name; what they may be is the caller's business
     * @throws IllegalArgumentException if they take more than {@link DefinitionForm#MAX_BYTES}; nothing is done then
     */
    void adjust(int number, SortedMap<String, PortableDefinition.Setting> settings);

    /**
     * Takes a cache out, unless it has gone; {@link CatalogueListener#destroyEnded} tells. Its entries are the members' business. Another
     * cache of its name, with another number, stays.
     */
    void destroy(int number);

    /**
     * Asks for the caches as they are now. What is new is told to the listener, and then {@link CatalogueListener#catalogueRefreshed}: by
     * then all is known that was the case when this was called.
     */
    void refresh();
}
