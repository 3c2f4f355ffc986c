package io.fyercache.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.VersionConflictException;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriterException;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loader and writer behind real caches: ours, by value as it is by default, and another vendor's. */
class JpaThroughProviderTest extends OnPersistenceUnits {

    private static final String FYERCACHE = "io.fyercache.jcache.FyerCachingProvider";

    private static final String CAFFEINE = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

    private static <V> Cache<Long, V> cache(CachingProvider provider, Class<V> entityType, String graph) {
        var loader = JpaCacheLoader.builder(Long.class, entityType).entityManagerFactory(unit.factory());
        var configuration = new MutableConfiguration<Long, V>()
                .setTypes(Long.class, entityType)
                .setReadThrough(true)
                .setCacheLoaderFactory((graph == null ? loader : loader.entityGraph(graph))
                        .build()
                        .factory())
                .setWriteThrough(true)
                .setCacheWriterFactory(JpaCacheWriter.builder(Long.class, entityType)
                        .entityManagerFactory(unit.factory())
                        .build()
                        .factory());
        return provider.getCacheManager().createCache(entityType.getSimpleName(), configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {FYERCACHE, CAFFEINE})
    void readsAndWritesThrough(String name) throws Exception {
        try (CachingProvider provider = Caching.getCachingProvider(name)) {
            Cache<Long, Person> people = cache(provider, Person.class, null);
            unit.database().execute("insert into Person (id, name) values (1, 'Ada')");
            assertThat(people.get(1L).name).isEqualTo("Ada");
            people.putAll(Map.of(2L, new Person(2L, "Grace"), 3L, new Person(3L, "Jean")));
            assertThatThrownBy(() -> people.put(2L, new Person(2L, "longer than ten")))
                    .isInstanceOf(CacheWriterException.class);
            assertThat(people.get(2L).name).isEqualTo("Grace");
            people.removeAll(Set.of(1L, 3L));
            assertThat(unit.database().column("select name from Person")).containsExactly("Grace");
        }
    }

    @Test
    void wholeEntity_isReadFromTheCache_whenTheDatabaseIsNotAsked() throws Exception {
        unit.inTransaction(manager -> manager.persist(new Team(1L, new Team.Place("Ulm")).with(11, null)));
        try (CachingProvider provider = Caching.getCachingProvider(FYERCACHE)) {
            Cache<Long, Team> teams = cache(provider, Team.class, "team.players");
            teams.get(1L);
            unit.deleteAll();
            Team team = teams.get(1L);
            assertThat(team.players)
                    .hasSize(1)
                    .allSatisfy(player -> assertThat(player.team).isSameAs(team));
        }
    }

    /** What docs/databases.md says of versions. */
    @Test
    void entryIsLoadedAgainBeforeItsSecondChange() {
        try (CachingProvider provider = new FyerCachingProvider()) {
            Cache<Long, Account> accounts = cache(provider, Account.class, null);
            accounts.put(1L, new Account(1L, 10, 0));
            Account changed = accounts.get(1L);
            changed.balance = 15;
            accounts.put(1L, changed);
            assertThatThrownBy(() -> accounts.put(1L, accounts.get(1L))).isInstanceOf(VersionConflictException.class);

            ((FyerCache<Long, Account>) accounts).invalidate(Set.of(1L));
            Account again = accounts.get(1L);
            assertThat(again.version).isEqualTo(1);
            again.balance = 20;
            accounts.put(1L, again);
        }
    }
}
