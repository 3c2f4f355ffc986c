package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.server.MariaDbServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is MariaDB's own. */
@ParameterizedClass
@MethodSource("product")
class MariaDbDialectTest {

    record Person(long id, String name) {}

    @Parameter
    Product product;

    private TestDatabase database;

    static Stream<Product> product() {
        return Product.all().stream().filter(product -> product == Product.MARIADB);
    }

    @BeforeEach
    void createDatabase() throws Exception {
        database = TestDatabase.create(product, 1);
    }

    @AfterEach
    void close() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id bigint primary key, name varchar(20)                             | true",
                "ID bigint primary key, name varchar(20), unique (id, name)          | true",
                "id bigint, name varchar(20), unique (id)                            | true",
                "id bigint primary key, name varchar(20) unique                      | false",
                "id bigint primary key, name varchar(20), unique (name(3))           | false",
                "id bigint, name varchar(20), primary key (id, name)                 | false",
                "id bigint, name varchar(20)                                         | false",
            })
    void upsert_byOneStatement_onlyWhereTheKeyIsTheOnlyUniqueOne(String columns, boolean expected) throws Exception {
        database.execute("create table person (" + columns + ")");
        List<String> texts = new ArrayList<>();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> {
            if (method.startsWith("execute")) {
                texts.add(sql);
            }
        });
        var writer = writer().dataSource(observed.dataSource()).build();
        writer.write(entry(1L, new Person(1, "before")));
        writer.write(entry(1L, new Person(1, "after")));
        assertThat(database.column("select name from person")).containsExactly("after");
        assertThat(texts.stream().anyMatch(text -> text.contains("ON DUPLICATE KEY")))
                .isEqualTo(expected);
        assertThat(texts.stream().filter(text -> text.contains("information_schema")))
                .as("asked once")
                .hasSize(1);
    }

    @Test
    void write_otherUniqueColumnTaken_isRefusedAndChangesNoOtherRow() throws Exception {
        database.execute("create table person (id bigint primary key, name varchar(20) unique)");
        database.execute("insert into person values (1, 'Ada'), (2, 'Grace')");
        var entries = Entries.of(List.of(1L, 3L, 4L), id -> new Person(id, id == 4 ? "Jean" : "Grace"));
        assertThatThrownBy(() -> writer().build().writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("2 rows, keys id=1; id=3")
                .hasMessageContaining("code 1062");
        assertThat(Entries.keys(entries)).containsExactly(1L, 3L);
        assertThat(database.column("select concat(id, name) from person order by id"))
                .containsExactly("1Ada", "2Grace", "4Jean");
    }

    @Test
    void tableOfAnotherDatabase_isLookedAtThere() throws Exception {
        database.execute("create database if not exists elsewhere");
        database.execute("create or replace table elsewhere.person (id bigint primary key, name varchar(20))");
        List<String> texts = new ArrayList<>();
        var observed = new ObservedDataSource(database.dataSource(), (method, sql) -> texts.add(sql));
        writer().dataSource(observed.dataSource())
                .table("elsewhere.person")
                .build()
                .write(entry(1L, new Person(1, "Ada")));
        assertThat(texts).anySatisfy(text -> assertThat(text).contains("ON DUPLICATE KEY"));
        assertThat(database.column("select name from elsewhere.person")).containsExactly("Ada");
    }

    @Test
    void writeAll_readOnly_stopsAtOnceAndKeepsAll() throws Exception {
        database.execute("create table person (id bigint primary key, name varchar(20))");
        try (TestDatabase readOnly = TestDatabase.open(MariaDbServer.readOnly(database.url()), 1)) {
            var entries = Entries.of(List.of(1L, 2L), id -> new Person(id, "x"));
            assertThatThrownBy(() ->
                            writer().dataSource(readOnly.dataSource()).build().writeAll(entries))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("2 rows")
                    .hasMessageContaining("code 1792");
            assertThat(entries).hasSize(2);
        }
    }

    @Test
    void loadAll_compositeKeys_usesTheIndex() throws Exception {
        database.execute("create table pair (a int, b int, name varchar(100), primary key (a, b))");
        database.execute("insert into pair select seq, seq, 'x' from seq_1_to_2000");
        database.execute("analyze table pair");
        // The fourth column of a plan is how the table is read.
        assertThat(database.column("explain select name from pair where (a, b) in ((1, 1), (2, 2))", 4))
                .containsExactly("range");
    }

    private JdbcCacheWriter.Builder<Long, Person> writer() {
        return JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person");
    }
}
