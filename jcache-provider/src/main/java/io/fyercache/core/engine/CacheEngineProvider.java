package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import java.net.URI;

/**
 * Makes engines for the managers whose URI it understands; found by {@link java.util.ServiceLoader}. The local engine serves every URI
 * that nobody else claims.
 */
public interface CacheEngineProvider {

    /** Returns the URI scheme that this provider serves, in lower case, such as {@code zk}. */
    String scheme();

    /**
     * Opens the engines of a new manager.
     *
     * @param managerUri the manager's URI, of this provider's scheme
     * @param classLoader the manager's class loader
     * @param waits who waits for whose key, over all managers of the caching provider
     * @param reader reads, with the manager's class loader, what other processes have defined
     */
    CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader);
}
