package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FyerCachingProviderTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private static ClassLoader newLoader() {
        return new URLClassLoader(new URL[0], FyerCachingProviderTest.class.getClassLoader());
    }

    @Test
    void isTheOnlyProviderOnTheClassPath() {
        List<CachingProvider> found = ServiceLoader.load(CachingProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();

        assertThat(found).singleElement().isInstanceOf(FyerCachingProvider.class);
        assertThat(Caching.getCachingProvider()).isInstanceOf(FyerCachingProvider.class);
    }

    @Test
    void supportsStoreByReference() {
        assertThat(test.provider().isSupported(OptionalFeature.STORE_BY_REFERENCE))
                .isTrue();
    }

    @Test
    void manager_supportsStoreByReference_unlessItsEnginesKeepBytesOnly() throws IOException {
        EngineCacheManager local = (EngineCacheManager) test.provider().getCacheManager();
        assertThat(local.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();

        try (URLClassLoader withEngine = TestEngineProvider.loaderThatFindsIt(newLoader())) {
            EngineCacheManager elsewhere =
                    (EngineCacheManager) test.provider().getCacheManager(TestEngineProvider.BYTES_ONLY, withEngine);
            assertThat(elsewhere.isSupported(OptionalFeature.STORE_BY_REFERENCE))
                    .isFalse();
        }
    }

    /** The default file is found by the class loader of the provider, so the provider is loaded once more, by one that finds a file. */
    @ParameterizedTest
    @CsvSource({"'cluster: test://somewhere/shop', false", "'caches: {}', true"})
    void isSupported_storeByReference_unlessTheDefaultManagerIsInACluster(
            String file, boolean supported, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("fyercache.yaml"), file);
        URL main =
                FyerCachingProvider.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader =
                new OwnClassesFirst(new URL[] {folder.toUri().toURL(), main})) {
            CachingProvider provider = (CachingProvider) loader.loadClass(FyerCachingProvider.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThat(provider.getDefaultClassLoader()).isSameAs(loader);
            assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isEqualTo(supported);
        }
    }

    /** Has its own copy of FyerCache's classes, and all others from elsewhere. */
    private static final class OwnClassesFirst extends URLClassLoader {
        OwnClassesFirst(URL[] places) {
            super(places, FyerCachingProviderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                return name.startsWith("io.fyercache.") && findLoadedClass(name) == null
                        ? findClass(name)
                        : super.loadClass(name, resolve);
            }
        }
    }

    @Test
    void getCacheManager_nothingGiven_isTheDefaultOne() {
        FyerCachingProvider provider = test.provider();
        CacheManager manager = provider.getCacheManager(null, null, null);

        assertThat(manager).isSameAs(provider.getCacheManager());
        assertThat(manager)
                .isSameAs(provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader()));
        assertThat(manager.getURI()).isEqualTo(provider.getDefaultURI());
        assertThat(manager.getClassLoader()).isSameAs(provider.getDefaultClassLoader());
        assertThat(manager.getProperties()).isEmpty();
        assertThat(manager.getCachingProvider()).isSameAs(provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fyercache:default", "fyercache:orders", "orders", "orders-2.eu_west"})
    void getCacheManager_sameUriAndLoader_sameManager(URI uri) {
        ClassLoader loader = newLoader();
        CacheManager manager = test.provider().getCacheManager(uri, loader);

        assertThat(manager.getURI()).isEqualTo(uri);
        assertThat(test.provider().getCacheManager(uri, loader)).isSameAs(manager);
        assertThat(test.provider().getCacheManager(uri, newLoader())).isNotSameAs(manager);
        assertThat(test.provider().getCacheManager(URI.create("other"), loader)).isNotSameAs(manager);
    }

    @Test
    void getCacheManager_propertiesGiven_keepsACopyOfTheFirst() {
        Properties properties = new Properties();
        properties.setProperty("a", "1");
        CacheManager manager = test.provider().getCacheManager(null, null, properties);
        properties.setProperty("a", "2");
        manager.getProperties().setProperty("a", "3");

        assertThat(manager.getProperties()).containsExactlyEntriesOf(java.util.Map.of("a", "1"));
        assertThat(test.provider().getCacheManager(null, null, properties).getProperties())
                .isEqualTo(manager.getProperties());
    }

    @Test
    void getCacheManager_configurationOfAnotherProvider_saysSo() {
        assertThatThrownBy(() -> test.provider().getCacheManager(URI.create("file:/etc/ehcache.xml"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("file:/etc/ehcache.xml")
                .hasMessageContaining("another JCache provider");
    }

    @Test
    void getCacheManager_clusterWithoutItsArtefact_namesTheArtefact() {
        assertThatThrownBy(() -> test.provider().getCacheManager(URI.create("zk://localhost:2181/shop"), null))
                .isInstanceOf(CacheException.class)
                .hasMessage("no engine for scheme 'zk' (found: none); add io.fyercache:fyercache-zookeeper to the class"
                        + " path");
    }

    @Test
    void getCacheManager_fileThatNamesACluster_opensItsEngineUnderTheUriOfTheFile(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("caches.yaml");
        Files.writeString(
                file,
                "cluster: test://${TEST_CLUSTER_HOST:somewhere}/shop\ncaches: { orders: { storeByValue: true } }");
        try (URLClassLoader withEngine = TestEngineProvider.loaderThatFindsIt(newLoader())) {
            CacheManager manager = test.provider().getCacheManager(file.toUri(), withEngine);

            assertThat(manager.unwrap(EngineCacheManager.class).engines())
                    .isInstanceOf(TestEngineProvider.TestEngines.class);
            assertThat(manager.getURI()).isEqualTo(file.toUri());
            assertThat(manager.getCacheNames()).containsExactly("orders");
            manager.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zk://somewhere/shop, add io.fyercache:fyercache-zookeeper to the class path",
        "other://somewhere/shop, (expected: a URI such as zk://host:2181/orders)"
    })
    void getCacheManager_fileThatNamesAClusterOfNoEngine_saysWhatToDo(
            String cluster, String remedy, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("caches.yaml");
        Files.writeString(file, "cluster: " + cluster);

        assertThatThrownBy(() -> test.provider().getCacheManager(file.toUri(), newLoader()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void getCacheManager_uriOfAnInstalledEngine_opensThatEngine() {
        URI uri = URI.create(TestEngineProvider.SCHEME + "://somewhere;else/shop");
        ClassLoader loader = newLoader();
        try (URLClassLoader withEngine = TestEngineProvider.loaderThatFindsIt(loader)) {
            CacheManager manager = test.provider().getCacheManager(uri, withEngine);

            assertThat(manager.unwrap(EngineCacheManager.class).engines())
                    .isInstanceOf(TestEngineProvider.TestEngines.class);
            assertThat(manager.getURI()).isEqualTo(uri);
            test.provider().close(uri, withEngine);
            assertThat(manager.isClosed()).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void getCacheManager_fileMissing_failsAndLeavesNothing(@TempDir Path folder) {
        URI missing = folder.resolve("caches.yaml").toUri();

        assertThatThrownBy(() -> test.provider().getCacheManager(missing, null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("caches.yaml");
        assertThat(TestProvider.threads()).isEmpty();
    }

    @Test
    void getCacheManager_declaredCacheCannotBeMade_failsAndLeavesNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("caches.yaml");
        Files.writeString(file, """
                caches:
                  good: { statistics: true }
                  broken: { loader: io.fyercache.configuration.SampleClasses$FailingLoader, readThrough: true }
                """);

        assertThatThrownBy(() -> test.provider().getCacheManager(file.toUri(), null))
                .isInstanceOf(CacheException.class);
        assertThat(TestProvider.beans()).isEmpty();
        TestProvider.eventually().until(() -> TestProvider.threads().isEmpty());
    }

    @Test
    void close_uriAndLoader_closesThatManagerAlone() {
        ClassLoader loader = newLoader();
        URI uri = URI.create("orders");
        CacheManager closed = test.provider().getCacheManager(uri, loader);
        CacheManager sibling = test.provider().getCacheManager(URI.create("other"), loader);

        test.provider().close(uri, loader);

        assertThat(closed.isClosed()).isTrue();
        assertThat(sibling.isClosed()).isFalse();
        assertThat(test.provider().getCacheManager(uri, loader)).isNotSameAs(closed);
    }

    @Test
    void close_loader_closesItsManagersAlone() {
        ClassLoader loader = newLoader();
        CacheManager first = test.provider().getCacheManager(URI.create("a"), loader);
        CacheManager second = test.provider().getCacheManager(URI.create("b"), loader);
        CacheManager other = test.provider().getCacheManager(URI.create("a"), null);

        test.provider().close(loader);

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void close_all_providerCanBeUsedAgain() {
        CacheManager before = test.manager();
        before.createCache("c", new MutableConfiguration<>());

        test.provider().close();
        test.provider().close();

        assertThat(before.isClosed()).isTrue();
        CacheManager after = test.manager();
        assertThat(after).isNotSameAs(before);
        assertThat(after.isClosed()).isFalse();
        assertThat(after.<Object, Object>getCache("c")).isNull();
    }

    @Test
    void close_unknownOrForeignUri_nothingHappens() {
        CacheManager manager = test.manager();

        test.provider().close(URI.create("unknown"), null);
        test.provider().close(URI.create("file:/etc/ehcache.xml"), null);
        test.provider().close(newLoader());

        assertThat(manager.isClosed()).isFalse();
    }
}
