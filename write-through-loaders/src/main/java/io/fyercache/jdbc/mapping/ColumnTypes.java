package io.fyercache.jdbc.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The column types that a mapping knows, by Java type.
 *
 * <p>The standard ones: the primitives and their wrappers, {@code String}, {@code BigDecimal}, {@code BigInteger},
 * enumerations by name, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime},
 * {@code OffsetTime}, {@code Instant} (as a timestamp with time zone), {@code UUID} and {@code byte[]}; texts and bytes of
 * any length. A database may keep fewer fractional digits, or no offset; then what comes back is what it kept. For JSON,
 * arrays and enumerations of the database's own see {@link #text}, {@link #array} and the types of its dialect.
 *
 * <p>Immutable and thread-safe.
 */
public final class ColumnTypes {

    /** The most constants of an enumeration that a message lists, lest it fill the log. */
    private static final int MAX_CONSTANTS_SHOWN = 20;

    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class,
            char.class, Character.class);

    private static final ColumnTypes STANDARD = standardTypes();

    private final Map<Class<?>, ColumnType<?>> byJavaType;

    private ColumnTypes(Map<Class<?>, ColumnType<?>> byJavaType) {
        this.byJavaType = byJavaType;
    }

    /** The types listed above. */
    public static ColumnTypes standard() {
        return STANDARD;
    }

    /** These and one more, which replaces the one of the same Java type. */
    public ColumnTypes with(ColumnType<?> type) {
        Map<Class<?>, ColumnType<?>> more = new HashMap<>(byJavaType);
        more.put(type.javaType(), type);
        return new ColumnTypes(Collections.unmodifiableMap(more));
    }

    /** The type for a Java type, primitive or not; {@code null} if there is none. */
    public @Nullable ColumnType<?> find(Class<?> javaType) {
        ColumnType<?> known = byJavaType.get(wrapper(javaType));
        return known == null && javaType.isEnum() ? enumeration(javaType) : known;
    }

    /** A class in a column of text, such as MariaDB's {@code json}, which is one. */
    public static <T> ColumnType<T> text(Class<T> javaType, Function<T, String> toText, Function<String, T> fromText) {
        return ColumnType.of(
                javaType,
                Types.VARCHAR,
                (statement, index, value) -> statement.setString(index, toText.apply(value)),
                (row, index) -> {
                    String text = row.getString(index);
                    return text == null ? null : fromText.apply(text);
                });
    }

    /**
     * An array in a column of arrays, which PostgreSQL and H2 have.
     *
     * <pre>{@code
     * .columnType(ColumnTypes.array(String[].class, "varchar"))
     * }</pre>
     *
     * @param elementType the database's name of the elements' type
     */
    public static <E> ColumnType<E[]> array(Class<E[]> javaType, String elementType) {
        return ColumnType.of(
                javaType,
                Types.ARRAY,
                (statement, index, value) ->
                        statement.setArray(index, statement.getConnection().createArrayOf(elementType, value)),
                (row, index) -> {
                    Array array = row.getArray(index);
                    return array == null ? null : elements(javaType, (Object[]) array.getArray());
                });
    }

    private static <E> E[] elements(Class<E[]> javaType, Object[] elements) {
        try {
            return Arrays.copyOf(elements, elements.length, javaType);
        } catch (ArrayStoreException e) {
            throw new UnexpectedValueException(
                    "elements of " + javaType.getComponentType().getTypeName());
        }
    }

    /** The wrapper's class of a primitive type, any other class itself. */
    static Class<?> wrapper(Class<?> javaType) {
        return WRAPPERS.getOrDefault(javaType, javaType);
    }

    private static ColumnTypes standardTypes() {
        Map<Class<?>, ColumnType<?>> types = new HashMap<>();
        numbers(types);
        times(types);
        add(types, Boolean.class, Types.BOOLEAN, PreparedStatement::setBoolean, ResultSet::getBoolean);
        add(types, String.class, Types.VARCHAR, PreparedStatement::setString, ResultSet::getString);
        add(types, Character.class, Types.CHAR, (s, i, v) -> s.setString(i, v.toString()), ColumnTypes::character);
        add(types, UUID.class, Types.OTHER, PreparedStatement::setObject, (r, i) -> r.getObject(i, UUID.class));
        add(types, byte[].class, Types.VARBINARY, PreparedStatement::setBytes, ResultSet::getBytes);
        return new ColumnTypes(Collections.unmodifiableMap(types));
    }

    private static void numbers(Map<Class<?>, ColumnType<?>> types) {
        add(types, Byte.class, Types.TINYINT, PreparedStatement::setByte, ResultSet::getByte);
        add(types, Short.class, Types.SMALLINT, PreparedStatement::setShort, ResultSet::getShort);
        add(types, Integer.class, Types.INTEGER, PreparedStatement::setInt, ResultSet::getInt);
        add(types, Long.class, Types.BIGINT, PreparedStatement::setLong, ResultSet::getLong);
        add(types, Float.class, Types.REAL, PreparedStatement::setFloat, ResultSet::getFloat);
        add(types, Double.class, Types.DOUBLE, PreparedStatement::setDouble, ResultSet::getDouble);
        types.put(BigDecimal.class, new DecimalType());
        add(
                types,
                BigInteger.class,
                Types.NUMERIC,
                (s, i, v) -> s.setBigDecimal(i, new BigDecimal(v)),
                ColumnTypes::bigInteger);
    }

    private static void times(Map<Class<?>, ColumnType<?>> types) {
        addTime(types, LocalDate.class, Types.DATE);
        addTime(types, LocalTime.class, Types.TIME);
        addTime(types, LocalDateTime.class, Types.TIMESTAMP);
        addTime(types, OffsetDateTime.class, Types.TIMESTAMP_WITH_TIMEZONE);
        addTime(types, OffsetTime.class, Types.TIME_WITH_TIMEZONE);
        // JDBC 4.2 names no way for Instant; drivers agree on OffsetDateTime.
        add(
                types,
                Instant.class,
                Types.TIMESTAMP_WITH_TIMEZONE,
                (s, i, v) -> s.setObject(i, v.atOffset(ZoneOffset.UTC)),
                ColumnTypes::instant);
    }

    private static <T> void add(
            Map<Class<?>, ColumnType<?>> types,
            Class<T> javaType,
            int sqlType,
            ColumnType.Binder<T> binder,
            ColumnType.Reader<T> reader) {
        types.put(javaType, ColumnType.of(javaType, sqlType, binder, reader));
    }

    private static <T> void addTime(Map<Class<?>, ColumnType<?>> types, Class<T> javaType, int sqlType) {
        add(types, javaType, sqlType, PreparedStatement::setObject, (row, i) -> row.getObject(i, javaType));
    }

    private static @Nullable Character character(ResultSet row, int index) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return null;
        }
        if (text.length() != 1) {
            throw new UnexpectedValueException("one character");
        }
        return text.charAt(0);
    }

    private static @Nullable Instant instant(ResultSet row, int index) throws SQLException {
        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable BigInteger bigInteger(ResultSet row, int index) throws SQLException {
        BigDecimal number = row.getBigDecimal(index);
        if (number == null) {
            return null;
        }
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException fractional) {
            throw new UnexpectedValueException("a number without fraction");
        }
    }

    private static <T> ColumnType<T> enumeration(Class<T> javaType) {
        Map<String, T> byName = Arrays.stream(javaType.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(ColumnTypes::constantName, Function.identity()));
        return ColumnType.of(javaType, Types.VARCHAR, (s, i, v) -> s.setString(i, constantName(v)), (row, i) -> {
            String name = row.getString(i);
            T constant = name == null ? null : byName.get(name);
            if (constant == null && name != null) {
                throw new UnexpectedValueException("one of " + shown(javaType));
            }
            return constant;
        });
    }

    private static String constantName(Object constant) {
        return ((Enum<?>) constant).name();
    }

    private static String shown(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants())
                .limit(MAX_CONSTANTS_SHOWN)
                .map(ColumnTypes::constantName)
                .collect(Collectors.joining(", "));
    }

    /** Decimals: the database compares numbers, {@code equals} compares scales too. */
    private static final class DecimalType implements ColumnType<BigDecimal> {
        @Override
        public Class<BigDecimal> javaType() {
            return BigDecimal.class;
        }

        @Override
        public void bind(PreparedStatement statement, int index, @Nullable BigDecimal value) throws SQLException {
            statement.setBigDecimal(index, value);
        }

        @Override
        public @Nullable BigDecimal read(ResultSet row, int index) throws SQLException {
            return row.getBigDecimal(index);
        }

        @Override
        public Object identity(BigDecimal value) {
            return value.stripTrailingZeros();
        }
    }
}
