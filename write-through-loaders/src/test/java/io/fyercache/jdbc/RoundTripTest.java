package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.H2Dialect;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StandardDialect;
import io.fyercache.jdbc.mapping.ColumnNaming;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is loaded, for every type, kind of key and kind of value. */
class RoundTripTest {

    private static final String EVERY_TYPE = "create table every_type (id bigint primary key,"
            + " a_boolean boolean not null, a_byte tinyint not null, a_short smallint not null, an_int int not null,"
            + " a_long bigint not null, a_float real not null, a_double double precision not null, a_char char(1) not null,"
            + " boxed_boolean boolean, boxed_byte tinyint, boxed_short smallint, boxed_int int, boxed_long bigint,"
            + " boxed_float real, boxed_double double precision, boxed_char char(1),"
            + " text varchar, decimal_number numeric(20, 2), big_number numeric(40), unit varchar(20), date_only date,"
            + " time_only time(9), date_time timestamp(9), offset_date_time timestamp(9) with time zone,"
            + " offset_time time(9) with time zone, instant timestamp(9) with time zone, uuid uuid, bytes varbinary)";

    @SuppressWarnings("ArrayRecordComponent") // the point: byte[] is a column type
    record EveryType(
            boolean aBoolean,
            byte aByte,
            short aShort,
            int anInt,
            long aLong,
            float aFloat,
            double aDouble,
            char aChar,
            Boolean boxedBoolean,
            Byte boxedByte,
            Short boxedShort,
            Integer boxedInt,
            Long boxedLong,
            Float boxedFloat,
            Double boxedDouble,
            Character boxedChar,
            String text,
            BigDecimal decimalNumber,
            BigInteger bigNumber,
            TimeUnit unit,
            LocalDate dateOnly,
            LocalTime timeOnly,
            LocalDateTime dateTime,
            OffsetDateTime offsetDateTime,
            OffsetTime offsetTime,
            Instant instant,
            UUID uuid,
            byte[] bytes) {}

    record Person(long id, String familyName, LocalDate born) {}

    record LineKey(long orderId, int line) {}

    record Line(String article, BigDecimal price) {}

    record LineWithKey(int line, String article, long orderId) {}

    static Stream<Dialect> dialects() {
        return Stream.of(new H2Dialect(IdentifierRules.STANDARD), new StandardDialect(IdentifierRules.STANDARD));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyType_comesBackEqual(Dialect dialect) throws Exception {
        EveryType value = new EveryType(
                true,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Math.PI,
                'ß',
                false,
                (byte) 7,
                (short) -7,
                42,
                -42L,
                -0.25f,
                Double.MIN_VALUE,
                '\'',
                "O'Neill; -- \"\u20ac\" \uD83D\uDE00",
                new BigDecimal("123456789012345678.25"),
                BigInteger.TEN.pow(38),
                TimeUnit.NANOSECONDS,
                LocalDate.of(1582, 10, 15),
                LocalTime.of(23, 59, 59, 999_999_999),
                LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_456_789),
                OffsetDateTime.of(2024, 10, 27, 2, 30, 0, 1, ZoneOffset.ofHours(-5)),
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHoursMinutes(5, 30)),
                Instant.parse("2024-03-31T01:30:00.000000001Z"),
                UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"),
                new byte[] {0, -1, 127});
        assertRoundTrip(dialect, value);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyNullableType_comesBackNull(Dialect dialect) throws Exception {
        assertRoundTrip(
                dialect,
                new EveryType(
                        false, (byte) 0, (short) 0, 0, 0, 0, 0, 'x', null, null, null, null, null, null, null, null,
                        null, null, null, null, null, null, null, null, null, null, null, null));
    }

    private static void assertRoundTrip(Dialect dialect, EveryType value) throws Exception {
        var mapping = EntityMapping.builder(Long.class, EveryType.class)
                .table("every_type")
                .keyColumn("id")
                .build();
        try (TestDatabase database = TestDatabase.create(EVERY_TYPE)) {
            writer(database, mapping, dialect).write(entry(1L, value));
            assertThat(loader(database, mapping, dialect).load(1L))
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void write_twice_updatesTheRow(Dialect dialect) throws Exception {
        var mapping =
                EntityMapping.builder(Long.class, Person.class).table("person").build();
        try (TestDatabase database = TestDatabase.create(
                "create table person (id bigint primary key, family_name varchar, born date, other int default 5)")) {
            var writer = writer(database, mapping, dialect);
            writer.write(entry(1L, new Person(1, "Before", LocalDate.EPOCH)));
            database.execute("update person set other = 6");
            writer.write(entry(1L, new Person(1, "After", null)));
            assertThat(loader(database, mapping, dialect).load(1L)).isEqualTo(new Person(1, "After", null));
            assertThat(database.column("select other from person"))
                    .as("a column outside the mapping stays as it is")
                    .containsExactly(6);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void compositeKey_valueWithoutKey(Dialect dialect) throws Exception {
        var mapping = EntityMapping.builder(LineKey.class, Line.class)
                .table("order_line")
                .column("price", "net_price")
                .build();
        try (TestDatabase database = orderLines()) {
            Map<LineKey, Line> lines = Map.of(
                    new LineKey(1, 1), new Line("nut", new BigDecimal("0.10")),
                    new LineKey(1, 2), new Line("bolt", new BigDecimal("0.20")),
                    new LineKey(2, 1), new Line("nut", null));
            var writer = writer(database, mapping, dialect);
            lines.forEach((key, line) -> writer.write(entry(key, line)));
            var loader = loader(database, mapping, dialect);
            assertThat(loader.loadAll(
                            List.of(new LineKey(1, 1), new LineKey(1, 2), new LineKey(2, 1), new LineKey(2, 2))))
                    .isEqualTo(lines);
            writer.delete(new LineKey(1, 2));
            assertThat(loader.loadAll(lines.keySet())).containsOnlyKeys(new LineKey(1, 1), new LineKey(2, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void compositeKey_valueRepeatsKeyInAnotherOrder(Dialect dialect) throws Exception {
        var mapping = EntityMapping.builder(LineKey.class, LineWithKey.class)
                .table("order_line")
                .build();
        try (TestDatabase database = orderLines()) {
            LineWithKey line = new LineWithKey(3, "washer", 9);
            writer(database, mapping, dialect).write(entry(new LineKey(9, 3), line));
            assertThat(loader(database, mapping, dialect).load(new LineKey(9, 3)))
                    .isEqualTo(line);
        }
    }

    private static TestDatabase orderLines() throws Exception {
        return TestDatabase.create("create table order_line (order_id bigint, line int, article varchar,"
                + " net_price numeric(10, 2), primary key (order_id, line))");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void singleValues_keyAndValue(Dialect dialect) throws Exception {
        var mapping = EntityMapping.builder(UUID.class, String.class)
                .table("token")
                .keyColumn("id")
                .valueColumn("value")
                .build();
        try (TestDatabase database =
                TestDatabase.create("create table token (id uuid primary key, \"VALUE\" varchar)")) {
            UUID key = UUID.randomUUID();
            writer(database, mapping, dialect).write(entry(key, "owner"));
            assertThat(loader(database, mapping, dialect).loadAll(Set.of(key, UUID.randomUUID())))
                    .isEqualTo(Map.of(key, "owner"));
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void keyColumnsAlone_areInsertedOnce(Dialect dialect) throws Exception {
        record Member(long groupId, long userId) {}
        var mapping = EntityMapping.builder(Member.class, Member.class)
                .table("member")
                .build();
        try (TestDatabase database = TestDatabase.create(
                "create table member (group_id bigint, user_id bigint, primary key (group_id, user_id))")) {
            Member member = new Member(1, 2);
            var writer = writer(database, mapping, dialect);
            writer.write(entry(member, member));
            writer.write(entry(member, member));
            assertThat(loader(database, mapping, dialect).load(member)).isEqualTo(member);
            assertThat(database.column("select count(*) from member")).containsExactly(1L);
        }
    }

    /** Neither a record nor a bean. */
    static final class Book {
        private final String title;
        private final Integer pages;

        Book(String title, Integer pages) {
            this.title = title;
            this.pages = pages;
        }
    }

    static final class Isbn {
        private final String digits;

        Isbn(String digits) {
            this.digits = digits;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Isbn that && digits.equals(that.digits);
        }

        @Override
        public int hashCode() {
            return digits.hashCode();
        }
    }

    @Test
    void functions_describeOtherClasses() throws Exception {
        var mapping = EntityMapping.builder(Isbn.class, Book.class)
                .table("book")
                .keyColumn("isbn", String.class, isbn -> isbn.digits)
                .valueColumn("title", String.class, book -> book.title)
                .valueColumn("pages", Integer.class, book -> book.pages)
                .readOnlyColumns("shout")
                .reader(row -> new Book(row.getString("title") + row.getString("shout"), row.getInt("pages")))
                .build();
        try (TestDatabase database = TestDatabase.create("create table book (isbn varchar primary key,"
                + " title varchar, pages int, shout varchar generated always as (upper(title)))")) {
            JdbcCacheWriter.builder(mapping)
                    .dataSource(database.dataSource())
                    .build()
                    .write(entry(new Isbn("978"), new Book("Peopleware", 245)));
            Book book = JdbcCacheLoader.builder(mapping)
                    .dataSource(database.dataSource())
                    .build()
                    .load(new Isbn("978"));
            assertThat(book.title).isEqualTo("PeoplewarePEOPLEWARE");
            assertThat(book.pages).isEqualTo(245);
        }
    }

    @Test
    void ownColumnType_isUsedForComponents() throws Exception {
        record Account(long id, Currency currency) {}
        ColumnType<Currency> currencies = ColumnType.of(
                Currency.class,
                Types.CHAR,
                (statement, index, currency) -> statement.setString(index, currency.getCurrencyCode()),
                (row, index) -> {
                    String code = row.getString(index);
                    return code == null ? null : Currency.getInstance(code);
                });
        var mapping = EntityMapping.builder(Long.class, Account.class)
                .table("account")
                .columnType(currencies)
                .build();
        try (TestDatabase database =
                TestDatabase.create("create table account (id bigint primary key, currency char(3))")) {
            Account euros = new Account(1, Currency.getInstance("EUR"));
            writer(database, mapping, null).write(entry(1L, euros));
            assertThat(loader(database, mapping, null).load(1L)).isEqualTo(euros);
        }
    }

    @Test
    void quotedIdentifiers_areTakenToTheLetter() throws Exception {
        record Odd(long id, String select, String withQuote, String mixedCase) {}
        var mapping = EntityMapping.builder(Long.class, Odd.class)
                .table("\"Odd schema\".\"ta\"\"ble.1\"")
                .column("withQuote", "\"say \"\"x\"\"\"")
                .column("mixedCase", "\"Mixed\"")
                .build();
        try (TestDatabase database = TestDatabase.create(
                "create schema \"Odd schema\"",
                "create table \"Odd schema\".\"ta\"\"ble.1\" (id bigint primary key, \"SELECT\" varchar,"
                        + " \"say \"\"x\"\"\" varchar, \"Mixed\" varchar, mixed varchar)")) {
            Odd odd = new Odd(1, "a", "b", "c");
            writer(database, mapping, null).write(entry(1L, odd));
            assertThat(loader(database, mapping, null).load(1L)).isEqualTo(odd);
            assertThat(database.column("select \"Mixed\" from \"Odd schema\".\"ta\"\"ble.1\""))
                    .containsExactly("c");
        }
    }

    @Test
    void databaseThatFoldsToLowerCase_findsPlainNames() throws Exception {
        var mapping = EntityMapping.builder(Long.class, Person.class)
                .table("Person")
                .naming(ColumnNaming.SNAKE_CASE)
                .build();
        try (TestDatabase database = TestDatabase.open(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DATABASE_TO_LOWER=TRUE",
                1,
                "create table Person (ID bigint primary key, Family_Name varchar, born date)")) {
            Person person = new Person(1, "Lower", null);
            writer(database, mapping, null).write(entry(1L, person));
            assertThat(loader(database, mapping, null).load(1L)).isEqualTo(person);
        }
    }

    @Test
    void databaseInAFile_holdsWhatWasWritten(@TempDir Path directory) throws Exception {
        var mapping =
                EntityMapping.builder(Long.class, Person.class).table("person").build();
        String url = "jdbc:h2:file:" + directory.resolve("people");
        Person person = new Person(1, "Durable", LocalDate.EPOCH);
        try (TestDatabase database = TestDatabase.open(
                url, 1, "create table person (id bigint primary key, family_name varchar, born date)")) {
            writer(database, mapping, null).write(entry(1L, person));
        }
        try (TestDatabase database = TestDatabase.open(url, 1)) {
            assertThat(loader(database, mapping, null).load(1L)).isEqualTo(person);
        }
    }

    private static <K, V> JdbcCacheLoader<K, V> loader(
            TestDatabase database, EntityMapping<K, V> mapping, Dialect dialect) {
        var builder = JdbcCacheLoader.builder(mapping).dataSource(database.dataSource());
        return dialect == null ? builder.build() : builder.dialect(dialect).build();
    }

    private static <K, V> JdbcCacheWriter<K, V> writer(
            TestDatabase database, EntityMapping<K, V> mapping, Dialect dialect) {
        var builder = JdbcCacheWriter.builder(mapping).dataSource(database.dataSource());
        return dialect == null ? builder.build() : builder.dialect(dialect).build();
    }
}
