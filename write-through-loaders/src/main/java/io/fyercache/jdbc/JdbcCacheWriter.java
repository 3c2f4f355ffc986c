package io.fyercache.jdbc;

import io.fyercache.jdbc.dialect.RowOperation;
import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.Fenced;
import io.fyercache.jdbc.fence.FencedOff;
import io.fyercache.jdbc.fence.WriterFence;
import io.fyercache.jdbc.mapping.EntityMapping;
import io.fyercache.jdbc.mapping.MappingSource;
import io.fyercache.jdbc.mapping.Row;
import io.fyercache.jdbc.mapping.RowKey;
import io.fyercache.jdbc.mapping.TableName;
import io.fyercache.jdbc.through.CollectionWrite;
import io.fyercache.jdbc.through.HalvedBatches;
import io.fyercache.jdbc.through.WriteProgress;
import java.io.Closeable;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of a cache to a table.
 *
 * <pre>{@code
 * CacheWriter<Long, Person> writer =
 *         JdbcCacheWriter.builder(Long.class, Person.class).dataSource(dataSource).table("person").build();
 * }</pre>
 *
 * <p>{@link #writeAll} and {@link #deleteAll} run batches of {@link Builder#batchSize} rows, each in a transaction of
 * its own. A batch that fails is rolled back and tried again in halves, down to the single row that the database
 * refuses; all others are written. So the collection says exactly, on return, which entries the table does not hold,
 * whatever a driver does after the first error of a batch. An error that concerns every row (no connection, no table,
 * no time left) ends the call at once, and the rows not yet written stay in the collection.
 *
 * <p>Rows are written in the order of their keys, so that writers of one table that write the same rows at the same time do not deadlock. What the
 * database refuses is tried once more when the others are written, as a row may refer to one after it.
 *
 * <p>A deadlock's victim (somebody else's transaction took the rows in another order) and a serialization failure are tried again,
 * {@value HalvedBatches#MAX_ATTEMPTS} times in all.
 *
 * <p>If the connection is lost during a commit, nobody knows whether the rows were written. They count as not written:
 * writing them again is harmless, as every statement here may be repeated.
 *
 * <p>Thread-safe. A data source that is given stays its owner's to close.
 *
 * @param <K> the cache's key type
 * @param <V> the cache's value type
 * @see EntityMapping how records, single values and other classes are mapped
 */
public final class JdbcCacheWriter<K, V> implements CacheWriter<K, V>, Closeable {

    private static final Comparator<Fenced<Row>> BY_KEY =
            Comparator.comparing(fenced -> fenced.item().key(), RowKey.ORDER);

    private final TableAccess<K, V> access;
    private final int batchSize;
    private final WriterFence fence;

    private JdbcCacheWriter(TableAccess<K, V> access, int batchSize, WriterFence fence) {
        this.access = access;
        this.batchSize = batchSize;
        this.fence = fence;
    }

    /** Starts a writer whose mapping is described on the builder itself. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new Builder<>(keyType, valueType);
    }

    /** Starts a writer of a ready mapping, which a loader may share. */
    public static <K, V> Builder<K, V> builder(EntityMapping<K, V> mapping) {
        return new Builder<>(mapping);
    }

    /** Starts a writer of a mapping that is made where the writer is; see {@link Builder#factory}. */
    public static <K, V> Builder<K, V> builder(MappingSource<K, V> mapping) {
        return new Builder<>(mapping);
    }

    /**
     * Inserts or updates an entry's row; JSR-107, {@link CacheWriter#write}.
     *
     * @throws VersionConflictException if the row has another version than the entry was made from
     * @throws FencedOffException if the writer is {@linkplain Builder#fencedBy fenced}, and a later primary of the entry's partition has written
     * @throws CacheWriterException if no connection is to be had, the database refuses the row, or the entry does not
     *     fit the mapping. Its message names table and key, its cause is the database's or the mapping's exception. The
     *     row is as it was, and the connection is back in its pool
     */
    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        upsert(CollectionWrite.one(entry));
    }

    /**
     * Inserts or updates the entries' rows; JSR-107, {@link CacheWriter#writeAll}. Removes from the collection, with
     * or without an exception, exactly the entries whose rows were committed.
     *
     * @throws CacheWriterException if at least one row was not written. Its message names the table and the first such
     *     keys, its cause is the first row's exception, and its suppressed exceptions are those of the next rows, up to
     *     {@value WriteProgress#MAX_SUPPRESSED}
     */
    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        upsert(entries);
    }

    /**
     * Deletes a key's row, if there is one; JSR-107, {@link CacheWriter#delete}.
     *
     * @throws CacheWriterException as for {@link #write}
     */
    @Override
    public void delete(Object key) {
        remove(CollectionWrite.one(key));
    }

    /**
     * Deletes the keys' rows where there are any; JSR-107, {@link CacheWriter#deleteAll}. Removes from the collection,
     * with or without an exception, exactly the keys whose deletion was committed.
     *
     * @throws CacheWriterException as for {@link #writeAll}
     */
    @Override
    public void deleteAll(Collection<?> keys) {
        remove(keys);
    }

    private RowKey keyOf(Cache.Entry<? extends K, ? extends V> entry) {
        return access.mapping().rowKey(entry.getKey());
    }

    private Fenced<Row> rowOf(RowKey key, Cache.Entry<? extends K, ? extends V> entry) {
        return fence.fenced(access.mapping().row(key, entry.getValue()), entry.getKey());
    }

    private void upsert(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        CollectionWrite<Cache.Entry<? extends K, ? extends V>, RowKey, Fenced<Row>> write =
                new CollectionWrite<>(this::keyOf, this::rowOf, BY_KEY);
        apply("cannot write to", write, entries, TableAccess.Operations::upsert);
    }

    private void remove(Collection<?> keys) {
        CollectionWrite<Object, RowKey, Fenced<Row>> write = new CollectionWrite<>(
                access.mapping()::rowKey, (rowKey, key) -> fence.fenced(Row.of(rowKey), key), BY_KEY);
        apply("cannot delete from", write, keys, TableAccess.Operations::delete);
    }

    private <E> void apply(
            String action,
            CollectionWrite<E, RowKey, Fenced<Row>> write,
            Collection<? extends E> elements,
            Function<TableAccess.Operations, RowOperation> operation) {
        WriteProgress<RowKey> progress = new WriteProgress<>(access.failureText(action), JdbcCacheWriter::exception);
        write.run(elements, progress, rows -> new BatchWrite(access, fence, operation, progress).run(rows, batchSize));
    }

    private static CacheWriterException exception(String message, Exception cause) {
        if (cause instanceof VersionConflict) {
            return new VersionConflictException(message, cause);
        }
        return cause instanceof FencedOff
                ? new FencedOffException(message, cause)
                : new CacheWriterException(message, cause);
    }

    /**
     * This writer for {@code MutableConfiguration.setCacheWriterFactory}. It serves this JVM alone; see
     * {@link JdbcCacheLoader#factory} for providers that serialize factories.
     */
    public Factory<CacheWriter<K, V>> factory() {
        return JdbcBuilder.ofThisJvm(this);
    }

    /**
     * Ends the use of a data source by name, whose pool closes with its last user; writers of a given one have nothing to close.
     * A provider calls it when it closes the cache.
     */
    @Override
    public void close() {
        access.close();
    }

    /** {@code JdbcCacheWriter of table person}. */
    @Override
    public String toString() {
        return "JdbcCacheWriter of table " + access.mapping().table().name();
    }

    /**
     * Describes a writer; see {@link JdbcBuilder} for most settings.
     *
     * <p>Not thread-safe.
     */
    public static final class Builder<K, V> extends JdbcBuilder<K, V, Builder<K, V>> {

        /** 500 rows: one round trip in place of hundreds, while the locks of the transaction are still few. */
        public static final int DEFAULT_BATCH_SIZE = 500;

        /** 10,000 rows: drivers hold a batch in memory, and the database holds its locks until it ends. */
        public static final int MAX_BATCH_SIZE = 10_000;

        private int batchSize = DEFAULT_BATCH_SIZE;
        private @Nullable Fence fence;

        private Builder(Class<K> keyType, Class<V> valueType) {
            super("JdbcCacheWriter", keyType, valueType);
        }

        private Builder(EntityMapping<K, V> mapping) {
            super("JdbcCacheWriter", mapping);
        }

        private Builder(MappingSource<K, V> mapping) {
            super("JdbcCacheWriter", mapping);
        }

        @Override
        Builder<K, V> self() {
            return this;
        }

        /** The most rows in one transaction, 1..10000. Default: 500. */
        public Builder<K, V> batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Has each transaction lock and raise the rows of its partitions in a {@link io.fyercache.jdbc.fence.FenceTable} before it writes, so that what a
         * primary of a cluster writes after it was deposed is refused. Default: no fence. In a cluster of FyerCache give {@code
         * ClusterFence.in("fyercache_fence")}, of package {@code io.fyercache.jdbc.cluster}, which needs {@code fyercache-jcache} on the class path.
         *
         * <p>A writer that is fenced, and called without a token, as a cache of one JVM does, fails every write.
         */
        public Builder<K, V> fencedBy(Fence fence) {
            this.fence = fence;
            return this;
        }

        /**
         * The writer. No connection is taken; a missing table shows at the first write.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public JdbcCacheWriter<K, V> build() {
            Faults faults = new Faults(subject);
            EntityMapping<K, V> mapping = checked(faults);
            return new JdbcCacheWriter<>(access(faults, mapping), batchSize, WriterFence.of(fence));
        }

        /**
         * A factory that travels: it can be serialized, and makes a writer in the JVM that it is sent to, with the data
         * source that {@link io.fyercache.jdbc.datasource.DataSources} knows there by the name given here.
         *
         * <pre>{@code
         * .setCacheWriterFactory(JdbcCacheWriter.builder(Long.class, Person.class)
         *         .dataSource("people").table("person").factory())
         * }</pre>
         *
         * <p>It holds names, types and numbers, and no password.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings, among them those
         *     that cannot travel: a data source or dialect as an object, functions, column types. For the latter write a
         *     {@link MappingSource}
         */
        public Factory<CacheWriter<K, V>> factory() {
            Faults faults = new Faults(subject);
            checked(faults);
            Travelling<K, V> common = travelling(faults);
            return new TravellingWriterFactory<>(
                    common.mapping(), common.dataSource(), common.statementTimeout(), batchSize, fence);
        }

        private @Nullable EntityMapping<K, V> checked(Faults faults) {
            EntityMapping<K, V> mapping = mapping(faults);
            if (mapping != null) {
                mapping.requireWritable(faults);
            }
            faults.addUnlessWithin("batchSize", batchSize, MAX_BATCH_SIZE, "choose a number of rows in the range");
            if (fence != null) {
                checkFence(faults, fence, mapping);
            }
            return mapping;
        }

        private static void checkFence(Faults faults, Fence fence, @Nullable EntityMapping<?, ?> mapping) {
            TableName table = WriterFence.check(fence, faults);
            if (table != null && mapping != null && mapping.table().name().equals(table)) {
                faults.add(
                        "fencedBy",
                        fence.table(),
                        "a table of its own",
                        "name the fence table, not the table of the entries");
            }
        }
    }
}
