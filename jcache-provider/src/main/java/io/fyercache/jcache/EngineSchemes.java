package io.fyercache.jcache;

import io.fyercache.core.engine.CacheEngineProvider;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Which engines a manager's URI asks for by its scheme. Thread-safe. */
final class EngineSchemes {

    /** The scheme of clusters, whose engine comes with another artefact of ours. */
    private static final String CLUSTER_SCHEME = "zk";

    private final @Nullable CacheEngineProvider own;

    /** Makes the schemes of a caching provider; {@code own} need not be installed. */
    EngineSchemes(@Nullable CacheEngineProvider own) {
        this.own = own;
    }

    /**
     * Returns the provider of engines for a scheme, found through {@code classLoader} or ours; null if the local engine serves it.
     *
     * @throws CacheException if the URI asks for an engine that is not installed
     */
    @Nullable
    CacheEngineProvider find(URI uri, ClassLoader classLoader) {
        if (uri.getScheme() == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Map<String, CacheEngineProvider> found = new LinkedHashMap<>();
        if (own != null) {
            found.put(own.scheme(), own);
        }
        collect(classLoader, found);
        collect(EngineSchemes.class.getClassLoader(), found);
        CacheEngineProvider provider = found.get(scheme);
        if (provider == null && scheme.equals(CLUSTER_SCHEME)) {
            throw new CacheException("no engine for scheme '" + scheme + "' (found: "
                    + (found.isEmpty() ? "none" : String.join(", ", found.keySet()))
                    + "); add io.fyercache:fyercache-zookeeper to the class path");
        }
        return provider;
    }

    /**
     * Returns the provider of engines for a scheme that must not be the local one.
     *
     * @throws CacheException if there is none
     */
    CacheEngineProvider require(URI uri, ClassLoader classLoader) {
        CacheEngineProvider provider = find(uri, classLoader);
        if (provider == null) {
            throw new CacheException("cluster: " + uri + ": no engine for scheme '" + uri.getScheme()
                    + "' (expected: a URI such as zk://host:2181/orders)");
        }
        return provider;
    }

    private static void collect(ClassLoader classLoader, Map<String, CacheEngineProvider> found) {
        for (CacheEngineProvider provider : ServiceLoader.load(CacheEngineProvider.class, classLoader)) {
            found.putIfAbsent(provider.scheme(), provider);
        }
    }
}
