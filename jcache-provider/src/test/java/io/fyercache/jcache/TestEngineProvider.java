package io.fyercache.jcache;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.LocalCacheEngines;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.time.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** An engine of another scheme, as another artefact would bring it. */
public final class TestEngineProvider implements CacheEngineProvider {
    static final String SCHEME = "test";

    /** The manager whose engines say that they keep bytes only. */
    static final URI BYTES_ONLY = URI.create(SCHEME + ":bytes");

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits) {
        return new TestEngines(
                new LocalCacheEngines("test", SystemClock.INSTANCE, waits),
                managerUri.equals(BYTES_ONLY) ? CacheEngines.Keeping.BYTES : CacheEngines.Keeping.OBJECTS);
    }

    /** Returns a class loader through which {@link java.util.ServiceLoader} finds this provider. */
    static URLClassLoader loaderThatFindsIt(ClassLoader parent) {
        try {
            Path folder = Files.createTempDirectory("fyercache-test");
            Path services = Files.createDirectories(folder.resolve("META-INF/services"));
            Path file = services.resolve(CacheEngineProvider.class.getName());
            Files.writeString(file, TestEngineProvider.class.getName());
            for (Path path : new Path[] {folder, folder.resolve("META-INF"), services, file}) {
                path.toFile().deleteOnExit();
            }
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Local engines that can be told from others. */
    record TestEngines(CacheEngines local, Keeping keeping) implements CacheEngines {
        @Override
        public CacheEngine open(CacheDefinition definition) {
            return local.open(definition);
        }

        @Override
        public Executor background() {
            return local.background();
        }

        @Override
        public void close() {
            local.close();
        }
    }
}
