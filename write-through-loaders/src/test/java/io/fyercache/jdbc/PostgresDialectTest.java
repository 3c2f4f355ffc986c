package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is PostgreSQL's own. */
@ParameterizedClass
@MethodSource("product")
class PostgresDialectTest {

    record Person(long id, String name) {}

    record Pair(int a, String b) {}

    @Parameter
    Product product;

    private TestDatabase database;

    static Stream<Product> product() {
        return Product.all().stream().filter(product -> product == Product.POSTGRESQL);
    }

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.create(
                product,
                1,
                "create table person (id bigint primary key, name varchar(100) unique)",
                "insert into person select x, 'name ' || x from generate_series(1, 12000) x",
                "create table pair (a int, b varchar(20), name varchar(100), primary key (a, b))",
                "insert into pair select x, 'b' || x, 'name ' || x from generate_series(1, 12000) x",
                "analyze person",
                "analyze pair");
    }

    @AfterEach
    void close() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    /** Somebody else's transaction takes the rows in the other order. It is the writer that notices, once both wait. */
    @Test
    void writeAll_deadlockWithAnotherTransaction_triesAgainAndSucceeds() throws Exception {
        AtomicInteger rollbacks = new AtomicInteger();
        TestDatabase patient = TestDatabase.open(database.url() + "&options=-c%20deadlock_timeout=3s", 1);
        var observed = new ObservedDataSource(patient.dataSource(), (method, sql) -> {
            if (method.equals("rollback")) {
                rollbacks.incrementAndGet();
            }
        });
        var writer = JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(observed.dataSource())
                .table("person")
                .build();
        var entries = Entries.of(List.of(1L, 2L), id -> new Person(id, "new " + id));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (patient;
                Connection other = DriverManager.getConnection(database.url());
                Statement statement = other.createStatement()) {
            statement.execute("set deadlock_timeout = '20s'");
            other.setAutoCommit(false);
            statement.executeUpdate("update person set name = 'other 2' where id = 2");
            Future<?> written = thread.submit(() -> writer.writeAll(entries));
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> !database.column("select 1 from pg_locks where not granted")
                            .isEmpty());
            statement.executeUpdate("update person set name = 'other 1' where id = 1");
            other.commit();
            written.get(30, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
        assertThat(rollbacks).hasPositiveValue();
        assertThat(entries).isEmpty();
        assertThat(database.column("select name from person where id < 3 order by id"))
                .containsExactly("new 1", "new 2");
    }

    @Test
    void loadAll_thousandsOfKeys_takesOneStatementTextAndAStatementPerTenThousand() {
        List<String> texts = new ArrayList<>();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("executeQuery")) {
                texts.add(sql);
            }
        });
        var loader = people().dataSource(observed.dataSource()).build();
        assertThat(loader.loadAll(LongStream.rangeClosed(1, 12_000).boxed().toList()))
                .hasSize(12_000)
                .containsEntry(7L, new Person(7, "name 7"));
        assertThat(loader.loadAll(List.of(1L, 2L, 3L))).hasSize(3);
        assertThat(texts).hasSize(3).containsOnly("SELECT \"id\", \"name\" FROM \"person\" WHERE \"id\" = ANY(?)");
    }

    @Test
    void loadAll_compositeKeys_takesOneStatement() {
        var observed = new ObservedDataSource(database.dataSource());
        var loader = JdbcCacheLoader.builder(Pair.class, String.class)
                .dataSource(observed.dataSource())
                .table("pair")
                .valueColumn("name")
                .build();
        List<Pair> keys = IntStream.rangeClosed(1, 1000)
                .mapToObj(i -> new Pair(i, "b" + i))
                .toList();
        assertThat(loader.loadAll(keys)).hasSize(1000).containsEntry(new Pair(42, "b42"), "name 42");
        assertThat(loader.loadAll(List.of(new Pair(1, "b2"), new Pair(2, "b1"))))
                .isEmpty();
        assertThat(observed.statements()).isEqualTo(2);
    }

    @Test
    void loadAll_usesTheIndex() throws Exception {
        for (String condition : List.of(
                "person where id = any('{1,2,3}'::int8[])",
                "pair where (a, b) in (select * from unnest('{1,2,3}'::int4[], '{b1,b2,b3}'::text[]))")) {
            assertThat(database.column("explain select * from " + condition))
                    .as(condition)
                    .anySatisfy(line -> assertThat(line.toString()).contains("_pkey"));
        }
    }

    @Test
    void loadAll_keysOfEveryElementType_areFound() throws Exception {
        UUID uuid = UUID.randomUUID();
        assertFound("smallint", Short.class, List.of((short) 1, (short) -2));
        assertFound("integer", Integer.class, List.of(1, -2));
        assertFound("uuid", UUID.class, List.of(uuid, UUID.randomUUID()));
        assertFound("varchar(100)", String.class, List.of("", "a,b", "{\"}", "NULL", "\\", "ü\n"));
        // Not an element type: by IN.
        assertFound("boolean", Boolean.class, List.of(true, false));
    }

    private <K> void assertFound(String columnType, Class<K> keyType, List<K> keys) throws Exception {
        database.execute("drop table if exists k");
        database.execute("create table k (k " + columnType + " primary key, v varchar(100))");
        var mapping = EntityMapping.builder(keyType, String.class)
                .table("k")
                .keyColumn("k")
                .valueColumn("v")
                .build();
        JdbcCacheWriter.builder(mapping)
                .dataSource(database.dataSource())
                .build()
                .writeAll(Entries.of(keys, String::valueOf));
        assertThat(JdbcCacheLoader.builder(mapping)
                        .dataSource(database.dataSource())
                        .build()
                        .loadAll(keys))
                .hasSize(keys.size())
                .allSatisfy((key, value) -> assertThat(value).isEqualTo(String.valueOf(key)));
    }

    @Test
    void write_otherUniqueColumnTaken_isRefusedAndChangesNothing() throws Exception {
        assertThatThrownBy(() -> writer().build().write(entry(1L, new Person(1, "name 2"))))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("key id=1")
                .hasMessageContaining("SQLState 23505");
        assertThat(database.column("select name from person where id <= 2 order by id"))
                .containsExactly("name 1", "name 2");
    }

    @Test
    void write_withoutUniqueKey_saysWhichStateAndStops() throws Exception {
        database.execute("create table loose (id bigint, name varchar(100))");
        var entries = Entries.of(List.of(1L, 2L), id -> new Person(id, "x"));
        assertThatThrownBy(() -> writer().table("loose").build().writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("SQLState 42P10");
        assertThat(entries).hasSize(2);
    }

    @Test
    void writeAll_readOnly_stopsAtOnceAndKeepsAll() throws Exception {
        try (TestDatabase readOnly = TestDatabase.open(PostgresServer.readOnly(database.url()), 1)) {
            var observed = new ObservedDataSource(readOnly.dataSource());
            var entries = Entries.of(List.of(1L, 2L), id -> new Person(id, "x"));
            assertThatThrownBy(() ->
                            writer().dataSource(observed.dataSource()).build().writeAll(entries))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("SQLState 25006");
            assertThat(entries).hasSize(2);
            assertThat(observed.statements()).isEqualTo(1);
        }
    }

    /** A setting of the driver that makes one statement of many rows, which PostgreSQL refuses for a key that is there twice. */
    @Test
    void writeAll_driverRewritesBatches_sameKeyTwice_lastOneWins() throws Exception {
        try (TestDatabase rewriting = TestDatabase.open(database.url() + "&reWriteBatchedInserts=true", 1)) {
            var entries = Entries.of(List.of(1L, 2L, 3L), id -> new Person(id, "first " + id));
            entries.add(entry(2L, new Person(2, "last")));
            writer().dataSource(rewriting.dataSource()).build().writeAll(entries);
            assertThat(entries).isEmpty();
        }
        assertThat(database.column("select name from person where id <= 3 order by id"))
                .containsExactly("first 1", "last", "first 3");
    }

    private JdbcCacheLoader.Builder<Long, Person> people() {
        return JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person");
    }

    private JdbcCacheWriter.Builder<Long, Person> writer() {
        return JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person");
    }
}
