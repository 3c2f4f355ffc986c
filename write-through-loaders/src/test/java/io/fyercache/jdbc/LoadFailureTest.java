package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.ColumnTypes;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Every way in which a load can fail: a clear error, and the connection returned. */
@OnEveryDatabase
class LoadFailureTest {

    record Person(long id, String name) {}

    @Parameter
    Setting setting;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws Exception {
        database = setting.create(
                "create table person (id bigint primary key, name varchar(100))",
                "insert into person select x, concat('name ', x) from ("
                        + setting.product().numbersTo(1000) + ") numbers");
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    @Test
    void keyHasTwoRows_isAnErrorThatNamesTableAndKey() throws Exception {
        database.execute("create table loose (id bigint, name varchar(100))");
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
        database.execute(
                switch (setting.product()) {
                    case H2 -> "create table word (text varchar_ignorecase primary key, meaning varchar)";
                    case POSTGRESQL -> {
                        database.execute("create collation without_case"
                                + " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
                        yield "create table word (text varchar(100) collate without_case primary key, meaning varchar)";
                    }
                    case MARIADB -> "create table word (text varchar(100) primary key, meaning varchar(100))";
                });
        database.execute("insert into word values ('Cache', 'hoard')");
        var mapping = EntityMapping.builder(String.class, String.class)
                .table("word")
                .keyColumn("text")
                .valueColumn("meaning");
        var strict = setting.with(JdbcCacheLoader.builder(mapping.build()).dataSource(database.dataSource()))
                .build();
        assertThat(strict.load("Cache")).isEqualTo("hoard");
        assertThatThrownBy(() -> strict.load("CACHE"))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("key text=CACHE")
                .hasMessageContaining("identity compares as the database does");
        var tolerant = setting.with(JdbcCacheLoader.builder(
                                mapping.columnType(new IgnoringCase()).build())
                        .dataSource(database.dataSource()))
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
        var loader = setting.with(JdbcCacheLoader.builder(Long.class, Aged.class)
                        .dataSource(database.dataSource())
                        .table("person"))
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(MappingException.class)
                .hasMessageContaining("table person, key id=3: column age is NULL")
                .hasMessageContaining("declare it there as Integer or the column as NOT NULL");
    }

    @Test
    void unknownConstant_namesTheKnownOnesAndNotTheValue() throws Exception {
        record Timer(long id, TimeUnit name) {}
        var loader = setting.with(JdbcCacheLoader.builder(Long.class, Timer.class)
                        .dataSource(database.dataSource())
                        .table("person"))
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
        var loader = setting.with(JdbcCacheLoader.builder(Long.class, Numbered.class)
                        .dataSource(database.dataSource())
                        .table("person"))
                .build();
        assertThatThrownBy(() -> loader.load(3L))
                .isInstanceOf(CacheLoaderException.class)
                .hasMessageContaining("table person, key id=3: column name cannot be read as java.lang.Integer")
                .hasCauseInstanceOf(MappingException.class)
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
        var loader = setting.with(JdbcCacheLoader.builder(Long.class, Strict.class)
                        .dataSource(database.dataSource())
                        .table("person"))
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
        var loader = setting.with(JdbcCacheLoader.builder(Key.class, Person.class)
                        .dataSource(database.dataSource())
                        .table("person"))
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
                .hasCauseInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(e.getMessage().split(": ", 2)[1]).containsIgnoringCase("nobody"));
    }

    @Test
    void missingColumn_namesIt() {
        assertThatThrownBy(() -> people().column("name", "nickname").build().load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .message()
                .containsIgnoringCase("nickname")
                .doesNotContain("\n");
    }

    @Test
    void statementTimeout_endsTheLoad() throws Exception {
        database.execute("create view slow as select id, name from person where "
                + setting.product().endlessCondition());
        var loader =
                people().table("slow").statementTimeout(Duration.ofSeconds(1)).build();
        assertThatThrownBy(() -> loader.load(1L))
                .isInstanceOf(CacheLoaderException.class)
                .hasCauseInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*SQLState (57014|70100).*")
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

    @Test
    void keyWithLineBreaks_forgesNoLineOfTheLog() {
        var loader = setting.with(JdbcCacheLoader.builder(String.class, Person.class)
                        .dataSource(database.dataSource())
                        .table("nobody")
                        .keyColumn("name"))
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
        return setting.with(JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person"));
    }
}
