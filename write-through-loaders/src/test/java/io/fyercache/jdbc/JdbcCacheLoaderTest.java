package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.H2Dialect;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StandardDialect;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.ColumnTypes;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JSR-107's contract of a loader, batches, and every way in which a load can fail. */
class JdbcCacheLoaderTest {

    record Person(long id, String name) {}

    record Pair(int a, int b) {}

    private TestDatabase database;

    @BeforeEach
    void createTables() throws Exception {
        database = TestDatabase.create(
                "create table person (id bigint primary key, name varchar)",
                "insert into person select x, 'name ' || x from system_range(1, 1000)",
                "create table pair (a int, b int, name varchar, primary key (a, b))",
                "insert into pair select x / 10, mod(x, 10), 'name ' || x from system_range(0, 999)");
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    static Stream<Dialect> dialects() {
        return Stream.of(new H2Dialect(IdentifierRules.STANDARD), new StandardDialect(IdentifierRules.STANDARD));
    }

    @Test
    void load_absentRow_isNull() {
        assertThat(people().build().load(5L)).isEqualTo(new Person(5, "name 5"));
        assertThat(people().build().load(-5L)).isNull();
    }

    @Test
    void loadAll_absentRows_areAbsentFromTheMap() {
        assertThat(people().build().loadAll(List.of(1L, 2000L, 2L)))
                .isEqualTo(Map.of(1L, new Person(1, "name 1"), 2L, new Person(2, "name 2")));
    }

    @Test
    void loadAll_nothing_takesNoStatement() {
        var observed = new ObservedDataSource(database.dataSource());
        var loader = people().dataSource(observed.dataSource()).build();
        assertThat(loader.loadAll(List.of())).isEmpty();
        assertThat(observed.statements()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1000, 500, 2", "1000, 300, 4", "1000, 1000, 1", "7, 500, 1", "1000, 32767, 1", "3, 1, 3"})
    void loadAll_takesAStatementPerChunk(int keys, int maxParameters, int statements) {
        var observed = new ObservedDataSource(database.dataSource());
        var loader = people().dataSource(observed.dataSource())
                .maxParameters(maxParameters)
                .build();
        assertThat(loader.loadAll(ids(keys))).hasSize(keys);
        assertThat(observed.statements()).isEqualTo(statements);
    }

    @Test
    void loadAll_countedByTheDatabase_takesAStatementPerChunk() throws Exception {
        people().build().load(1L);
        database.execute("set query_statistics true");
        people().build().loadAll(ids(1000));
        assertThat(database.column("select sum(execution_count) from information_schema.query_statistics"
                        + " where sql_statement like 'SELECT%\"PERSON\"%'"))
                .extracting(count -> ((Number) count).intValue())
                .containsExactly(2);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void loadAll_compositeKeys_inChunksOfEverySize(Dialect dialect) {
        List<Pair> keys =
                IntStream.range(0, 100).mapToObj(i -> new Pair(i, i % 10)).toList();
        for (int maxParameters : List.of(2, 3, 7, 64, 199, 200)) {
            var observed = new ObservedDataSource(database.dataSource());
            var loader = JdbcCacheLoader.builder(Pair.class, String.class)
                    .dataSource(observed.dataSource())
                    .dialect(dialect)
                    .table("pair")
                    .valueColumn("name")
                    .maxParameters(maxParameters)
                    .build();
            assertThat(loader.loadAll(keys)).hasSize(100).containsEntry(new Pair(42, 2), "name 422");
            int perStatement = maxParameters / 2;
            assertThat(observed.statements()).isEqualTo((100 + perStatement - 1) / perStatement);
        }
    }

    @Test
    void loadAll_manySizes_makesFewStatementTexts() {
        List<String> texts = new ArrayList<>();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.equals("executeQuery") && !texts.contains(sql)) {
                texts.add(sql);
            }
        });
        var loader = people().dataSource(observed.dataSource()).build();
        for (int keys = 1; keys <= 500; keys += 3) {
            assertThat(loader.loadAll(ids(keys))).hasSize(keys);
        }
        // 1, 2, 4, ... 256, 500.
        assertThat(texts).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void loadAll_keysOneToTheDatabaseAndTwoToJava_bothGetTheRow() throws Exception {
        database.execute("create table price (amount numeric(10, 2) primary key, label varchar)");
        database.execute("insert into price values (1, 'one')");
        var loader = JdbcCacheLoader.builder(BigDecimal.class, String.class)
                .dataSource(database.dataSource())
                .table("price")
                .keyColumn("amount")
                .valueColumn("label")
                .build();
        assertThat(loader.loadAll(List.of(new BigDecimal("1"), new BigDecimal("1.000"), BigDecimal.TEN)))
                .isEqualTo(Map.of(new BigDecimal("1"), "one", new BigDecimal("1.000"), "one"));
    }

    @Test
    void loadAll_sameKeyTwice_loadsOnce() {
        assertThat(people().build().loadAll(List.of(1L, 1L))).containsOnlyKeys(1L);
    }

    @Test
    void keyHasTwoRows_isAnErrorThatNamesTableAndKey() throws Exception {
        database.execute("create table loose (id bigint, name varchar)");
        database.execute("insert into loose values (1, 'a'), (2, 'b'), (2, 'c')");
        var loader = people().table("loose").build();
        assertThat(loader.load(1L)).isEqualTo(new Person(1, "a"));
        for (List<Long> keys : List.of(List.of(2L), List.of(1L, 2L))) {
            assertThatThrownBy(() -> loader.loadAll(keys))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("table loose, key id=2: more than one row")
                    .hasMessageContaining("primary key");
        }
    }

    @Test
    void rowFoundByCollation_isAnErrorUntilTheColumnTypeComparesLikeIt() throws Exception {
        database.execute("create table word (text varchar_ignorecase primary key, meaning varchar)");
        database.execute("insert into word values ('Cache', 'hoard')");
        var mapping = EntityMapping.builder(String.class, String.class)
                .table("word")
                .keyColumn("text")
                .valueColumn("meaning");
        var strict = JdbcCacheLoader.builder(mapping.build())
                .dataSource(database.dataSource())
                .build();
        assertThat(strict.load("Cache")).isEqualTo("hoard");
        assertThatThrownBy(() -> strict.load("CACHE"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key text=CACHE")
                .hasMessageContaining("identity compares as the database does");
        var tolerant = JdbcCacheLoader.builder(
                        mapping.columnType(new IgnoringCase()).build())
                .dataSource(database.dataSource())
                .build();
        assertThat(tolerant.loadAll(List.of("CACHE", "cache"))).isEqualTo(Map.of("CACHE", "hoard", "cache", "hoard"));
    }

    /** Text in a column whose collation ignores case. */
    static final class IgnoringCase implements ColumnType<String> {
        private final ColumnType<?> standard = ColumnTypes.standard().find(String.class);

        @Override
        public Class<String> javaType() {
            return String.class;
        }

        @Override
        public void bind(java.sql.PreparedStatement statement, int index, String value) throws SQLException {
            statement.setString(index, value);
        }

        @Override
        public String read(java.sql.ResultSet row, int index) throws SQLException {
            return (String) standard.read(row, index);
        }

        @Override
        public Object identity(String value) {
            return value.toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void nullIntoPrimitive_namesColumnAndRemedy() throws Exception {
        record Aged(long id, int age) {}
        database.execute("alter table person add age int");
        var loader = JdbcCacheLoader.builder(Long.class, Aged.class)
                .dataSource(database.dataSource())
                .table("person")
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(MappingException.class)
                .hasMessageContaining("table person, key id=3: column age is NULL")
                .hasMessageContaining("declare the component as Integer or the column as NOT NULL");
    }

    @Test
    void unknownConstant_namesTheKnownOnesAndNotTheValue() throws Exception {
        record Timer(long id, TimeUnit name) {}
        var loader = JdbcCacheLoader.builder(Long.class, Timer.class)
                .dataSource(database.dataSource())
                .table("person")
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("column name cannot be read as java.util.concurrent.TimeUnit"
                        + " (expected: one of NANOSECONDS, ")
                .message()
                .doesNotContain("name 3");
    }

    @Test
    void columnOfAnotherType_namesColumnKeyAndNotTheValue() {
        record Numbered(long id, Integer name) {}
        var loader = JdbcCacheLoader.builder(Long.class, Numbered.class)
                .dataSource(database.dataSource())
                .table("person")
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("table person, key id=3: column name cannot be read as java.lang.Integer")
                .hasRootCauseInstanceOf(NumberFormatException.class)
                .message()
                .doesNotContain("name 3");
    }

    @Test
    void recordRefusesItsRow_isAnErrorWithTheKey() {
        @SuppressWarnings("UnusedMethod") // the constructor is called by the mapping
        record Strict(long id, String name) {
            Strict {
                if (id == 3) {
                    throw new IllegalStateException("not three");
                }
            }
        }
        var loader = JdbcCacheLoader.builder(Long.class, Strict.class)
                .dataSource(database.dataSource())
                .table("person")
                .build();
        assertThatThrownBy(() -> loader.loadAll(List.of(2L, 3L)))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key id=3: the constructor of")
                .hasRootCauseMessage("not three");
    }

    @Test
    void ownReaderThrows_isAnErrorWithTheKey() {
        var loader = people().reader(row -> {
                    throw new IllegalStateException("cannot read");
                })
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key id=3")
                .hasRootCauseMessage("cannot read");
    }

    @Test
    void nullKeyOrPart_isAnError() {
        record Key(Long id) {}
        assertThatThrownBy(() -> people().build().loadAll(Arrays.asList(1L, null)))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key: null (expected: java.lang.Long)");
        var loader = JdbcCacheLoader.builder(Key.class, Person.class)
                .dataSource(database.dataSource())
                .table("person")
                .build();
        assertThatThrownBy(() -> loader.load(new Key(null)))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("table person, key columns id: key column id: null");
    }

    @Test
    void missingTable_namesIt() {
        assertThatThrownBy(() -> people().table("nobody").build().load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("cannot load from table nobody, key id=1: ")
                .hasMessageContaining("Table \"NOBODY\" not found")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void missingColumn_namesIt() {
        assertThatThrownBy(() -> people().column("name", "nickname").build().load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("Column \"NICKNAME\" not found")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void statementTimeout_endsTheLoad() throws Exception {
        database.execute("create view slow as select id, name from person"
                + " where (select sum(sqrt(x)) from system_range(1, 1000000000000)) > 0");
        var loader =
                people().table("slow").statementTimeout(Duration.ofSeconds(1)).build();
        assertThatThrownBy(() -> loader.load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(SQLTimeoutException.class)
                .hasMessageContaining("table slow");
    }

    @Test
    void poolExhausted_isAnErrorAndTheNextLoadSucceeds() throws Exception {
        var loader = people().build();
        try (var held = database.dataSource().getConnection()) {
            assertThat(held.isValid(1)).isTrue();
            assertThatThrownBy(() -> loader.load(1L))
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessageContaining("table person");
        }
        assertThat(loader.load(1L)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void hostileKeys_areKeysAndNothingElse(Dialect dialect) throws Exception {
        List<String> hostile = List.of(
                "' or '1'='1",
                "'; drop table word; --",
                "\" or \"\"=\"",
                "?",
                "%",
                "\\",
                "') union select 'x', 'y' --",
                "line\nbreak",
                "");
        database.execute("create table word (text varchar primary key, meaning varchar)");
        var mapping = EntityMapping.builder(String.class, String.class)
                .table("word")
                .keyColumn("text")
                .valueColumn("meaning")
                .build();
        var loader = JdbcCacheLoader.builder(mapping)
                .dataSource(database.dataSource())
                .dialect(dialect)
                .build();
        var writer = JdbcCacheWriter.builder(mapping)
                .dataSource(database.dataSource())
                .dialect(dialect)
                .build();
        database.execute("insert into word values ('kept', 'kept')");
        assertThat(loader.loadAll(hostile)).isEmpty();
        writer.writeAll(Entries.of(hostile, key -> key));
        assertThat(loader.loadAll(hostile))
                .hasSize(hostile.size())
                .allSatisfy((k, v) -> assertThat(v).isEqualTo(k));
        writer.deleteAll(new ArrayList<>(hostile));
        assertThat(database.column("select meaning from word")).containsExactly("kept");
    }

    @Test
    void keyWithLineBreaks_forgesNoLineOfTheLog() {
        var loader = JdbcCacheLoader.builder(String.class, Person.class)
                .dataSource(database.dataSource())
                .table("nobody")
                .keyColumn("name")
                .build();
        assertThatThrownBy(() -> loader.load("a\r\nINFO all is well" + "x".repeat(1000)))
                .hasMessageContaining("name=a\\u000d\\u000aINFO")
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(400);
    }

    @Test
    void everyFailure_returnsItsConnection() {
        var missing = people().table("nobody").build();
        var failing = people().reader(row -> {
                    throw new SQLException("reader");
                })
                .build();
        // The pool has one connection: a single leak fails the round after it.
        for (int round = 0; round < 5; round++) {
            assertThatThrownBy(() -> missing.load(1L)).isInstanceOf(CacheLoaderException.class);
            assertThatThrownBy(() -> failing.load(1L)).hasRootCauseMessage("reader");
            assertThat(people().build().load(1L)).isNotNull();
        }
    }

    private JdbcCacheLoader.Builder<Long, Person> people() {
        return JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person");
    }

    private static List<Long> ids(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
