package io.fyercache.jpa;

import io.fyercache.jdbc.FencedOffException;
import io.fyercache.jdbc.JdbcCacheWriter;
import io.fyercache.jdbc.VersionConflictException;
import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.Fenced;
import io.fyercache.jdbc.fence.FencedOff;
import io.fyercache.jdbc.fence.WriterFence;
import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.ShownKey;
import io.fyercache.jdbc.mapping.ValueOrder;
import io.fyercache.jdbc.through.CollectionWrite;
import io.fyercache.jdbc.through.HalvedBatches;
import io.fyercache.jdbc.through.WriteProgress;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the entries of a cache as entities: by merging them, which inserts or updates, and by removing them.
 *
 * <pre>{@code
 * CacheWriter<Long, Person> writer =
 *         JpaCacheWriter.builder(Long.class, Person.class).entityManagerFactory(factory).build();
 * }</pre>
 *
 * <p>{@link #writeAll} and {@link #deleteAll} run batches of {@link Builder#batchSize} entities, each in a transaction and an entity
 * manager of its own, for which the entities that are there are found by one query for every 500. A batch that fails is rolled back and
 * tried again in halves, so that the collection says exactly, on return, what was not written; an error that concerns every row ends the
 * call at once, and what chance refuses is tried again, three times in all. They are written in the order of their keys.
 *
 * <p>The entity's id must be the key. What is not whole, because an attribute is not loaded, is refused and so never reaches the cache.
 * Associations are merged and removed as far as they cascade.
 *
 * <p><b>Versions.</b> An entity with {@code @Version} must have the version of its row; else somebody has changed it, and the write fails
 * with a {@link VersionConflictException}. The row's version is counted up, and <i>that of the value in the cache is not</i>, as JSR-107
 * lets no writer change a value. So have it loaded again before it is changed a second time: {@code cache.loadAll(Set.of(key), true,
 * null)}, or with FyerCache {@code invalidate}. Deletes look at no version.
 *
 * <p>Thread-safe.
 *
 * @param <K> the cache's key type, the class of the id
 * @param <V> the cache's value type, the class of the entity
 */
public final class JpaCacheWriter<K, V> implements CacheWriter<K, V> {

    private final Entities<K, V> entities;
    private final LoadedGraph graph;
    private final int batchSize;
    private final WriterFence fence;

    private JpaCacheWriter(Entities<K, V> entities, int batchSize, WriterFence fence) {
        this.entities = entities;
        this.graph = new LoadedGraph(entities.factory());
        this.batchSize = batchSize;
        this.fence = fence;
    }

    /** Starts a writer. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> entityType) {
        return new Builder<>(keyType, entityType);
    }

    /**
     * Inserts or updates an entry's entity; JSR-107, {@link CacheWriter#write}.
     *
     * @throws VersionConflictException if the row has another version than the entity, or is gone
     * @throws FencedOffException if the writer is {@linkplain Builder#fencedBy fenced}, and a later primary of the entry's partition has written
     * @throws CacheWriterException if no connection is to be had, the database refuses the row, the key is not the entity's id, or the
     *     entity is not whole. Its message names entity and key, its cause is the persistence provider's exception. The row is as it was
     */
    @Override
    public void write(Cache.Entry<? extends K, ? extends V> entry) {
        merge(CollectionWrite.one(entry));
    }

    /**
     * Inserts or updates the entries' entities; JSR-107, {@link CacheWriter#writeAll}. Removes from the collection, with
     * or without an exception, exactly the entries that were committed.
     *
     * @throws CacheWriterException if at least one was not written. Its message names the entity and the first such
     *     keys, its cause is the first one's exception, and its suppressed exceptions are those of the next, up to
     *     {@value WriteProgress#MAX_SUPPRESSED}
     */
    @Override
    public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        merge(entries);
    }

    /**
     * Removes a key's entity, if there is one; JSR-107, {@link CacheWriter#delete}.
     *
     * @throws CacheWriterException as for {@link #write}
     */
    @Override
    public void delete(Object key) {
        remove(CollectionWrite.one(key));
    }

    /**
     * Removes the keys' entities where there are any; JSR-107, {@link CacheWriter#deleteAll}. Removes from the collection,
     * with or without an exception, exactly the keys whose removal was committed.
     *
     * @throws CacheWriterException as for {@link #writeAll}
     */
    @Override
    public void deleteAll(Collection<?> keys) {
        remove(keys);
    }

    private void merge(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        CollectionWrite<Cache.Entry<? extends K, ? extends V>, String, Fenced<V>> write = new CollectionWrite<>(
                entry -> ShownKey.of(entry.getKey()),
                (shown, entry) -> fence.fenced(checked(entry), entry.getKey()),
                Comparator.comparing(fenced -> entities.id(fenced.item()), ValueOrder.INSTANCE));
        apply("cannot write", write, entries, new EntityTransactions<>(entities, fence, this::merge, FailureKind.ROW));
    }

    private void remove(Collection<?> keys) {
        CollectionWrite<Object, String, Fenced<K>> write = new CollectionWrite<>(
                ShownKey::of,
                (shown, key) -> fence.fenced(entities.key(key), key),
                Comparator.comparing(Fenced::item, ValueOrder.INSTANCE));
        // Whoever was quicker has changed what is to go, whatever it is by now.
        apply(
                "cannot delete",
                write,
                keys,
                new EntityTransactions<>(entities, fence, this::remove, FailureKind.RETRYABLE));
    }

    private <E, T> void apply(
            String action,
            CollectionWrite<E, String, Fenced<T>> write,
            Collection<? extends E> elements,
            EntityTransactions<T> transactions) {
        WriteProgress<String> progress = new WriteProgress<>(entities.failureText(action), JpaCacheWriter::exception);
        write.run(elements, progress, items -> new HalvedBatches<>(transactions, progress).run(items, batchSize));
    }

    private static CacheWriterException exception(String message, Exception cause) {
        if (cause instanceof FencedOff) {
            return new FencedOffException(message, cause);
        }
        return cause instanceof VersionConflict
                ? new VersionConflictException(message, cause)
                : new CacheWriterException(message, cause);
    }

    private V checked(Cache.Entry<? extends K, ? extends V> entry) {
        V entity = entry.getValue();
        if (!entities.id(entity).equals(entry.getKey())) {
            throw new MappingException(
                    "key: differs from the id of the entity (expected: equal); put it by its own id");
        }
        graph.requireLoaded(entity);
        return entity;
    }

    private void merge(EntityManager entityManager, List<V> values) {
        // What is managed already is merged without a query of its own.
        entities.find(entityManager, distinct(values.stream().map(entities::id).toList()));
        values.forEach(entityManager::merge);
    }

    private void remove(EntityManager entityManager, List<K> keys) {
        entities.find(entityManager, distinct(keys)).values().forEach(entityManager::remove);
    }

    private static <T> List<T> distinct(List<T> keys) {
        return List.copyOf(new LinkedHashSet<>(keys));
    }

    /**
     * This writer for {@code MutableConfiguration.setCacheWriterFactory}. It serves this JVM alone; see
     * {@link JpaCacheLoader#factory} for providers that serialize factories.
     */
    public Factory<CacheWriter<K, V>> factory() {
        return JpaBuilder.ofThisJvm(this);
    }

    /** {@code JpaCacheWriter of entity Person}. */
    @Override
    public String toString() {
        return "JpaCacheWriter of entity " + entities.type().type().getSimpleName();
    }

    /**
     * Describes a writer; see {@link JpaBuilder} for most settings.
     *
     * <p>Not thread-safe.
     */
    public static final class Builder<K, V> extends JpaBuilder<K, V, Builder<K, V>> {

        /** 500: as many as one query finds. */
        public static final int DEFAULT_BATCH_SIZE = Entities.KEYS_PER_QUERY;

        /** 10,000: an entity manager keeps what it has merged, twice, until the transaction ends. */
        public static final int MAX_BATCH_SIZE = 10_000;

        private int batchSize = DEFAULT_BATCH_SIZE;
        private @Nullable Fence fence;

        private Builder(Class<K> keyType, Class<V> entityType) {
            super("JpaCacheWriter", keyType, entityType);
        }

        @Override
        Builder<K, V> self() {
            return this;
        }

        /** The most entities in one transaction, 1..10000. Default: 500. */
        public Builder<K, V> batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /** Has each transaction lock and raise the rows of its partitions in a fence table first; as {@link JdbcCacheWriter.Builder#fencedBy}. */
        public Builder<K, V> fencedBy(Fence fence) {
            this.fence = fence;
            return this;
        }

        /**
         * The writer. The database is not called.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public JpaCacheWriter<K, V> build() {
            return new JpaCacheWriter<>(entities(checked(), null), batchSize, WriterFence.of(fence));
        }

        /**
         * A factory that travels: it can be serialized, and makes a writer in the JVM that it is sent to, with the entity manager
         * factory that {@link PersistenceUnits} knows there by the name given here.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings, among them a factory that is
         *     given as an object, or not at all
         */
        public Factory<CacheWriter<K, V>> factory() {
            return new TravellingWriterFactory<>(keyType, entityType, travelling(checked()), batchSize, fence);
        }

        private Faults checked() {
            Faults faults = new Faults(subject);
            faults.addUnlessWithin("batchSize", batchSize, MAX_BATCH_SIZE, "choose a number of rows in the range");
            if (fence != null) {
                WriterFence.check(fence, faults);
            }
            return faults;
        }
    }

    /** Makes a writer in the JVM where it is asked to, with what that JVM knows by the name. */
    private record TravellingWriterFactory<K, V>(
            Class<K> keyType,
            Class<V> entityType,
            String entityManagerFactory,
            int batchSize,
            @Nullable Fence fence) implements Factory<CacheWriter<K, V>> {

        @Override
        public CacheWriter<K, V> create() {
            Builder<K, V> builder = builder(keyType, entityType)
                    .entityManagerFactory(entityManagerFactory)
                    .batchSize(batchSize);
            return (fence == null ? builder : builder.fencedBy(fence)).build();
        }
    }
}
