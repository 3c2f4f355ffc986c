package io.fyercache.jdbc;

import io.fyercache.jdbc.datasource.Connections;
import io.fyercache.jdbc.datasource.DataSources;
import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.ColumnNaming;
import io.fyercache.jdbc.mapping.ColumnType;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingSource;
import io.fyercache.jdbc.mapping.RowReader;
import io.fyercache.jdbc.through.JvmBoundFactory;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.configuration.Factory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings that loader and writer have in common: where the table is, and how entries and rows correspond.
 *
 * <p>The methods that describe the mapping are those of {@link EntityMapping.Builder}; use them, or give a ready
 * mapping to {@code builder(mapping)}, not both. {@code build()} rejects wrong settings as a whole and calls no
 * database.
 *
 * <p>Not thread-safe.
 *
 * @param <K> the cache's key type
 * @param <V> the cache's value type
 * @param <B> the builder itself
 */
public abstract sealed class JdbcBuilder<K, V, B extends JdbcBuilder<K, V, B>>
        permits JdbcCacheLoader.Builder, JdbcCacheWriter.Builder {

    /** 30 s: far above a statement by key, and below what callers of a cache wait for. */
    public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    /** One day: longer means that nobody wants a limit, and a limit is wanted. */
    public static final Duration MAX_STATEMENT_TIMEOUT = Duration.ofDays(1);

    final String subject;
    private final EntityMapping.@Nullable Builder<K, V> settings;
    private final @Nullable EntityMapping<K, V> ready;
    private final @Nullable MappingSource<K, V> source;
    private @Nullable DataSource dataSource;
    private @Nullable String dataSourceName;
    private @Nullable Dialect dialect;
    private Duration statementTimeout = DEFAULT_STATEMENT_TIMEOUT;
    private @Nullable String settingBesideMapping;

    JdbcBuilder(String name, Class<K> keyType, Class<V> valueType) {
        this.subject = name + "<" + keyType.getSimpleName() + ", " + valueType.getSimpleName() + ">";
        this.settings = EntityMapping.builder(keyType, valueType);
        this.ready = null;
        this.source = null;
    }

    JdbcBuilder(String name, EntityMapping<K, V> ready) {
        this.subject = name + " of " + ready;
        this.settings = null;
        this.ready = ready;
        this.source = null;
    }

    JdbcBuilder(String name, MappingSource<K, V> source) {
        this.ready = source.mapping();
        this.subject = name + " of " + ready;
        this.settings = null;
        this.source = source;
    }

    abstract B self();

    /** Where connections come from. Required, unless by name. */
    public B dataSource(DataSource dataSource) {
        this.dataSource = dataSource;
        return self();
    }

    /** The name of the data source, which {@link DataSources} knows where the loader or writer is made. */
    public B dataSource(String name) {
        this.dataSourceName = name;
        return self();
    }

    /** The database's dialect. Default: found by the first connection, see {@link Dialect#of}. */
    public B dialect(Dialect dialect) {
        this.dialect = dialect;
        return self();
    }

    /**
     * How long one statement may take, 1 s to 1 day in whole seconds. Default: 30 s. The driver and the database keep
     * it; against a network that swallows packets set the driver's socket timeout besides.
     */
    public B statementTimeout(Duration statementTimeout) {
        this.statementTimeout = statementTimeout;
        return self();
    }

    /** See {@link EntityMapping.Builder#table}. */
    public B table(String table) {
        return describe("table", mapping -> mapping.table(table));
    }

    /** See {@link EntityMapping.Builder#keyColumn(String)}. */
    public B keyColumn(String column) {
        return describe("keyColumn", mapping -> mapping.keyColumn(column));
    }

    /** See {@link EntityMapping.Builder#keyColumn(String, Class, Function)}. */
    public <T> B keyColumn(String column, Class<T> type, Function<? super K, ? extends T> from) {
        return describe("keyColumn", mapping -> mapping.keyColumn(column, type, from));
    }

    /** See {@link EntityMapping.Builder#valueColumn(String)}. */
    public B valueColumn(String column) {
        return describe("valueColumn", mapping -> mapping.valueColumn(column));
    }

    /** See {@link EntityMapping.Builder#valueColumn(String, Class, Function)}. */
    public <T> B valueColumn(String column, Class<T> type, Function<? super V, ? extends @Nullable T> from) {
        return describe("valueColumn", mapping -> mapping.valueColumn(column, type, from));
    }

    /** See {@link EntityMapping.Builder#readOnlyColumns}. */
    public B readOnlyColumns(String... columns) {
        return describe("readOnlyColumns", mapping -> mapping.readOnlyColumns(columns));
    }

    /** See {@link EntityMapping.Builder#versionColumn}. */
    public B versionColumn(String column) {
        return describe("versionColumn", mapping -> mapping.versionColumn(column));
    }

    /** See {@link EntityMapping.Builder#reader}. */
    public B reader(RowReader<? extends V> reader) {
        return describe("reader", mapping -> mapping.reader(reader));
    }

    /** See {@link EntityMapping.Builder#column}. */
    public B column(String component, String column) {
        return describe("column", mapping -> mapping.column(component, column));
    }

    /** See {@link EntityMapping.Builder#naming}. */
    public B naming(ColumnNaming naming) {
        return describe("naming", mapping -> mapping.naming(naming));
    }

    /** See {@link EntityMapping.Builder#columnType}. */
    public B columnType(ColumnType<?> type) {
        return describe("columnType", mapping -> mapping.columnType(type));
    }

    private B describe(String setting, Consumer<EntityMapping.Builder<K, V>> change) {
        if (settings == null) {
            settingBesideMapping = setting;
        } else {
            change.accept(settings);
        }
        return self();
    }

    /** The mapping, or {@code null} after its faults were noted. */
    final @Nullable EntityMapping<K, V> mapping(Faults faults) {
        if (settingBesideMapping != null) {
            faults.add(
                    settingBesideMapping,
                    "set beside a ready mapping",
                    "one description",
                    "set it on EntityMapping.builder(...), or drop the mapping");
        }
        return settings == null ? ready : settings.build(faults);
    }

    /** Notes the faults of the settings here; after them, of the whole. */
    final TableAccess<K, V> access(Faults faults, @Nullable EntityMapping<K, V> mapping) {
        if (dataSource == null && dataSourceName == null) {
            faults.addMissing("dataSource", "where connections come from", "call dataSource(...)");
        }
        if (dataSource != null && dataSourceName != null) {
            faults.add("dataSource", dataSourceName, "a name or an object, not both", "drop one of the two");
        }
        checkStatementTimeout(faults);
        faults.throwIfAny();
        if (mapping == null) {
            throw new IllegalStateException("no mapping, and no fault");
        }
        Connections connections;
        if (dataSource != null) {
            connections = Connections.of(dataSource);
        } else if (dataSourceName != null) {
            connections = DataSources.connections(dataSourceName);
        } else {
            throw new IllegalStateException("no data source, and no fault");
        }
        return new TableAccess<>(mapping, connections, dialect, Math.toIntExact(statementTimeout.toSeconds()));
    }

    /** Notes what keeps these settings from travelling, and throws if there is anything; returns what travels. */
    final Travelling<K, V> travelling(Faults faults) {
        if (dataSource != null) {
            faults.add("dataSource", "an object of this JVM", "the name of a data source", "call dataSource(\"...\")");
        } else if (dataSourceName == null) {
            faults.addMissing("dataSource", "the name of a data source", "call dataSource(\"...\")");
        }
        if (dialect != null) {
            faults.add("dialect", "an object of this JVM", "none: each JVM finds its own", "do not set it");
        }
        if (ready != null && source == null) {
            faults.add("mapping", "an object of this JVM", "one that travels", "give a MappingSource to builder(...)");
        }
        MappingSource<K, V> travels = settings == null ? source : settings.travelling(faults);
        checkStatementTimeout(faults);
        faults.throwIfAny();
        if (travels == null || dataSourceName == null) {
            throw new IllegalStateException("no mapping or data source, and no fault");
        }
        return new Travelling<>(travels, dataSourceName, statementTimeout);
    }

    /** The settings that loader and writer have in common, as they travel. */
    record Travelling<K, V>(MappingSource<K, V> mapping, String dataSource, Duration statementTimeout) {}

    private void checkStatementTimeout(Faults faults) {
        boolean whole = statementTimeout.equals(Duration.ofSeconds(statementTimeout.toSeconds()));
        boolean inRange = statementTimeout.toSeconds() >= 1 && statementTimeout.compareTo(MAX_STATEMENT_TIMEOUT) <= 0;
        if (!whole || !inRange) {
            faults.add(
                    "statementTimeout",
                    statementTimeout.toString(),
                    "PT1S.." + MAX_STATEMENT_TIMEOUT + " in whole seconds, as JDBC counts them",
                    "choose a duration in the range");
        }
    }

    /** A factory of a loader or writer that holds a data source. */
    static <T> Factory<T> ofThisJvm(T instance) {
        return new JvmBoundFactory<>(
                instance,
                instance
                        + " holds a DataSource of this JVM and cannot be serialized (expected: the name of a data source);"
                        + " call dataSource(\"...\") and factory() on the builder, which makes a factory that travels");
    }
}
