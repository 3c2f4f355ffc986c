package io.fyercache.jdbc;

import static io.fyercache.jdbc.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.EntityMapping;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What is written is what is loaded, for every type, kind of key and kind of value. */
@OnEveryDatabase
class RoundTripTest {

    @Parameter
    Setting setting;

    /** A table for {@link EveryType}, in the words of each database. */
    private String everyType() {
        String[] words = switch (setting.product()) {
            case H2 ->
                new String[] {"tinyint", "real", "timestamp(9)", "timestamp(9) with time zone", "varbinary", "time(9)"};
            case POSTGRESQL ->
                new String[] {"smallint", "real", "timestamp", "timestamp with time zone", "bytea", "time"};
            case MARIADB -> new String[] {"tinyint", "float", "datetime(6)", "timestamp(6) null", "blob", "time(6)"};
        };
        return String.format(
                "create table every_type (id bigint primary key, a_boolean boolean not null, a_byte %1$s not null,"
                        + " a_short smallint not null, an_int int not null, a_long bigint not null, a_float %2$s not null,"
                        + " a_double double precision not null, a_char char(1) not null, boxed_boolean boolean,"
                        + " boxed_byte %1$s, boxed_short smallint, boxed_int int, boxed_long bigint, boxed_float %2$s,"
                        + " boxed_double double precision, boxed_char char(1), text varchar(100),"
                        + " decimal_number numeric(20, 2), big_number numeric(40), unit varchar(20), date_only date,"
                        + " time_only %6$s, date_time %3$s, offset_date_time %4$s, instant %4$s, uuid uuid, bytes %5$s)",
                (Object[]) words);
    }

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
            Instant instant,
            UUID uuid,
            byte[] bytes) {}

    record Person(long id, String familyName, LocalDate born) {}

    record LineKey(long orderId, int line) {}

    record Line(String article, BigDecimal price) {}

    record LineWithKey(int line, String article, long orderId) {}

    @Test
    void everyType_comesBackEqual() throws Exception {
        boolean isH2 = setting.product() == Product.H2;
        // The others keep six digits of a second, and of a time with offset the point in time.
        ChronoUnit kept = isH2 ? ChronoUnit.NANOS : ChronoUnit.MICROS;
        ZoneOffset offset = isH2 ? ZoneOffset.ofHours(-5) : ZoneOffset.UTC;
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
                LocalTime.of(23, 59, 59, 999_999_999).truncatedTo(kept),
                LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_456_789).truncatedTo(kept),
                OffsetDateTime.of(2024, 10, 27, 2, 30, 0, 123_456_789, offset).truncatedTo(kept),
                Instant.parse("2024-03-31T01:30:00.123456789Z").truncatedTo(kept),
                UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"),
                new byte[] {0, -1, 127});
        assertRoundTrip(value);
    }

    @Test
    void everyNullableType_comesBackNull() throws Exception {
        assertRoundTrip(new EveryType(
                false, (byte) 0, (short) 0, 0, 0, 0, 0, 'x', null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null));
    }

    private void assertRoundTrip(EveryType value) throws Exception {
        var mapping = EntityMapping.builder(Long.class, EveryType.class)
                .table("every_type")
                .keyColumn("id")
                .build();
        try (TestDatabase database = setting.create(everyType())) {
            writer(database, mapping).write(entry(1L, value));
            assertThat(loader(database, mapping).load(1L))
                    .usingRecursiveComparison()
                    .isEqualTo(value);
        }
    }

    @Test
    void write_twice_updatesTheRow() throws Exception {
        var mapping =
                EntityMapping.builder(Long.class, Person.class).table("person").build();
        try (TestDatabase database = setting.create(
                "create table person (id bigint primary key, family_name varchar(100), born date, other int default 5)")) {
            var writer = writer(database, mapping);
            writer.write(entry(1L, new Person(1, "Before", LocalDate.EPOCH)));
            database.execute("update person set other = 6");
            writer.write(entry(1L, new Person(1, "After", null)));
            assertThat(loader(database, mapping).load(1L)).isEqualTo(new Person(1, "After", null));
            assertThat(database.column("select other from person"))
                    .as("a column outside the mapping stays as it is")
                    .containsExactly(6);
        }
    }

    @Test
    void compositeKey_valueWithoutKey() throws Exception {
        var mapping = EntityMapping.builder(LineKey.class, Line.class)
                .table("order_line")
                .column("price", "net_price")
                .build();
        try (TestDatabase database = orderLines()) {
            Map<LineKey, Line> lines = Map.of(
                    new LineKey(1, 1), new Line("nut", new BigDecimal("0.10")),
                    new LineKey(1, 2), new Line("bolt", new BigDecimal("0.20")),
                    new LineKey(2, 1), new Line("nut", null));
            var writer = writer(database, mapping);
            lines.forEach((key, line) -> writer.write(entry(key, line)));
            var loader = loader(database, mapping);
            assertThat(loader.loadAll(
                            List.of(new LineKey(1, 1), new LineKey(1, 2), new LineKey(2, 1), new LineKey(2, 2))))
                    .isEqualTo(lines);
            writer.delete(new LineKey(1, 2));
            assertThat(loader.loadAll(lines.keySet())).containsOnlyKeys(new LineKey(1, 1), new LineKey(2, 1));
        }
    }

    @Test
    void compositeKey_valueRepeatsKeyInAnotherOrder() throws Exception {
        var mapping = EntityMapping.builder(LineKey.class, LineWithKey.class)
                .table("order_line")
                .build();
        try (TestDatabase database = orderLines()) {
            LineWithKey line = new LineWithKey(3, "washer", 9);
            writer(database, mapping).write(entry(new LineKey(9, 3), line));
            assertThat(loader(database, mapping).load(new LineKey(9, 3))).isEqualTo(line);
        }
    }

    private TestDatabase orderLines() throws Exception {
        return setting.create("create table order_line (order_id bigint, line int, article varchar(100),"
                + " net_price numeric(10, 2), primary key (order_id, line))");
    }

    @Test
    void singleValues_keyAndValue() throws Exception {
        var mapping = EntityMapping.builder(UUID.class, String.class)
                .table("token")
                .keyColumn("id")
                .valueColumn("value")
                .build();
        try (TestDatabase database =
                setting.create("create table token (id uuid primary key, " + folded("value") + " varchar(100))")) {
            UUID key = UUID.randomUUID();
            writer(database, mapping).write(entry(key, "owner"));
            assertThat(loader(database, mapping).loadAll(Set.of(key, UUID.randomUUID())))
                    .isEqualTo(Map.of(key, "owner"));
        }
    }

    @Test
    void keyColumnsAlone_areInsertedOnce() throws Exception {
        record Member(long groupId, long userId) {}
        var mapping = EntityMapping.builder(Member.class, Member.class)
                .table("member")
                .build();
        try (TestDatabase database = setting.create(
                "create table member (group_id bigint, user_id bigint, primary key (group_id, user_id))")) {
            Member member = new Member(1, 2);
            var writer = writer(database, mapping);
            writer.write(entry(member, member));
            writer.write(entry(member, member));
            assertThat(loader(database, mapping).load(member)).isEqualTo(member);
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
        String generated = " generated always as (upper(title))" + (setting.product() == Product.H2 ? "" : " stored");
        try (TestDatabase database = setting.create("create table book (isbn varchar(100) primary key,"
                + " title varchar(100), pages int, shout varchar(100)" + generated + ")")) {
            writer(database, mapping).write(entry(new Isbn("978"), new Book("Peopleware", 245)));
            Book book = loader(database, mapping).load(new Isbn("978"));
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
        try (TestDatabase database = setting.create("create table account (id bigint primary key, currency char(3))")) {
            Account euros = new Account(1, Currency.getInstance("EUR"));
            writer(database, mapping).write(entry(1L, euros));
            assertThat(loader(database, mapping).load(1L)).isEqualTo(euros);
        }
    }

    @Test
    void quotedIdentifiers_areTakenToTheLetter() throws Exception {
        record Odd(long id, String select, String withQuote, String mixedCase) {}
        var mapping = EntityMapping.builder(Long.class, Odd.class)
                .table("\"Odd " + setting + "\".\"ta\"\"ble.1\"")
                .column("withQuote", "\"say \"\"x\"\"\"")
                .column("mixedCase", "\"Mixed\"")
                .build();
        String table = quoted("Odd " + setting) + "." + quoted("ta\"ble.1");
        // Two columns whose names differ by case alone are one in MariaDB.
        String other = setting.product() == Product.MARIADB ? "other" : "mixed";
        try (TestDatabase database = setting.create(
                "create schema " + quoted("Odd " + setting),
                "create table " + table + " (id bigint primary key, " + folded("select") + " varchar(100), "
                        + quoted("say \"x\"") + " varchar(100), " + quoted("Mixed") + " varchar(100), " + other
                        + " varchar(100))")) {
            Odd odd = new Odd(1, "a", "b", "c");
            writer(database, mapping).write(entry(1L, odd));
            assertThat(loader(database, mapping).load(1L)).isEqualTo(odd);
            assertThat(database.column("select " + quoted("Mixed") + " from " + table))
                    .containsExactly("c");
        }
    }

    /** A name, in this database's quotes. */
    private String quoted(String name) {
        String quote = setting.product() == Product.MARIADB ? "`" : "\"";
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /** A word of SQL as a name, in the case that the database gives to names without quotes. */
    private String folded(String word) {
        return quoted(setting.product() == Product.H2 ? word.toUpperCase(Locale.ROOT) : word);
    }

    private <K, V> JdbcCacheLoader<K, V> loader(TestDatabase database, EntityMapping<K, V> mapping) {
        return setting.with(JdbcCacheLoader.builder(mapping).dataSource(database.dataSource()))
                .build();
    }

    private <K, V> JdbcCacheWriter<K, V> writer(TestDatabase database, EntityMapping<K, V> mapping) {
        return setting.with(JdbcCacheWriter.builder(mapping).dataSource(database.dataSource()))
                .build();
    }
}
