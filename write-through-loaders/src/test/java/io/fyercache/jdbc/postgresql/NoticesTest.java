package io.fyercache.jdbc.postgresql;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCache;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.jdbc.JdbcCacheLoader;
import io.fyercache.jdbc.JdbcCacheWriter;
import io.fyercache.jdbc.Product;
import io.fyercache.jdbc.TestDatabase;
import io.fyercache.jdbc.fault.InvalidSettingsException;
import io.fyercache.jdbc.feed.ChangeFeed;
import io.fyercache.jdbc.feed.ChangeFeed.Beginning;
import io.fyercache.jdbc.feed.DroppedKeys;
import io.fyercache.jdbc.feed.InvalidatedCache;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.Table;
import io.fyercache.jdbc.server.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What PostgreSQL tells a feed of changes that others make. */
@ParameterizedClass
@MethodSource("product")
@Timeout(60)
class NoticesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    record Person(long id, String name) {}

    @Parameter
    Product product;

    private final EntityMapping<Long, Person> people =
            EntityMapping.builder(Long.class, Person.class).table("person").build();

    private final DroppedKeys<Long> dropped = new DroppedKeys<>();
    private TestDatabase database;

    static Stream<Product> product() {
        return Product.all().stream().filter(product -> product == Product.POSTGRESQL);
    }

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.create(product, 2, "create table person (id bigint primary key, name varchar(100))");
        database.execute("insert into person select x, 'name ' || x from generate_series(1, 1000) x");
        NoticeTriggers.create(database.dataSource(), people.table());
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    private ChangeFeed feed() {
        return start(ChangeFeed.by(PostgresNotices.source()).follow(people, dropped));
    }

    private ChangeFeed start(ChangeFeed.Builder builder) {
        ChangeFeed feed = builder.dataSource(database.dataSource())
                .beginning(Beginning.KEEP)
                .start();
        awaitNoProblem(feed);
        return feed;
    }

    private static void awaitNoProblem(ChangeFeed feed) {
        await("the feed to hear", () -> assertThat(feed.status().problem()).isNull());
    }

    private static void await(String what, ThrowingRunnable condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(condition);
    }

    private void awaitDropped(Long... keys) {
        await("keys to be dropped", () -> assertThat(dropped.keys()).containsExactlyInAnyOrder(keys));
    }

    @Test
    void insertUpdateDeleteAndChangedKey_areTold_withTheRowsThatWere() throws Exception {
        try (ChangeFeed feed = feed()) {
            database.execute("insert into person values (2000, 'new')");
            database.execute("update person set name = 'x' where id between 1 and 3");
            database.execute("delete from person where id = 4");
            database.execute("update person set id = 3000 where id = 5");
            awaitDropped(1L, 2L, 3L, 4L, 5L, 2000L, 3000L);
            assertThat(dropped.wholes()).isZero();
            assertThat(feed.status().keysDropped()).isEqualTo(7);
        }
    }

    @Test
    void truncate_dropsEverything() throws Exception {
        try (ChangeFeed feed = feed()) {
            database.execute("truncate person");
            await("everything", () -> assertThat(feed.status().cachesDropped()).isEqualTo(1));
            assertThat(dropped.wholes()).isEqualTo(1);
        }
    }

    @Test
    void whatIsRolledBack_orChangesNoRow_isNotTold() throws Exception {
        try (ChangeFeed feed = feed();
                Connection other = DriverManager.getConnection(database.url());
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update person set name = 'x' where id = 1");
            other.rollback();
            database.execute("delete from person where id = -1");
            database.execute("update person set name = 'x' where id = 7");
            awaitDropped(7L);
            assertThat(feed.status().cachesDropped()).isZero();
        }
    }

    @Test
    void manyRowsOfOneStatement_areToldByKey_inSeveralNotices_upToALimit() throws Exception {
        try (ChangeFeed feed = feed()) {
            database.execute("update person set name = 'x'");
            awaitDropped(LongStream.rangeClosed(1, 1000).boxed().toArray(Long[]::new));
            assertThat(dropped.wholes()).isZero();

            database.execute("insert into person select x, 'more' from generate_series(100001, 110001) x");
            await("everything", () -> assertThat(dropped.wholes()).isEqualTo(1));
            assertThat(dropped.keys()).hasSize(1000);
            assertThat(feed.status().cachesDropped()).isEqualTo(1);
        }
    }

    @Test
    void keyThatFitsInNoNotice_dropsEverything_andTheWriterIsNotDisturbed() throws Exception {
        var words = EntityMapping.builder(String.class, String.class)
                .table("word")
                .keyColumn("text")
                .valueColumn("meaning")
                .build();
        database.execute("create table word (text text primary key, meaning text)");
        NoticeTriggers.create(database.dataSource(), words.table());
        DroppedKeys<String> droppedWords = new DroppedKeys<>();
        try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source()).follow(words, droppedWords))) {
            String fits = "a".repeat(2000);
            database.execute("insert into word values (?, 'x'), ('b', 'x')", fits);
            await("long key", () -> assertThat(droppedWords.keys()).containsExactly(fits, "b"));
            // Compressed by the index, which takes no key of more than a third of a page.
            database.execute("insert into word values (?, 'x')", "c".repeat(20_000));
            await("everything", () -> assertThat(droppedWords.wholes()).isEqualTo(1));
            assertThat(feed.status().problem()).isNull();
        }
    }

    record Key(UUID id, BigDecimal number, String text, Instant at) {}

    @Test
    void keysOfSeveralColumnsAndTypes_withQuotesInEveryName_comeAsTheyWere() throws Exception {
        database.execute("create schema \"my \"\"own\"\" schema\"");
        String table = "\"my \"\"own\"\" schema\".\"it's a \\ \"\"table\"\"\"";
        database.execute("create table " + table + " (\"i'd\" uuid, number numeric(20, 2), \"te\"\"xt\\\" text,"
                + " at timestamptz, notice int, primary key (\"i'd\", number, \"te\"\"xt\\\", at))");
        var mapping = EntityMapping.builder(Key.class, Integer.class)
                .table(table)
                .column("id", "\"i'd\"")
                .column("text", "\"te\"\"xt\\\"")
                .valueColumn("notice")
                .build();
        NoticeTriggers.create(database.dataSource(), mapping.table());
        DroppedKeys<Key> keys = new DroppedKeys<>();
        Key key = new Key(
                UUID.randomUUID(),
                new BigDecimal("123456789012345678.90"),
                "'quoted' \"and\" \\ \n ünïcode 🦊",
                Instant.parse("2026-01-02T03:04:05.678901Z"));
        try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source()).follow(mapping, keys));
                JdbcCacheWriter<Key, Integer> writer = JdbcCacheWriter.builder(mapping)
                        .dataSource(database.dataSource())
                        .build()) {
            writer.delete(key);
            writer.write(entry(key, 1));
            await("the key", () -> assertThat(keys.keys()).containsExactly(key));
            assertThat(feed.status().cachesDropped()).isZero();
        }
        for (String drop : NoticeTriggers.drop(mapping.table())) {
            database.execute(drop);
        }
        database.execute("drop table " + table);
    }

    @Test
    void keyOfFunctions_needsItsWayBack() throws Exception {
        var titles = EntityMapping.builder(StringBuilder.class, Person.class)
                .table("person")
                .keyColumn("id", Long.class, text -> Long.valueOf(text.toString()));
        assertThatThrownBy(() -> ChangeFeed.by(PostgresNotices.source())
                        .follow(titles.build(), new DroppedKeys<>())
                        .start())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("keyMaker: none")
                .hasMessageContaining("dataSource: none");
        DroppedKeys<StringBuilder> keys = new DroppedKeys<>();
        var both = titles.keyMaker(values -> new StringBuilder(values.get(0).toString()));
        try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source()).follow(both.build(), keys))) {
            database.execute("delete from person where id = 12");
            await("the key", () -> assertThat(keys.keys()).hasToString("[12]"));
            assertThat(feed.status().cachesDropped()).isZero();
        }
    }

    @Test
    void severalTables_takeOneConnection_andGiveItBack() throws Exception {
        database.execute("create table pet (id bigint primary key, name varchar(100))");
        var pets = EntityMapping.builder(Long.class, Person.class).table("pet").build();
        NoticeTriggers.create(database.dataSource(), pets.table());
        DroppedKeys<Long> droppedPets = new DroppedKeys<>();
        DroppedKeys<Long> another = new DroppedKeys<>();
        try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source())
                .follow(people, dropped)
                .follow(pets, droppedPets)
                .follow(people, another))) {
            assertThat(database.connectionsInUse()).isEqualTo(1);
            database.execute("insert into pet values (1, 'x')");
            database.execute("delete from person where id = 2");
            await("keys", () -> {
                assertThat(droppedPets.keys()).containsExactly(1L);
                assertThat(dropped.keys()).containsExactly(2L);
                assertThat(another.keys()).containsExactly(2L);
            });
            assertThat(feed.status().cachesDropped()).isZero();
        }
        try (Connection again = database.dataSource().getConnection();
                Connection more = database.dataSource().getConnection()) {
            for (Connection each : List.of(again, more)) {
                try (var channels = each.createStatement().executeQuery("select pg_listening_channels()")) {
                    assertThat(channels.next()).isFalse();
                }
            }
        }
    }

    @Test
    void triggersMissing_theFeedSaysSo_andDropsEverythingWhenTheyAreBack() throws Exception {
        try (ChangeFeed feed = feed()) {
            database.execute("drop trigger fyercache_update on person");
            await(
                    "a problem",
                    () -> assertThat(feed.status().problem())
                            .startsWith("table person: 3 triggers (expected: ")
                            .endsWith("run the statements of NoticeTriggers.create"));
            assertThat(feed.status().interruptions()).isEqualTo(1);
            assertThat(dropped.wholes()).isZero();
            NoticeTriggers.create(database.dataSource(), people.table());
            await("everything", () -> assertThat(dropped.wholes()).isEqualTo(1));
            awaitNoProblem(feed);
            database.execute("update person set name = 'x' where id = 1");
            awaitDropped(1L);
        }
    }

    @Test
    void tableMissing_theFeedSaysSo() {
        var nobody =
                EntityMapping.builder(Long.class, Person.class).table("nobody").build();
        try (ChangeFeed feed = ChangeFeed.by(PostgresNotices.source())
                .dataSource(database.dataSource())
                .follow(nobody, dropped)
                .start()) {
            await(
                    "a problem",
                    () -> assertThat(feed.status().problem()).contains("42P01").contains("nobody"));
        }
    }

    @Test
    void anotherDatabase_theFeedSaysSo() throws Exception {
        try (TestDatabase h2 = TestDatabase.create(Product.H2, 1);
                ChangeFeed feed = ChangeFeed.by(PostgresNotices.source())
                        .dataSource(h2.dataSource())
                        .follow(people, dropped)
                        .start()) {
            await(
                    "a problem",
                    () -> assertThat(feed.status().problem())
                            .contains("expected: of PostgreSQL's driver); poll other databases"));
        }
    }

    @Test
    void noticesOfSomebodyElse_dropEverything_andNothingWorse() throws Exception {
        Object oid = database.column("select cast(cast('person' as regclass) as oid)")
                .get(0);
        try (ChangeFeed feed = feed()) {
            int wholes = 0;
            for (String notice : List.of("nonsense", "[{\"id\": \"x\"}]", "[{\"other\": 1}]", "{\"id\": 1}", "[1]")) {
                database.execute("select pg_notify('fyercache_" + oid + "', ?)", notice);
                int expected = ++wholes;
                await(notice, () -> assertThat(dropped.wholes()).isEqualTo(expected));
            }
            database.execute("update person set name = 'x' where id = 1");
            awaitDropped(1L);
            assertThat(feed.status().interruptions()).isZero();
        }
    }

    @Test
    void cacheThatFails_isAskedAgain_andTheStatusSaysSo() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        var failing = InvalidatedCache.<Long>of(
                keys -> {
                    if (away.get()) {
                        throw new IllegalStateException("the cluster does not answer");
                    }
                    dropped.invalidate(keys);
                },
                dropped::invalidateAll);
        try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source()).follow(people, failing))) {
            database.execute("update person set name = 'x' where id = 1");
            await(
                    "a problem",
                    () -> assertThat(feed.status().problem())
                            .startsWith("entries of table person cannot be dropped: java.lang.IllegalStateException"));
            database.execute("update person set name = 'x' where id = 2");
            away.set(false);
            awaitDropped(1L, 2L);
            awaitNoProblem(feed);
        }
    }

    @Test
    void databaseIsStopped_theFeedSaysSo_andDropsEverythingWhenItIsBack() throws Exception {
        PostgresServer server = PostgresServer.startDurable();
        String url = server.newDatabase("feed");
        try (TestDatabase own = TestDatabase.open(url, 1, "create table person (id bigint primary key)")) {
            NoticeTriggers.create(own.dataSource(), people.table());
            try (ChangeFeed feed = ChangeFeed.by(PostgresNotices.source())
                    .dataSource(own.dataSource())
                    .beginning(Beginning.KEEP)
                    .follow(people, dropped)
                    .start()) {
                awaitNoProblem(feed);
                server.stop();
                await("a problem", () -> assertThat(feed.status().problem()).contains("SQLState"));
                assertThat(dropped.wholes()).isZero();
                server.startAgain();
                try (Connection other = DriverManager.getConnection(url);
                        var statement = other.createStatement()) {
                    statement.execute("insert into person values (1)");
                    await("everything", () -> assertThat(dropped.wholes()).isEqualTo(1));
                    statement.execute("delete from person where id = 1");
                }
                await("the key", () -> assertThat(dropped.keys()).contains(1L));
                assertThat(feed.status().interruptions()).isEqualTo(1);
                await(
                        "to be up to date",
                        () -> assertThat(feed.status().behind()).isLessThan(PATIENCE));
            }
        } finally {
            server.stop();
        }
    }

    /** A load that has read the row before it changed must not leave the old value behind. */
    @Test
    void loadThatBeganBeforeTheChange_isDroppedAfterIt_byKeyAndAsAWhole() throws Exception {
        for (String change : List.of("update person set name = 'new' where id = 1", "truncate person")) {
            database.execute("insert into person values (1, 'old') on conflict (id) do update set name = 'old'");
            loadWhile(change);
        }
    }

    private void loadWhile(String change) throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (FyerCachingProvider provider = new FyerCachingProvider();
                JdbcCacheLoader<Long, Person> loader = JdbcCacheLoader.builder(EntityMapping.builder(
                                        Long.class, Person.class)
                                .table("person")
                                .reader(row -> {
                                    Person read = new Person(row.getLong("id"), row.getString("name"));
                                    hasRead.countDown();
                                    awaitUnbroken(mayEnd);
                                    return read;
                                })
                                .valueColumn("name", String.class, Person::name)
                                .build())
                        .dataSource(database.dataSource())
                        .build()) {
            Cache<Long, Person> cache = provider.getCacheManager()
                    .createCache(
                            "people",
                            new MutableConfiguration<Long, Person>()
                                    .setTypes(Long.class, Person.class)
                                    .setStoreByValue(false)
                                    .setReadThrough(true)
                                    .setCacheLoaderFactory(loader.factory()));
            FyerCache<Long, Person> fyer = fyer(cache);
            CountDownLatch dropping = new CountDownLatch(1);
            var told = InvalidatedCache.<Long>of(
                    keys -> {
                        dropping.countDown();
                        fyer.invalidate(keys);
                    },
                    () -> {
                        dropping.countDown();
                        fyer.clear();
                    });
            try (ChangeFeed feed = start(ChangeFeed.by(PostgresNotices.source()).follow(people, told))) {
                CompletableFuture<Person> load = CompletableFuture.supplyAsync(() -> cache.get(1L));
                assertThat(hasRead.await(20, TimeUnit.SECONDS)).isTrue();
                // The loader has its row, and not ended; truncation would wait for its connection.
                CompletableFuture<Void> changed = CompletableFuture.runAsync(() -> {
                    try {
                        database.execute(change);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                changed.get(20, TimeUnit.SECONDS);
                assertThat(dropping.await(20, TimeUnit.SECONDS)).isTrue();
                mayEnd.countDown();
                assertThat(load.get(20, TimeUnit.SECONDS).name()).isEqualTo("old");
                await("what was old to be gone", () -> {
                    Person now = cache.get(1L);
                    assertThat(now == null ? "new" : now.name()).isEqualTo("new");
                });
                assertThat(feed.status().problem()).isNull();
            }
        }
    }

    @SuppressWarnings("unchecked") // it is of the cache's own types
    private static FyerCache<Long, Person> fyer(Cache<Long, Person> cache) {
        return cache.unwrap(FyerCache.class);
    }

    private static void awaitUnbroken(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void statements_canBeRunByHand_andAgain() throws Exception {
        Table table = people.table();
        List<String> all = new ArrayList<>(NoticeTriggers.create(table));
        all.addAll(NoticeTriggers.drop(table));
        all.addAll(NoticeTriggers.create(table));
        for (String sql : all) {
            database.execute(sql);
        }
        assertThat(database.column("select tgname from pg_trigger where tgrelid = cast('person' as regclass)"))
                .extracting(Object::toString)
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(NoticeTriggers.NAMES));
    }
}
