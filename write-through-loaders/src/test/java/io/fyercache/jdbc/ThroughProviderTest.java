package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.mapping.EntityMapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loader and writer behind real caches: ours, found by name as any other, and another vendor's. */
@OnEveryDatabase
class ThroughProviderTest {

    @Parameter
    Setting setting;

    private static final String FYERCACHE = "io.fyercache.jcache.FyerCachingProvider";

    private static final String CAFFEINE = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    record Person(long id, String name) {}

    /** What a test does with the cache and the database behind it. */
    private interface Scenario {
        void run(Cache<Long, Person> people, TestDatabase database) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void get_readsThrough_andAsksTheDatabaseOnce(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            database.execute("insert into person values (1, 'Ada')");
            assertThat(people.get(1L)).isEqualTo(new Person(1, "Ada"));
            database.execute("delete from person");
            assertThat(people.get(1L)).isEqualTo(new Person(1, "Ada"));
            assertThat(people.get(2L)).isNull();
            assertThat(people.getAll(Set.of(1L, 2L))).containsOnlyKeys(1L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void putAndRemove_writeThrough(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            people.put(1L, new Person(1, "Ada"));
            people.putAll(Map.of(2L, new Person(2, "Grace"), 3L, new Person(3, "Jean")));
            assertThat(database.column("select name from person order by id")).containsExactly("Ada", "Grace", "Jean");
            people.remove(1L);
            people.removeAll(Set.of(2L));
            assertThat(database.column("select name from person")).containsExactly("Jean");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void putAll_oneRowRefused_cacheAndTableAgree(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            Map<Long, Person> entries = new LinkedHashMap<>();
            Stream.of(1L, 2L, 3L, 4L, 5L).forEach(id -> entries.put(id, new Person(id, id == 3 ? null : "p" + id)));
            assertThatThrownBy(() -> people.putAll(entries)).isInstanceOf(CacheWriterException.class);
            assertThat(database.column("select id from person order by id")).containsExactly(1L, 2L, 4L, 5L);
            for (long id = 1; id <= 5; id++) {
                assertThat(people.containsKey(id)).isEqualTo(id != 3);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void put_refused_entryStaysAsItWas(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            people.put(1L, new Person(1, "Ada"));
            assertThatThrownBy(() -> people.put(1L, new Person(1, null)))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("table person, key id=1");
            assertThat(people.get(1L)).isEqualTo(new Person(1, "Ada"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void loadAll_fillsTheCache(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            database.execute("insert into person select x, concat('p', x) from ("
                    + setting.product().numbersTo(100) + ") numbers");
            CompletionListenerFuture done = new CompletionListenerFuture();
            people.loadAll(Set.of(1L, 50L, 100L, 101L), true, done);
            done.get();
            database.execute("delete from person");
            assertThat(people.getAll(Set.of(1L, 50L, 100L, 101L))).containsOnlyKeys(1L, 50L, 100L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void get_databaseRefuses_isACacheLoaderException(String provider) throws Exception {
        withCache(provider, (people, database) -> {
            database.execute("drop table person");
            assertThatThrownBy(() -> people.get(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("cannot load from table person");
        });
    }

    private void withCache(String providerName, Scenario scenario) throws Exception {
        var mapping =
                EntityMapping.builder(Long.class, Person.class).table("person").build();
        try (TestDatabase database = TestDatabase.create(
                        setting.product(), 4, "create table person (id bigint primary key, name varchar(9) not null)");
                CachingProvider provider = Caching.getCachingProvider(providerName)) {
            var configuration = new MutableConfiguration<Long, Person>()
                    .setTypes(Long.class, Person.class)
                    .setStoreByValue(false)
                    .setReadThrough(true)
                    .setCacheLoaderFactory(
                            setting.with(JdbcCacheLoader.builder(mapping).dataSource(database.dataSource()))
                                    .build()
                                    .factory())
                    .setWriteThrough(true)
                    .setCacheWriterFactory(
                            setting.with(JdbcCacheWriter.builder(mapping).dataSource(database.dataSource()))
                                    .build()
                                    .factory());
            scenario.run(provider.getCacheManager().createCache("people", configuration), database);
            assertThat(database.connectionsInUse()).isZero();
        }
    }
}
