package io.fyercache.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manager URIs as frameworks pass them, through the whole provider. */
class ManagerUriTest {

    private static final String TEXT = "caches: { orders: { statistics: true } }";

    @TempDir
    Path directory;

    @Test
    void jarUriWithSeparatorsInItsPath_isFoundAgainByUriAndByMicrometer() throws IOException {
        Path jar = directory.resolve("app, v=1.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("BOOT-INF/classes/fyercache.yaml"));
            entries.write(TEXT.getBytes(StandardCharsets.UTF_8));
            entries.closeEntry();
        }

        assertManagerWorks(URI.create("jar:" + jar.toUri() + "!/BOOT-INF/classes/fyercache.yaml"));
    }

    @Test
    void fileUriWithSeparatorsInItsPath_isFoundAgainByUriAndByMicrometer() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("conf,a=b"));

        assertManagerWorks(
                Files.writeString(folder.resolve("caches *.yaml"), TEXT).toUri());
    }

    @Test
    void faultyFile_opensNoManager() throws IOException {
        URI uri = Files.writeString(directory.resolve("caches.yaml"), "cashes: {}")
                .toUri();
        CachingProvider provider = Caching.getCachingProvider();

        assertThatThrownBy(() -> provider.getCacheManager(uri, getClass().getClassLoader()))
                .isInstanceOf(ConfigurationFileException.class)
                .hasMessageContaining("did you mean caches?");
        Files.writeString(directory.resolve("caches.yaml"), TEXT);
        try (CacheManager mended = provider.getCacheManager(uri, getClass().getClassLoader())) {
            assertThat(mended.getCacheNames()).containsExactly("orders");
        }
    }

    @Test
    void configurationOfAnotherProvider_opensNoManager() {
        CachingProvider provider = Caching.getCachingProvider();

        assertThatThrownBy(() -> provider.getCacheManager(
                        URI.create("file:/etc/ehcache.xml"), getClass().getClassLoader()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("if it is the configuration of another JCache provider");
    }

    @Test
    void nullUri_isTheDefaultManagerWithTheDefaultFile() throws IOException {
        Files.writeString(directory.resolve("fyercache.yaml"), TEXT);
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
                CacheManager manager = Caching.getCachingProvider().getCacheManager(null, loader, new Properties())) {
            assertThat(manager.getURI()).isEqualTo(ManagerLocation.DEFAULT_URI);
            assertThat(manager.getCacheNames()).containsExactly("orders");
        }
    }

    private static void assertManagerWorks(URI uri) {
        ClassLoader loader = ManagerUriTest.class.getClassLoader();
        CachingProvider provider = Caching.getCachingProvider();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (CacheManager manager = provider.getCacheManager(uri, loader)) {
            assertThat(provider.getCacheManager(uri, loader)).isSameAs(manager);
            assertThat(provider.getCacheManager(manager.getURI(), loader)).isSameAs(manager);
            Cache<Object, Object> orders = manager.getCache("orders");
            JCacheMetrics.monitor(registry, orders);
            orders.put(1L, "one");
            orders.get(1L);

            assertThat(registry.get("cache.gets")
                            .tag("result", "hit")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(1);
        }
    }
}
