package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jdbc.dialect.H2Types;
import io.fyercache.jdbc.dialect.PostgresTypes;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.ColumnTypes;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.time.DayOfWeek;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that databases keep in ways of their own: JSON, arrays, enumerations, large ones. */
class OwnTypesTest {

    /** As much as makes a driver think twice: a mebibyte. */
    private static final int LARGE = 1 << 20;

    record Preferences(String json) {}

    record Profile(long id, Preferences preferences) {}

    static Stream<Product> products() {
        return Product.all().stream();
    }

    static Stream<Product> withArrays() {
        return products().filter(product -> product != Product.MARIADB);
    }

    static Stream<Product> postgres() {
        return products().filter(product -> product == Product.POSTGRESQL);
    }

    private static ColumnType<Preferences> json(Product product) {
        return switch (product) {
            case H2 -> H2Types.json(Preferences.class, Preferences::json, Preferences::new);
            case POSTGRESQL -> PostgresTypes.text(Preferences.class, Preferences::json, Preferences::new);
            case MARIADB -> ColumnTypes.text(Preferences.class, Preferences::json, Preferences::new);
        };
    }

    @ParameterizedTest
    @MethodSource("products")
    void json_isADocumentOfTheDatabase(Product product) throws Exception {
        var mapping = EntityMapping.builder(Long.class, Profile.class)
                .table("profile")
                .columnType(json(product))
                .build();
        try (TestDatabase database =
                TestDatabase.create(product, 1, "create table profile (id bigint primary key, preferences json)")) {
            Profile set = new Profile(1, new Preferences("{\"colour\":\"blau\"}"));
            Profile unset = new Profile(2, null);
            assertRoundTrip(database, mapping, 1L, set);
            assertRoundTrip(database, mapping, 2L, unset);
            assertThatThrownBy(() ->
                            writer(database, mapping).write(entry(3L, new Profile(3, new Preferences("{no json")))))
                    .isInstanceOf(CacheWriterException.class)
                    .message()
                    .doesNotContain("no json");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // the point: arrays are column types
    record Tagged(long id, String[] tags, Integer[] marks) {}

    @ParameterizedTest
    @MethodSource("withArrays")
    void arrays_comeBackInOrder(Product product) throws Exception {
        var mapping = EntityMapping.builder(Long.class, Tagged.class)
                .table("tagged")
                .columnType(ColumnTypes.array(String[].class, "varchar"))
                .columnType(ColumnTypes.array(Integer[].class, "integer"))
                .build();
        try (TestDatabase database = TestDatabase.create(
                product,
                1,
                "create table tagged (id bigint primary key, tags "
                        + (product == Product.H2
                                ? "varchar array, marks integer array)"
                                : "varchar[], marks integer[])"))) {
            assertRoundTrip(
                    database, mapping, 1L, new Tagged(1, new String[] {"b", null, "a,\"}{"}, new Integer[] {3, -1}));
            assertRoundTrip(database, mapping, 2L, new Tagged(2, new String[0], null));
        }
    }

    record Shift(long id, DayOfWeek day) {}

    @ParameterizedTest
    @MethodSource("postgres")
    void enumerationOfTheDatabase_takesConstantsByName(Product product) throws Exception {
        var mapping = EntityMapping.builder(Long.class, Shift.class)
                .table("shift")
                .columnType(PostgresTypes.enumeration(DayOfWeek.class))
                .build();
        try (TestDatabase database = TestDatabase.create(
                product,
                1,
                "create type day as enum ('MONDAY', 'FRIDAY')",
                "create table shift (id bigint primary key, day day)")) {
            assertRoundTrip(database, mapping, 1L, new Shift(1, DayOfWeek.FRIDAY));
            assertRoundTrip(database, mapping, 2L, new Shift(2, null));
            assertThatThrownBy(() -> writer(database, mapping).write(entry(3L, new Shift(3, DayOfWeek.SUNDAY))))
                    .isInstanceOf(CacheWriterException.class)
                    .hasMessageContaining("key id=3")
                    .hasMessageContaining("SQLState 22P02");
        }
    }

    record Opening(long id, OffsetTime at) {}

    @ParameterizedTest
    @MethodSource("withArrays")
    void timesWithOffset_comeBackWithIt(Product product) throws Exception {
        var mapping = EntityMapping.builder(Long.class, Opening.class)
                .table("opening")
                .build();
        try (TestDatabase database = TestDatabase.create(
                product, 1, "create table opening (id bigint primary key, at time(6) with time zone)")) {
            assertRoundTrip(
                    database,
                    mapping,
                    1L,
                    new Opening(1, OffsetTime.of(1, 2, 3, 4_000, ZoneOffset.ofHoursMinutes(5, 30))));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // the point: byte[] is a column type
    record Large(long id, String text, byte[] bytes) {}

    @ParameterizedTest
    @MethodSource("products")
    void largeTextsAndBytes_comeBackWhole(Product product) throws Exception {
        String columns = switch (product) {
            case H2 -> "text clob, bytes blob";
            case POSTGRESQL -> "text text, bytes bytea";
            case MARIADB -> "text longtext, bytes longblob";
        };
        var mapping =
                EntityMapping.builder(Long.class, Large.class).table("large").build();
        byte[] bytes = new byte[LARGE];
        for (int i = 0; i < LARGE; i++) {
            bytes[i] = (byte) (i * 31);
        }
        try (TestDatabase database =
                TestDatabase.create(product, 1, "create table large (id bigint primary key, " + columns + ")")) {
            String text = "\u20ac\uD83D\uDE00x".repeat(LARGE / 4);
            writer(database, mapping).write(entry(1L, new Large(1, text, bytes)));
            Large loaded = loader(database, mapping).load(1L);
            // Not compared by assertions that would describe each byte that differs.
            assertThat(loaded.text().equals(text)).isTrue();
            assertThat(Arrays.equals(loaded.bytes(), bytes)).isTrue();
            assertRoundTrip(database, mapping, 2L, new Large(2, null, null));
        }
    }

    private static <V> void assertRoundTrip(TestDatabase database, EntityMapping<Long, V> mapping, Long key, V value) {
        writer(database, mapping).write(entry(key, value));
        assertThat(loader(database, mapping).loadAll(List.of(key, -1L)).get(key))
                .usingRecursiveComparison()
                .isEqualTo(value);
    }

    private static <V> JdbcCacheLoader<Long, V> loader(TestDatabase database, EntityMapping<Long, V> mapping) {
        return JdbcCacheLoader.builder(mapping)
                .dataSource(database.dataSource())
                .build();
    }

    private static <V> JdbcCacheWriter<Long, V> writer(TestDatabase database, EntityMapping<Long, V> mapping) {
        return JdbcCacheWriter.builder(mapping)
                .dataSource(database.dataSource())
                .build();
    }
}
