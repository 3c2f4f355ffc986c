package io.fyercache.jpa;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.mapping.MappingException;
import jakarta.persistence.EntityTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.Factory;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the values of a cache as entities, by their ids.
 *
 * <pre>{@code
 * CacheLoader<Long, Person> loader =
 *         JpaCacheLoader.builder(Long.class, Person.class).entityManagerFactory(factory).build();
 * }</pre>
 *
 * <p>{@link #load} finds the entity; {@link #loadAll} takes one query for every 500 keys. Ids of several
 * attributes, embedded or not, are found one by one, as Jakarta Persistence has no query for many of them that each database takes.
 *
 * <p>What is loaded is detached, and whole: if it has an attribute that is not loaded, or reaches an entity that has, the load
 * fails and names it. {@link Builder#entityGraph} says what else to fetch.
 *
 * <p>Each call has an entity manager and a transaction of its own, which is rolled back at its end: a load changes nothing.
 * Thread-safe.
 *
 * @param <K> the cache's key type, the class of the id
 * @param <V> the cache's value type, the class of the entity
 */
public final class JpaCacheLoader<K, V> implements CacheLoader<K, V> {

    private final Entities<K, V> entities;
    private final LoadedGraph graph;

    private JpaCacheLoader(Entities<K, V> entities) {
        this.entities = entities;
        this.graph = new LoadedGraph(entities.factory());
    }

    /** Starts a loader. */
    public static <K, V> Builder<K, V> builder(Class<K> keyType, Class<V> entityType) {
        return new Builder<>(keyType, entityType);
    }

    /**
     * The entity of a key; JSR-107, {@link CacheLoader#load}.
     *
     * @return {@code null} if there is no such entity
     * @throws CacheLoaderException as for {@link #loadAll}
     */
    @Override
    public @Nullable V load(K key) {
        return loadAll(Collections.singletonList(key)).get(key);
    }

    /**
     * The entities of the keys; JSR-107, {@link CacheLoader#loadAll}.
     *
     * @return by the keys that have an entity, a map of the caller's own; the entities are detached
     * @throws CacheLoaderException if no entity manager or connection is to be had, a query fails, a key is of another class, or an entity
     *     is not whole. Its message names entity and key, its cause is the persistence provider's exception. Nothing is returned then
     */
    @Override
    public Map<K, V> loadAll(Iterable<? extends K> keys) {
        Set<Object> wanted = new LinkedHashSet<>();
        keys.forEach(wanted::add);
        Map<K, V> loaded = new HashMap<>();
        if (wanted.isEmpty()) {
            return loaded;
        }
        try {
            List<K> checked = new ArrayList<>(wanted.size());
            wanted.forEach(key -> checked.add(entities.key(key)));
            entities.inTransaction(
                    entityManager -> {
                        loaded.putAll(entities.find(entityManager, checked));
                        loaded.forEach(this::requireWhole);
                    },
                    EntityTransaction::rollback);
            return loaded;
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(wanted, e);
        }
    }

    private void requireWhole(K key, V entity) {
        try {
            graph.requireLoaded(entity);
        } catch (MappingException e) {
            throw failed(Set.of(key), e);
        }
    }

    private CacheLoaderException failed(Set<?> keys, RuntimeException cause) {
        String text = entities.failureText("cannot load").of(Entities.shown(keys), keys.size(), cause);
        return new CacheLoaderException(text, cause);
    }

    /**
     * This loader for {@code MutableConfiguration.setCacheLoaderFactory}.
     *
     * <p>The factory serves this JVM, and throws {@link java.io.NotSerializableException} when it is serialized. Where a provider
     * does that, as in a cluster, name the entity manager factory and use {@link Builder#factory}.
     */
    public Factory<CacheLoader<K, V>> factory() {
        return JpaBuilder.ofThisJvm(this);
    }

    /** {@code JpaCacheLoader of entity Person}. */
    @Override
    public String toString() {
        return "JpaCacheLoader of entity " + entities.type().type().getSimpleName();
    }

    /**
     * Describes a loader; see {@link JpaBuilder} for most settings.
     *
     * <p>Not thread-safe.
     */
    public static final class Builder<K, V> extends JpaBuilder<K, V, Builder<K, V>> {

        private @Nullable String graph;

        private Builder(Class<K> keyType, Class<V> entityType) {
            super("JpaCacheLoader", keyType, entityType);
        }

        @Override
        Builder<K, V> self() {
            return this;
        }

        /** The name of an entity graph, of which the attributes are fetched besides what the mapping fetches eagerly. Default: none. */
        public Builder<K, V> entityGraph(String name) {
            this.graph = name;
            return this;
        }

        /**
         * The loader. The database is not called.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException with every fault of these settings
         */
        public JpaCacheLoader<K, V> build() {
            return new JpaCacheLoader<>(entities(new Faults(subject), graph));
        }

        /**
         * A factory that travels: it can be serialized, and makes a loader in the JVM that it is sent to, with the entity manager
         * factory that {@link PersistenceUnits} knows there by the name given here.
         *
         * @throws io.fyercache.jdbc.fault.InvalidSettingsException if it is given as an object, or not at all
         */
        public Factory<CacheLoader<K, V>> factory() {
            return new TravellingLoaderFactory<>(keyType, entityType, travelling(new Faults(subject)), graph);
        }
    }

    /** Makes a loader in the JVM where it is asked to, with what that JVM knows by the name. */
    private record TravellingLoaderFactory<K, V>(
            Class<K> keyType,
            Class<V> entityType,
            String entityManagerFactory,
            @Nullable String graph) implements Factory<CacheLoader<K, V>> {

        @Override
        public CacheLoader<K, V> create() {
            Builder<K, V> builder = builder(keyType, entityType).entityManagerFactory(entityManagerFactory);
            return (graph == null ? builder : builder.entityGraph(graph)).build();
        }
    }
}
