package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.KeyLookup;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.MappingSource;
import io.fyercache.jdbc.mapping.RowKey;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the values of a cache from a table.
 *
 * <pre>{@code
 * record Person(long id, String familyName, LocalDate born) {}
 *
 * CacheLoader<Long, Person> loader =
 *         JdbcCacheLoader.builder(Long.class, Person.class).dataSource(dataSource).table("person").build();
 * }</pre>
 *
 * <p>{@link #loadAll} takes one statement for as many keys as {@link Builder#maxParameters} allows, on one connection.
 * A key without a row is absent from the result. A key with two rows is an error, as is a row that the database finds
 * and whose key columns do not equal the key in Java: a collation without case, or padding. For those, give the key a
 * {@link io.fyercache.jdbc.mapping.ColumnType} whose identity compares as the database does.
 *
 * <p>Thread-safe. A data source that is given stays its owner's to close.
 *
 * @param <K> the cache's key type
 * @param <V> the cache's value type
 * @see EntityMapping how records, single values and other classes are mapped
 */
public final class JdbcCacheLoader<K, V> implements CacheLoader<K, V>, Closeable {

    private final TableAccess<K, V> access;
    private final int maxParameters;

    /** Known with the dialect; two threads may make it at once, and make the same. */
    private volatile @Nullable KeyLookup lookup;

    private JdbcCacheLoader(TableAccess<K, V> access, int maxParameters) {
        this.access = access;
        this.maxParameters = maxParameters;
    }

    /** Starts a loader whose mapping is described on the builder itself. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new Builder<>(keyType, valueType);
    }

    /** Starts a loader of a ready mapping, which a writer may share. */
    public static <K, V> Builder<K, V> builder(EntityMapping<K, V> mapping) {
        return new Builder<>(mapping);
    }

    /** Starts a loader of a mapping that is made where the loader is; see {@link Builder#factory}. */
    public static <K, V> Builder<K, V> builder(MappingSource<K, V> mapping) {
        return new Builder<>(mapping);
    }

    /**
     * The value of a key's row; JSR-107, {@link CacheLoader#load}.
     *
     * @return {@code null} if there is no such row
     * @throws CacheLoaderException as for {@link #loadAll}
     */
    @Override
    public @Nullable V load(K key) {
        return loadAll(Collections.singletonList(key)).get(key);
    }

    /**
     * The values of the keys' rows; JSR-107, {@link CacheLoader#loadAll}.
     *
     * @return by the keys that have a row, a map of the caller's own
     * @throws CacheLoaderException if no connection is to be had, a statement fails or times out, a key or row does not
     *     fit the mapping, or a key has two rows. Its message names table and key, its cause is the database's or the
     *     mapping's exception. Nothing is returned then, and the connection is back in its pool
     */
    @Override
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        Map<RowKey, List<K>> wanted = rowKeys(keys);
        Map<K, V> loaded = new HashMap<>();
        if (wanted.isEmpty()) {
            return loaded;
        }
        List<RowKey> all = List.copyOf(wanted.keySet());
        try (Connection connection = access.connect()) {
            KeyLookup known = lookup(connection);
            int step = known.keysPerStatement();
            for (int from = 0; from < all.size(); from += step) {
                List<RowKey> some = all.subList(from, Math.min(all.size(), from + step));
                select(connection, known, some)
                        .forEach((rowKey, value) ->
                                wanted.getOrDefault(rowKey, List.of()).forEach(key -> loaded.put(key, value)));
            }
            return loaded;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            throw failed(all, e);
        }
    }

    /** Keys that the database finds equal, such as the decimals 1.0 and 1.00, share a row. */
    private Map<RowKey, List<K>> rowKeys(Iterable<? extends K> keys) {
        Map<RowKey, List<K>> rowKeys = new LinkedHashMap<>();
        for (K key : keys) {
            try {
                rowKeys.computeIfAbsent(access.mapping().rowKey(key), absent -> new ArrayList<>(1))
                        .add(key);
            } catch (RuntimeException e) {
                throw failed(List.of(), e);
            }
        }
        return rowKeys;
    }

    private KeyLookup lookup(Connection connection) throws SQLException {
        KeyLookup known = lookup;
        if (known == null) {
            known = access.operations(connection)
                    .dialect()
                    .lookup(access.mapping().table(), maxParameters);
            lookup = known;
        }
        return known;
    }

    private Map<RowKey, V> select(Connection connection, KeyLookup known, List<RowKey> keys) {
        Map<RowKey, V> values = new HashMap<>();
        Set<RowKey> unseen = new HashSet<>(keys);
        try (PreparedStatement statement = access.statements(connection).prepare(known.sql(keys.size()))) {
            // One more than there may be: enough to see a key with two rows, and a bound on what a wrong one costs.
            statement.setMaxRows(keys.size() + 1);
            known.bind(statement, keys);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RowKey key = access.mapping().readKey(rows);
                    if (!unseen.remove(key)) {
                        throw unexpectedRow(key, keys);
                    }
                    V value = value(key, rows);
                    if (value != null) {
                        values.put(key, value);
                    }
                }
            }
            return values;
        } catch (SQLException | MappingException e) {
            throw failed(keys, e);
        }
    }

    private @Nullable V value(RowKey key, ResultSet row) {
        try {
            return access.mapping().readValue(row);
        } catch (SQLException | RuntimeException e) {
            // RuntimeException: the user's reader, or the compact constructor of the user's record.
            throw failed(List.of(key), e);
        }
    }

    private CacheLoaderException unexpectedRow(RowKey key, List<RowKey> asked) {
        boolean twice = asked.contains(key);
        return failed(
                twice ? List.of(key) : asked,
                new MappingException(
                        twice
                                ? "more than one row (expected: 1 at most); make the key columns a primary key or unique"
                                : "the database found a row whose key columns differ from the key in Java (expected:"
                                        + " equal); give the key a column type whose identity compares as the"
                                        + " database does, or columns without padding and with an exact collation"));
    }

    private CacheLoaderException failed(Collection<RowKey> keys, Exception cause) {
        return new CacheLoaderException(access.failureText("cannot load from").of(keys, keys.size(), cause), cause);
    }

    /**
     * This loader for {@code MutableConfiguration.setCacheLoaderFactory}.
     *
     * <p>The factory serves this JVM. JSR-107 lets a provider serialize factories to send them to other members; this
     * one then throws {@link java.io.NotSerializableException} with the reason, as a data source cannot travel. Where a
     * provider does that, as in a cluster, name the data source and use {@link Builder#factory}.
     */
    public Factory<CacheLoader<K, V>> factory() {
        return JdbcBuilder.ofThisJvm(this);
    }

    /**
     * Ends the use of a data source by name, whose pool closes with its last user; loaders of a given one have nothing to close.
     * A provider calls it when it closes the cache.
     */
    @Override
    public void close() {
        access.close();
    }

    /** {@code JdbcCacheLoader of table person}. */
    @Override
    public String toString() {
        return "JdbcCacheLoader of table " + access.mapping().table().name();
    }

    /**
     * Describes a loader; see {@link JdbcBuilder} for most settings.
     *
     * <p>Not thread-safe.
     */
    public static final class Builder<K, V> extends JdbcBuilder<K, V, Builder<K, V>> {

        /** 500: below the limits of all databases known to us, among them Oracle's 1000 members of an {@code IN}. */
        public static final int DEFAULT_MAX_PARAMETERS = 500;

        /** 32,767: the wire protocols of PostgreSQL and others count parameters in 16 bits. */
        public static final int MAX_MAX_PARAMETERS = 32_767;

        private int maxParameters = DEFAULT_MAX_PARAMETERS;

        private Builder(Class<K> keyType, Class<V> valueType) {
            super("JdbcCacheLoader", keyType, valueType);
        }

        private Builder(EntityMapping<K, V> mapping) {
            super("JdbcCacheLoader", mapping);
        }

        private Builder(MappingSource<K, V> mapping) {
            super("JdbcCacheLoader", mapping);
        }

        @Override
        Builder<K, V> self() {
            return this;
        }

        /**
         * The most parameters in one statement, 1..32767; a composite key takes one for each column. Default: 500.
         */
        public Builder<K, V> maxParameters(int maxParameters) {
            this.maxParameters = maxParameters;
            return this;
        }

        /**
         * The loader. No connection is taken; a missing table shows at the first load.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public JdbcCacheLoader<K, V> build() {
            Faults faults = new Faults(subject);
            EntityMapping<K, V> mapping = checked(faults);
            return new JdbcCacheLoader<>(access(faults, mapping), maxParameters);
        }

        /**
         * A factory that travels: it can be serialized, and makes a loader in the JVM that it is sent to, with the data
         * source that {@link io.fyercache.jdbc.datasource.DataSources} knows there by the name given here.
         *
         * <pre>{@code
         * .setCacheLoaderFactory(JdbcCacheLoader.builder(Long.class, Person.class)
         *         .dataSource("people").table("person").factory())
         * }</pre>
         *
         * <p>It holds names, types and numbers, and no password.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings, among them those
         *     that cannot travel: a data source or dialect as an object, functions, column types. For the latter write a
         *     {@link MappingSource}
         */
        public Factory<CacheLoader<K, V>> factory() {
            Faults faults = new Faults(subject);
            checked(faults);
            Travelling<K, V> common = travelling(faults);
            return new TravellingLoaderFactory<>(
                    common.mapping(), common.dataSource(), common.statementTimeout(), maxParameters);
        }

        private @Nullable EntityMapping<K, V> checked(Faults faults) {
            EntityMapping<K, V> mapping = mapping(faults);
            if (mapping != null) {
                mapping.requireReadable(faults);
            }
            faults.addUnlessWithin(
                    "maxParameters", maxParameters, MAX_MAX_PARAMETERS, "choose a number that the driver takes");
            if (mapping != null && maxParameters < mapping.table().keyColumns().size()) {
                faults.add(
                        "maxParameters",
                        Integer.toString(maxParameters),
                        "at least the key's " + mapping.table().keyColumns().size() + " columns",
                        "raise it");
            }
            return mapping;
        }
    }
}
