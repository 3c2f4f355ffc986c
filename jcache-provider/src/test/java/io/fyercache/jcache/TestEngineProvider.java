package io.fyercache.jcache;

import io.fyercache.core.engine.CacheDesign;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngineProvider;
import io.fyercache.core.engine.CacheEngines;
import io.fyercache.core.engine.DefinitionReader;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Engines of another scheme, as another artefact would bring it. */
public final class TestEngineProvider implements CacheEngineProvider {
    static final String SCHEME = "test";

    /** The manager whose engines keep bytes only, and make caches of what has travelled, as in another process. */
    static final URI BYTES_ONLY = URI.create(SCHEME + ":bytes");

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public CacheEngines open(URI managerUri, ClassLoader classLoader, HoldWaits waits, DefinitionReader reader) {
        LocalCacheEngines local = new LocalCacheEngines("test", SystemClock.INSTANCE, waits, () -> 0);
        return managerUri.equals(BYTES_ONLY) ? new Elsewhere(local, reader, new ArrayList<>()) : new TestEngines(local);
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
    record TestEngines(LocalCacheEngines local) implements CacheEngines {
        @Override
        public CacheEngine open(CacheDesign design) {
            return local.open(design);
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

    /** Engines that know nothing of a cache but what travels. */
    record Elsewhere(LocalCacheEngines local, DefinitionReader reader, List<AutoCloseable> userObjects)
            implements CacheEngines {
        @Override
        public Keeping keeping() {
            return Keeping.BYTES;
        }

        @Override
        public CacheEngine open(CacheDesign design) {
            DefinitionReader.Hosted hosted = reader.read(design.portable(), "member 'm'");
            userObjects.add(hosted.userObjects());
            return local.open(hosted.definition());
        }

        @Override
        public Executor background() {
            return local.background();
        }

        @Override
        public void close() {
            for (AutoCloseable each : userObjects) {
                try {
                    each.close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
            local.close();
        }
    }
}
