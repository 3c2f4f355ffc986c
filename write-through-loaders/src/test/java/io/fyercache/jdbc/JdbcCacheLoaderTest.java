package io.fyercache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.mapping.EntityMapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSR-107's contract of a loader, and its batches. */
@OnEveryDatabase
class JdbcCacheLoaderTest {

    record Person(long id, String name) {}

    record Pair(int a, int b) {}

    @Parameter
    Setting setting;

    private TestDatabase database;

    @BeforeEach
    void createTables() throws Exception {
        String numbers = " from (" + setting.product().numbersTo(1000) + ") numbers";
        database = setting.create(
                "create table person (id bigint primary key, name varchar(100))",
                "insert into person select x, concat('name ', x)" + numbers,
                "create table pair (a int, b int, name varchar(100), primary key (a, b))",
                "insert into pair select floor((x - 1) / 10), mod(x - 1, 10), concat('name ', x - 1)" + numbers);
    }

    @AfterEach
    void everyConnectionIsReturned() throws Exception {
        assertThat(database.connectionsInUse()).isZero();
        database.close();
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
        assertThat(observed.statements()).isEqualTo(takesArrays() ? 1 : statements);
    }

    @Test
    void loadAll_compositeKeys_inChunksOfEverySize() {
        List<Pair> keys =
                IntStream.range(0, 100).mapToObj(i -> new Pair(i, i % 10)).toList();
        for (int maxParameters : List.of(2, 3, 7, 64, 199, 200)) {
            var observed = new ObservedDataSource(database.dataSource());
            var loader = setting.with(JdbcCacheLoader.builder(Pair.class, String.class)
                            .dataSource(observed.dataSource())
                            .table("pair")
                            .valueColumn("name")
                            .maxParameters(maxParameters))
                    .build();
            assertThat(loader.loadAll(keys)).hasSize(100).containsEntry(new Pair(42, 2), "name 422");
            int perStatement = takesArrays() ? 100 : maxParameters / 2;
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
        database.execute("create table price (amount numeric(10, 2) primary key, label varchar(10))");
        database.execute("insert into price values (1, 'one')");
        var loader = setting.with(JdbcCacheLoader.builder(BigDecimal.class, String.class)
                        .dataSource(database.dataSource())
                        .table("price")
                        .keyColumn("amount")
                        .valueColumn("label"))
                .build();
        assertThat(loader.loadAll(List.of(new BigDecimal("1"), new BigDecimal("1.000"), BigDecimal.TEN)))
                .isEqualTo(Map.of(new BigDecimal("1"), "one", new BigDecimal("1.000"), "one"));
    }

    @Test
    void loadAll_sameKeyTwice_loadsOnce() {
        assertThat(people().build().loadAll(List.of(1L, 1L))).containsOnlyKeys(1L);
    }

    @Test
    void hostileKeys_areKeysAndNothingElse() throws Exception {
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
        database.execute("create table word (text varchar(100) primary key, meaning varchar(100))");
        var mapping = EntityMapping.builder(String.class, String.class)
                .table("word")
                .keyColumn("text")
                .valueColumn("meaning")
                .build();
        var loader = setting.with(JdbcCacheLoader.builder(mapping).dataSource(database.dataSource()))
                .build();
        var writer = setting.with(JdbcCacheWriter.builder(mapping).dataSource(database.dataSource()))
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

    /** All keys of a statement are in one parameter there. */
    private boolean takesArrays() {
        return setting == Setting.POSTGRESQL;
    }

    private JdbcCacheLoader.Builder<Long, Person> people() {
        return setting.with(JdbcCacheLoader.builder(Long.class, Person.class)
                .dataSource(database.dataSource())
                .table("person"));
    }

    private static List<Long> ids(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
