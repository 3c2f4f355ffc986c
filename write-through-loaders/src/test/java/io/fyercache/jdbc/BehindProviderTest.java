package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.WriteBehind;
import io.fyercache.jcache.WriteBehind.DeadLetter;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The writer behind a cache that writes behind, over a real table. */
class BehindProviderTest {
    private static final String TABLE = "create table person (id bigint primary key, name varchar(9) not null)";

    private static final WriteBehindOptions QUICK =
            WriteBehindOptions.after(Duration.ofMillis(1)).withRetryPauses(Duration.ofMillis(1), Duration.ofMillis(10));

    record Person(long id, String name) {}

    /** What a test does with the cache and the database behind it. */
    private interface Scenario {
        void run(FyerCache<Long, Person> people, TestDatabase database) throws Exception;
    }

    private static Person person(long id, String name) {
        return new Person(id, name);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void changes_reachTheTableInBatches_asTheyAreInTheEnd() throws Exception {
        Map<Long, Person> expected = new HashMap<>();
        withCache(QUICK.withBatchSize(50), (people, database) -> {
            Random random = new Random(7);
            for (int i = 0; i < 5_000; i++) {
                long id = random.nextInt(200);
                if (random.nextInt(4) == 0) {
                    people.remove(id);
                    expected.remove(id);
                } else {
                    people.put(id, person(id, "v" + i));
                    expected.put(id, person(id, "v" + i));
                }
            }
            people.close();

            assertThat(database.column("select id from person order by id"))
                    .containsExactlyElementsOf(
                            expected.keySet().stream().sorted().toList());
            assertThat(database.column("select name from person order by id"))
                    .containsExactlyElementsOf(LongStream.range(0, 200)
                            .filter(expected::containsKey)
                            .mapToObj(id -> expected.get(id).name())
                            .toList());
        });
    }

    @Test
    void aRowThatIsRefused_isADeadLetter_theOthersAreWritten_andItsNextChangeIsToo() throws Exception {
        withCache(QUICK.withAttempts(3), (people, database) -> {
            WriteBehind<Long, Person> behind = people.writeBehind().orElseThrow();
            people.putAll(Map.of(1L, person(1, "Ada"), 2L, person(2, "too long a name"), 3L, person(3, "Jean")));
            soon().until(() -> behind.deadLetterCount() == 1 && behind.depth() == 0);

            assertThat(database.column("select name from person order by id")).containsExactly("Ada", "Jean");
            assertThat(behind.deadLetters())
                    .extracting(DeadLetter::key, each -> each.value().name(), DeadLetter::attempts)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, "too long a name", 3));
            assertThat(behind.deadLetters().get(0).failure()).contains("table person, key id=2");

            people.put(2L, person(2, "Grace"));
            soon().until(() -> behind.depth() == 0);
            assertThat(behind.deadLetterCount()).isZero();
            assertThat(database.column("select name from person order by id")).containsExactly("Ada", "Grace", "Jean");
        });
    }

    @Test
    void tableIsAwayForAWhile_nothingIsLost() throws Exception {
        withCache(QUICK.withAttempts(1_000), (people, database) -> {
            WriteBehind<Long, Person> behind = people.writeBehind().orElseThrow();
            database.execute("alter table person rename to away");
            for (long id = 0; id < 100; id++) {
                people.put(id, person(id, "n" + id));
            }
            soon().until(() -> behind.failures() > 0);
            database.execute("alter table away rename to person");

            soon().until(() -> behind.depth() == 0);
            assertThat(database.column("select count(*) from person")).containsExactly(100L);
            assertThat(behind.deadLetters()).isEmpty();
        });
    }

    @Test
    void readsThrough_whatIsNotInTheTableYet() throws Exception {
        withCache(WriteBehindOptions.after(Duration.ofHours(1)), (people, database) -> {
            database.execute("insert into person values (1, 'old')");
            people.put(1L, person(1, "new"));
            people.remove(2L);
            database.execute("insert into person values (2, 'old')");
            people.invalidate(Set.of(1L, 2L));

            assertThat(people.getAll(Set.of(1L, 2L))).isEqualTo(Map.of(1L, person(1, "new")));
            assertThat(database.column("select name from person order by id")).isEqualTo(List.of("old", "old"));
        });
    }

    private static void withCache(WriteBehindOptions options, Scenario scenario) throws Exception {
        var mapping =
                EntityMapping.builder(Long.class, Person.class).table("person").build();
        try (TestDatabase database = TestDatabase.create(TABLE);
                CachingProvider provider = Caching.getCachingProvider("io.fyercache.jcache.FyerCachingProvider")) {
            var configuration = FyerConfiguration.builder(Long.class, Person.class)
                    .readThrough(true)
                    .loader(JdbcCacheLoader.builder(mapping)
                            .dataSource(database.dataSource())
                            .build()
                            .factory())
                    .writeThrough(true)
                    .writer(JdbcCacheWriter.builder(mapping)
                            .dataSource(database.dataSource())
                            .build()
                            .factory())
                    .writeBehind(options)
                    .build();
            @SuppressWarnings("unchecked") // it is a cache of these types
            FyerCache<Long, Person> people = provider.getCacheManager()
                    .createCache("people", configuration)
                    .unwrap(FyerCache.class);
            scenario.run(people, database);
        }
    }
}
