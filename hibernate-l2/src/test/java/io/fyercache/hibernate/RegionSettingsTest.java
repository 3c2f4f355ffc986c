package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.bus.InvalidationBusProvider;
import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.region.QueryResults;
import io.fyercache.hibernate.region.RegionCaches;
import io.fyercache.hibernate.region.WriteFailure;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.zookeeper.embedded.EmbeddedZooKeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;
import org.hibernate.HibernateException;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.RegionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings do, and what becomes of wrong ones. */
class RegionSettingsTest {
    private static final String ACCOUNTS = Account.class.getName();

    private final FyerCachingProvider provider = new FyerCachingProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    private CacheManager managerOf(Path folder, String file) throws IOException {
        URI uri = Files.writeString(folder.resolve("regions.yaml"), file).toUri();
        return provider.getCacheManager(uri, getClass().getClassLoader());
    }

    // The class literal has no type arguments.
    @SuppressWarnings("unchecked")
    private static FyerConfiguration<?, ?> settingsOf(CacheManager manager, String cache) {
        return manager.getCache(cache).getConfiguration(FyerConfiguration.class);
    }

    @Test
    void defaults() {
        assertThat(RegionSettings.of(Map.of("hibernate.connection.url", "jdbc:h2:mem:x")))
                .isEqualTo(new RegionSettings(
                        null, null, Duration.ofSeconds(60), null, WriteFailure.FAIL, QueryResults.LOCAL, null));
    }

    @Test
    void factory_isTakenWithoutASetting_ifThereIsNoOther() {
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                .applySetting("hibernate.connection.url", "jdbc:h2:mem:only")
                .build();
        try {
            assertThat(registry.getService(RegionFactory.class)).isInstanceOf(FyerRegionFactory.class);
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
        }
    }

    @Test
    void allSettings() {
        RegionSettings settings = RegionSettings.of(Map.of(
                "hibernate.fyercache.uri", "zk://zoo:2181/shop",
                "hibernate.fyercache.lock_timeout", "30s",
                "hibernate.fyercache.clock_difference", Duration.ofMillis(500),
                "hibernate.fyercache.write_failure", "invalidate",
                "hibernate.fyercache.query_results", "Shared",
                "hibernate.fyercache.region_owner", "shop"));

        assertThat(settings)
                .isEqualTo(new RegionSettings(
                        URI.create("zk://zoo:2181/shop"),
                        null,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        WriteFailure.INVALIDATE,
                        QueryResults.SHARED,
                        "shop"));
    }

    @Test
    void faults_areToldAllAtOnce() {
        Map<String, Object> wrong = Map.of(
                "hibernate.fyercache.url", "zk://zoo:2181/shop",
                "hibernate.fyercache.uri", "not a uri",
                "hibernate.fyercache.cache_manager", "com.acme.Manager",
                "hibernate.fyercache.lock_timeout", "0s",
                "hibernate.fyercache.clock_difference", "soon",
                "hibernate.fyercache.write_failure", "ignore",
                "hibernate.fyercache.query_results", "partitioned");

        assertThatThrownBy(() -> RegionSettings.of(wrong))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll(
                        "8 faults",
                        "hibernate.fyercache.url: unknown setting",
                        "did you mean hibernate.fyercache.uri?",
                        "not a uri (expected: a URI",
                        "an object of class java.lang.String (expected: a CacheManager",
                        "lock_timeout: 0s (expected: a duration, PT1S..PT24H",
                        "clock_difference: soon (expected: a duration, PT0S..PT1M",
                        "write_failure: ignore (expected: one of [fail, invalidate])",
                        "query_results: partitioned (expected: one of [local, shared])",
                        "both are set");
    }

    @Test
    void wrongSetting_stopsTheSessionFactory() {
        assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.lock_timeout", "never")))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("lock_timeout: never");
    }

    @Test
    void uriOfAnotherProvider_stopsTheSessionFactory() {
        assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.uri", "ehcache.xml")))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("ehcache.xml");
    }

    @Test
    void regions_thatNobodyConfigured_areBounded_butForTimestamps() {
        CacheManager manager =
                provider.getCacheManager(URI.create("unconfigured"), getClass().getClassLoader());
        try (CachedDatabase database = CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager))) {
            assertThat(settingsOf(manager, ACCOUNTS).maximumEntries()).hasValue(RegionCaches.DOMAIN_ENTRIES);
            assertThat(settingsOf(manager, ACCOUNTS).isStoreByValue()).isFalse();
            assertThat(settingsOf(manager, "default-query-results-region").maximumEntries())
                    .hasValue(RegionCaches.QUERY_RESULTS);
            assertThat(settingsOf(manager, "default-update-timestamps-region").maximumEntries())
                    .isEmpty();
            assertThat(database.factory().isOpen()).isTrue();
        }
    }

    @Test
    void sharedManager_staysOpen_andHasThePrefixInItsCaches() {
        CacheManager manager =
                provider.getCacheManager(URI.create("shared"), getClass().getClassLoader());
        CachedDatabase.open(
                        Map.of("hibernate.fyercache.cache_manager", manager, "hibernate.cache.region_prefix", "shop"))
                .close();

        assertThat(manager.isClosed()).isFalse();
        assertThat(manager.getCacheNames()).contains("shop." + ACCOUNTS);
    }

    @Test
    void regionsOfTwoPersistenceUnits_withTheSameNames_areRefused_butForAPrefix() {
        CacheManager manager =
                provider.getCacheManager(URI.create("units"), getClass().getClassLoader());
        Map<String, Object> orders = unit(manager, "orders");
        try (CachedDatabase one = CachedDatabase.open(orders);
                CachedDatabase again = CachedDatabase.open(orders)) {
            assertThatThrownBy(() -> CachedDatabase.open(unit(manager, "archive")))
                    .hasStackTraceContaining("it is of orders, and claimed by archive (expected: one owner)");
            Map<String, Object> apart = unit(manager, "archive");
            apart.put("hibernate.cache.region_prefix", "archive");
            CachedDatabase.open(apart).close();

            assertThat(List.of(one, again))
                    .allSatisfy(each -> assertThat(each.factory().isOpen()).isTrue());
        }
    }

    @Test
    void regionsOfTwoPersistenceUnits_thatSayTheyAreOne_areShared() {
        CacheManager manager =
                provider.getCacheManager(URI.create("one-owner"), getClass().getClassLoader());
        Map<String, Object> orders = unit(manager, "orders");
        orders.put("hibernate.fyercache.region_owner", "shop");
        Map<String, Object> reports = unit(manager, "reports");
        reports.put("hibernate.fyercache.region_owner", "shop");
        try (CachedDatabase one = CachedDatabase.open(orders);
                CachedDatabase other = CachedDatabase.open(reports)) {
            assertThat(one.factory().isOpen() && other.factory().isOpen()).isTrue();
        }
    }

    private static Map<String, Object> unit(CacheManager manager, String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.fyercache.cache_manager", manager);
        settings.put("hibernate.persistenceUnitName", name);
        return settings;
    }

    @Test
    void file_configuresRegionsByPattern(@TempDir Path folder) throws IOException {
        CacheManager manager = managerOf(folder, "caches: { 'io.fyercache.*': { maximumEntries: 7 } }");
        try (CachedDatabase database = CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager))) {
            assertThat(settingsOf(manager, ACCOUNTS).maximumEntries()).hasValue(7);

            database.run(session -> session.persist(new Account(1, "A1", 100)));
            assertThat(database.statementsOf(session -> session.find(Account.class, 1)))
                    .isZero(); // By value, as the file's caches are.
        }
    }

    @Test
    void file_thatHasARegionWithoutABound_isTaken_andThatIsLogged(@TempDir Path folder) throws IOException {
        CacheManager manager = managerOf(folder, "caches: { '" + ACCOUNTS + "': {} }");
        try (LoggedLines log = new LoggedLines(RegionCaches.class);
                CachedDatabase database = CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager))) {
            assertThat(log.lines())
                    .containsExactly("WARNING region " + ACCOUNTS
                            + ": its configuration sets no maximum; it grows with the database");
            assertThat(database.factory().isOpen()).isTrue();
        }
    }

    @Test
    void file_thatBoundsTimestamps_stopsTheSessionFactory(@TempDir Path folder) throws IOException {
        CacheManager manager = managerOf(folder, "caches: { '*': { maximumEntries: 7 } }");

        assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager)))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("give it an entry of its own");
    }

    @Test
    void file_withTypesForARegion_stopsTheSessionFactory(@TempDir Path folder) throws IOException {
        CacheManager manager = managerOf(folder, "caches: { 'io.fyercache.*': { keyType: java.lang.Long } }");

        assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("leave keyType and valueType out");
    }

    /** A bus that tells nobody anything. */
    public static final class SilentBus implements InvalidationBusProvider {
        /** Makes a provider; for {@link java.util.ServiceLoader}. */
        public SilentBus() {}

        @Override
        public String scheme() {
            return "silent";
        }

        @Override
        public InvalidationBus open(BusAddress address, BusUse use, BusListener listener) {
            return new InvalidationBus() {
                @Override
                public void publish(byte[] message) {}

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void file_thatHasARegionOfEachProcess_stopsTheSessionFactory(@TempDir Path folder) throws IOException {
        CacheManager manager = managerOf(
                folder,
                "caches: { 'io.fyercache.*': { topology: invalidated, invalidation: { bus: 'silent://here/regions' } } }");

        assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("topology: invalidated (expected: another one");
    }

    @Test
    void file_thatHasARegionReadNear_stopsTheSessionFactory(@TempDir Path folder) throws IOException {
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start()) {
            CacheManager manager = managerOf(
                    folder,
                    "cluster: zk://" + zooKeeper.servers() + "/near?partitions=4\n"
                            + "caches: { 'io.fyercache.*': { near: { maximumEntries: 7 } } }");

            assertThatThrownBy(() -> CachedDatabase.open(Map.of("hibernate.fyercache.cache_manager", manager)))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("near.maximumEntries: 7 (expected: off");
            manager.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop"})
    void twoSessionFactories_haveNothingInCommon_alsoIfTheirUriIsOne(String uri) {
        Map<String, Object> settings = uri.isEmpty() ? Map.of() : Map.of("hibernate.fyercache.uri", uri);
        try (CachedDatabase one = CachedDatabase.open(settings);
                CachedDatabase other = CachedDatabase.open(settings)) {
            one.run(session -> session.persist(new Account(1, "A1", 100)));

            assertThat(other.<Account>call(session -> session.find(Account.class, 1)))
                    .isNull();
        }
    }
}
