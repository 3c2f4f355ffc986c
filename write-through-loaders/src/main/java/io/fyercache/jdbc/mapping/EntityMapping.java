package io.fyercache.jdbc.mapping;

import io.fyercache.jdbc.fault.Faults;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the entries of a cache and the rows of a table correspond.
 *
 * <p>Records need a table and no more: each component is a column, {@code familyName} in {@code family_name}. A record
 * as key is a composite key. A value may repeat the key's columns or leave them out; where it repeats them, key and
 * value have to agree when written.
 *
 * <pre>{@code
 * record Person(long id, String familyName, LocalDate born) {}
 * EntityMapping.builder(Long.class, Person.class).table("person").build();
 *
 * record LineKey(long orderId, int line) {}
 * record Line(String article, BigDecimal price) {}
 * EntityMapping.builder(LineKey.class, Line.class).table("shop.order_line").column("price", "net_price").build();
 *
 * EntityMapping.builder(UUID.class, String.class).table("token").keyColumn("id").valueColumn("owner").build();
 * }</pre>
 *
 * <p>So do beans: classes with a constructor without parameters, whose properties have a public getter and a public setter
 * each. As a key a bean needs {@code equals} and {@code hashCode}.
 *
 * <p>Other classes are described by functions:
 *
 * <pre>{@code
 * EntityMapping.builder(Isbn.class, Book.class)
 *         .table("book")
 *         .keyColumn("isbn", String.class, Isbn::digits)
 *         .valueColumn("title", String.class, Book::getTitle)
 *         .valueColumn("pages", Integer.class, Book::getPages)
 *         .reader(row -> new Book(row.getString("title"), row.getInt("pages")))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe; one mapping may serve a loader and a writer.
 *
 * @param <K> the cache's key type
 * @param <V> the cache's value type
 */
public final class EntityMapping<K, V> {

    private final Class<K> keyType;
    private final Class<V> valueType;
    private final Table table;
    private final List<Part> keyParts;
    /** Per key column the value's copy of it, or null where the value has none. */
    private final List<@Nullable Part> keyCopies;

    private final List<Part> valueParts;
    private final @Nullable Part version;
    private final boolean valueDescribed;
    private final @Nullable RowReader<? extends V> reader;
    private final @Nullable Function<List<?>, ? extends K> keyMaker;

    EntityMapping(
            Class<K> keyType,
            Class<V> valueType,
            Table table,
            List<Part> keyParts,
            ValueParts valueParts,
            @Nullable RowReader<? extends V> reader,
            @Nullable Function<List<?>, ? extends K> keyMaker) {
        this.keyType = keyType;
        this.valueType = valueType;
        this.table = table;
        this.keyParts = keyParts;
        this.keyCopies = valueParts.keyCopies();
        this.valueParts = valueParts.others();
        this.version = valueParts.version();
        this.valueDescribed = valueParts.described();
        this.reader = reader;
        this.keyMaker = keyMaker;
    }

    /** Starts a mapping; see the builder's methods for the defaults. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new Builder<>(keyType, valueType);
    }

    /** The table and its columns. */
    public Table table() {
        return table;
    }

    /**
     * The row of a key.
     *
     * @throws MappingException if the key is of another type or a part of it is null
     */
    public RowKey rowKey(@Nullable Object key) {
        List<Object> values = new ArrayList<>(keyParts.size());
        Object checked = checkType("key", keyType, key);
        for (Part part : keyParts) {
            Object value = part.from().apply(checked);
            if (value == null) {
                throw new MappingException("key column " + part.column()
                        + ": null (expected: a value, as rows are found by equality); leave no part of a key null");
            }
            values.add(value);
        }
        return new RowKey(table.keyColumns(), values);
    }

    /**
     * The key of a row, the other way round than {@link #rowKey}. Of keys that the database finds equal, such as the decimals 1.0 and
     * 1.00, it is the one whose values the row has.
     *
     * @throws MappingException if the key's class refuses the values
     */
    public K key(RowKey rowKey) {
        if (keyMaker == null) {
            throw new IllegalStateException("no key maker; requireKeysOfRows was not asked");
        }
        try {
            return keyMaker.apply(rowKey.values());
        } catch (MappingException e) {
            throw e;
        } catch (RuntimeException e) {
            // The user's function.
            throw new MappingException("the key of a row cannot be made by keyMaker", e);
        }
    }

    /**
     * The row of a value under its key.
     *
     * @throws MappingException if the value is of another type, repeats a key column with another value than the key
     *     has, or has a version that is null or negative
     */
    public Row row(RowKey rowKey, @Nullable Object value) {
        Object checked = checkType("value", valueType, value);
        for (int i = 0; i < keyCopies.size(); i++) {
            Part copy = keyCopies.get(i);
            Object copied = copy == null ? null : copy.from().apply(checked);
            if (copy != null && (copied == null || !rowKey.hasValue(i, copied))) {
                throw new MappingException("key column " + copy.column()
                        + ": differs between key and value (expected: the same, as the row has one);"
                        + " write the value under its own key");
            }
        }
        List<@Nullable Object> values = new ArrayList<>(valueParts.size());
        for (Part part : valueParts) {
            values.add(part.from().apply(checked));
        }
        return new Row(rowKey, table.valueColumns(), values, version == null ? 0 : version(version, checked));
    }

    private static long version(Part part, Object value) {
        Object version = part.from().apply(value);
        if (!(version instanceof Number number) || number.longValue() < 0) {
            throw new MappingException("version column " + part.column()
                    + ": null or negative (expected: 0 for a new row, else one more than the row has);"
                    + " count it up with each change");
        }
        return number.longValue();
    }

    /**
     * The key columns of the current row, which are its first columns, as they are of the table's
     * {@linkplain Table#selectedColumns() selected columns}.
     *
     * @throws MappingException if a column cannot be read or is NULL
     */
    public RowKey readKey(ResultSet row) {
        List<Object> values = new ArrayList<>(keyParts.size());
        for (Column<?> column : table.keyColumns()) {
            Object value = column.read(row, values.size() + 1);
            if (value == null) {
                throw new MappingException("key column " + column + ": NULL in a row that was found by it");
            }
            values.add(value);
        }
        return new RowKey(table.keyColumns(), values);
    }

    /**
     * The value of the current row, which has to be of the table's {@linkplain Table#selectedColumns() selected
     * columns}.
     *
     * @return {@code null} if the value is a single column and that is NULL
     * @throws MappingException if a column cannot be read, or is NULL where the value has a primitive
     * @throws SQLException if a reader of the user's throws it
     */
    public @Nullable V readValue(ResultSet row) throws SQLException {
        if (reader == null) {
            throw new IllegalStateException("no reader; requireReadable was not asked");
        }
        return reader.read(row);
    }

    /** Notes a fault unless rows can be made into values. */
    public void requireReadable(Faults faults) {
        if (reader == null) {
            faults.addMissing(
                    "reader",
                    "a way from a row to " + valueType.getTypeName() + ", which is neither record nor bean",
                    "call reader(row -> ...)");
        }
    }

    /** Notes a fault unless values can be made into rows. */
    public void requireWritable(Faults faults) {
        if (!valueDescribed) {
            faults.addMissing(
                    "valueColumn",
                    "the columns of " + valueType.getTypeName() + ", which is neither record nor bean",
                    "call valueColumn(column, type, function) for each column to write");
        }
    }

    /** Notes a fault unless keys can be made of rows. */
    public void requireKeysOfRows(Faults faults) {
        if (keyMaker == null) {
            faults.addMissing(
                    "keyMaker",
                    "a way from key columns to " + keyType.getTypeName() + ", which is described by functions",
                    "call keyMaker(values -> ...)");
        }
    }

    private static Object checkType(String what, Class<?> type, @Nullable Object given) {
        if (!type.isInstance(given)) {
            String actual = given == null ? "null" : given.getClass().getTypeName();
            throw new MappingException(what + ": " + actual + " (expected: " + type.getTypeName()
                    + "); build the loader or writer for the cache's own types");
        }
        return given;
    }

    /** {@code EntityMapping<Long, Person> of table person}. */
    @Override
    public String toString() {
        return "EntityMapping<" + keyType.getSimpleName() + ", " + valueType.getSimpleName() + "> of table "
                + table.name();
    }

    /**
     * Describes a mapping. Names of tables and columns are written as in SQL: {@code person}, {@code "Person"},
     * {@code app.person}; see {@link Identifier#parse} and {@link TableName#parse}.
     *
     * <p>Not thread-safe. May build more than once.
     */
    public static final class Builder<K, V> {

        final Class<K> keyType;
        final Class<V> valueType;

        @Nullable
        String table;

        @Nullable
        String keyColumn;

        @Nullable
        String valueColumn;

        final Map<String, String> componentColumns = new LinkedHashMap<>();
        final List<FunctionColumn> keyFunctions = new ArrayList<>();
        final List<FunctionColumn> valueFunctions = new ArrayList<>();
        final List<String> readOnlyColumns = new ArrayList<>();

        @Nullable
        RowReader<? extends V> reader;

        @Nullable
        Function<List<?>, ? extends K> keyMaker;

        @Nullable
        String versionColumn;

        ColumnTypes columnTypes = ColumnTypes.standard();
        ColumnNaming naming = ColumnNaming.SNAKE_CASE;

        Builder(Class<K> keyType, Class<V> valueType) {
            this.keyType = keyType;
            this.valueType = valueType;
        }

        /** The table, with its schema where the connection's default does not do. Required. */
        public Builder<K, V> table(String table) {
            this.table = table;
            return this;
        }

        /**
         * The column of a key that is a single value. Default: {@code id}, if the value is a record with a component of
         * that name and type.
         */
        public Builder<K, V> keyColumn(String column) {
            this.keyColumn = column;
            return this;
        }

        /**
         * One column of a key that is neither a record nor a single value. Once used, the key has the columns given
         * this way and no others.
         */
        public <T> Builder<K, V> keyColumn(String column, Class<T> type, Function<? super K, ? extends T> from) {
            keyFunctions.add(new FunctionColumn("keyColumn", column, type, key -> from.apply(keyType.cast(key))));
            return this;
        }

        /** The column of a value that is a single value, such as a {@code String}. */
        public Builder<K, V> valueColumn(String column) {
            this.valueColumn = column;
            return this;
        }

        /**
         * One column of a value, selected and written. Once used, the value has the columns given this way and no
         * others, and a loader needs a {@link #reader}. The function may return null for NULL.
         */
        public <T> Builder<K, V> valueColumn(
                String column, Class<T> type, Function<? super V, ? extends @Nullable T> from) {
            valueFunctions.add(
                    new FunctionColumn("valueColumn", column, type, value -> from.apply(valueType.cast(value))));
            return this;
        }

        /** Columns that are selected for the {@link #reader} and never written, such as generated ones. */
        public Builder<K, V> readOnlyColumns(String... columns) {
            readOnlyColumns.addAll(List.of(columns));
            return this;
        }

        /**
         * The column of the value, an {@code int} or {@code long}, that counts a row's changes, so that nobody overwrites
         * a change that he has not seen: a value of version 0 is inserted, and one of version <i>n</i> replaces the row
         * of version <i>n</i> - 1 and no other. Whoever changes a value counts it up:
         *
         * <pre>{@code
         * record Person(long id, String name, int version) {
         *     Person renamed(String name) {
         *         return new Person(id, name, version + 1);
         *     }
         * }
         * people.put(1L, people.get(1L).renamed("Ada"));
         * }</pre>
         *
         * <p>Otherwise the write fails with a conflict, and the cache, which stays as it was, may be behind the table:
         * load the entry again. A write whose commit was lost on its way, repeated, may conflict with itself. Deletes
         * look at no version, as JSR-107 gives a writer the key alone. Default: none; the last write wins.
         */
        public Builder<K, V> versionColumn(String column) {
            this.versionColumn = column;
            return this;
        }

        /** Makes a value of a row. Default for records and single values: from their columns. */
        public Builder<K, V> reader(RowReader<? extends V> reader) {
            this.reader = reader;
            return this;
        }

        /**
         * Makes a key of the values of its columns, which come in the order in which they were described and are of their types. Needed
         * by a change feed alone, and only for keys that are described by functions.
         */
        public Builder<K, V> keyMaker(Function<List<?>, ? extends K> keyMaker) {
            this.keyMaker = keyMaker;
            return this;
        }

        /** The column of a component or property, of key and value. Default: by the {@link #naming}. */
        public Builder<K, V> column(String component, String column) {
            componentColumns.put(component, column);
            return this;
        }

        /** Names the columns of components without one of their own. Default: {@link ColumnNaming#SNAKE_CASE}. */
        public Builder<K, V> naming(ColumnNaming naming) {
            this.naming = naming;
            return this;
        }

        /** The way of a Java type that is unknown to {@link ColumnTypes#standard()}, or another way of a known one. */
        public Builder<K, V> columnType(ColumnType<?> type) {
            this.columnTypes = columnTypes.with(type);
            return this;
        }

        /**
         * The mapping.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public EntityMapping<K, V> build() {
            Faults faults =
                    new Faults("EntityMapping<" + keyType.getSimpleName() + ", " + valueType.getSimpleName() + ">");
            EntityMapping<K, V> mapping = build(faults);
            faults.throwIfAny();
            if (mapping == null) {
                throw new IllegalStateException("no mapping and no fault");
            }
            return mapping;
        }

        /** These settings as they travel to another JVM, after the faults of those that cannot were added. */
        public MappingSource<K, V> travelling(Faults faults) {
            return DescribedMapping.of(this, faults);
        }

        /** The mapping, or {@code null} after its faults were added to those of a larger whole. */
        public @Nullable EntityMapping<K, V> build(Faults faults) {
            return new MappingResolution<>(this, faults).resolve();
        }
    }
}
