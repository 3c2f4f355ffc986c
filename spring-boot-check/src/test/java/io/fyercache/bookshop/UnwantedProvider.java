package io.fyercache.bookshop;

import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/** A provider that another library of an application brings along. Nobody may call it. */
public final class UnwantedProvider implements CachingProvider {
    @Override
    public CacheManager getCacheManager(URI uri, ClassLoader classLoader, Properties properties) {
        throw new AssertionError("called");
    }

    @Override
    public CacheManager getCacheManager(URI uri, ClassLoader classLoader) {
        throw new AssertionError("called");
    }

    @Override
    public CacheManager getCacheManager() {
        throw new AssertionError("called");
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        throw new AssertionError("called");
    }

    @Override
    public URI getDefaultURI() {
        throw new AssertionError("called");
    }

    @Override
    public Properties getDefaultProperties() {
        throw new AssertionError("called");
    }

    @Override
    public boolean isSupported(OptionalFeature optionalFeature) {
        throw new AssertionError("called");
    }

    @Override
    public void close() {
        throw new AssertionError("called");
    }

    @Override
    public void close(ClassLoader classLoader) {
        throw new AssertionError("called");
    }

    @Override
    public void close(URI uri, ClassLoader classLoader) {
        throw new AssertionError("called");
    }
}
