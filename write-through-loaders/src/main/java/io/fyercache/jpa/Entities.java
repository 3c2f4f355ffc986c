package io.fyercache.jpa;

import io.fyercache.jdbc.mapping.MappingException;
import io.fyercache.jdbc.mapping.ShownKey;
import io.fyercache.jdbc.through.FailureText;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PersistenceUnitUtil;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one class in a persistence unit, by their ids.
 *
 * <p>Thread-safe.
 *
 * @param ids knows the id of an entity, also of a closed factory
 * @param type the class of the entities, and its id's
 * @param graph the name of the entity graph by which they are fetched, or null
 */
record Entities<K, V>(
        EntityManagerFactory factory,
        PersistenceUnitUtil ids,
        EntityClass<K, V> type,
        @Nullable String graph) {

    /** The keys in one query: below the limits of all databases known to us, among them Oracle's 1000 members of an {@code IN}. */
    static final int KEYS_PER_QUERY = 500;

    /** Adds to what the mapping fetches eagerly what the graph names (Jakarta Persistence, 3.8.4). */
    private static final String LOAD_GRAPH = "jakarta.persistence.loadgraph";

    /**
     * A class of entities.
     *
     * @param idAttribute the attribute that is the id; null if several are, or an embedded one
     */
    record EntityClass<K, V>(
            Class<K> keyType, Class<V> type, @Nullable String idAttribute) {}

    /**
     * Works in a transaction on an entity manager of its own, which is closed afterwards. If anything is thrown, the transaction is
     * rolled back.
     *
     * @param end commits or rolls back
     */
    void inTransaction(Consumer<EntityManager> work, Consumer<EntityTransaction> end) {
        try (EntityManager entityManager = factory.createEntityManager()) {
            EntityTransaction transaction = entityManager.getTransaction();
            transaction.begin();
            try {
                work.accept(entityManager);
                end.accept(transaction);
            } catch (RuntimeException | Error e) {
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private static void rollBack(EntityTransaction transaction, Throwable failure) {
        try {
            if (transaction.isActive()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** The entities of these distinct keys that there are, managed. */
    Map<K, V> find(EntityManager entityManager, List<K> keys) {
        Map<String, Object> hints = graph == null ? Map.of() : Map.of(LOAD_GRAPH, entityManager.getEntityGraph(graph));
        Map<K, V> found = new HashMap<>();
        String idAttribute = type.idAttribute();
        if (idAttribute == null) {
            keys.forEach(key -> find(entityManager, key, hints, found));
            return found;
        }
        for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
            List<K> some = keys.subList(from, Math.min(keys.size(), from + KEYS_PER_QUERY));
            query(entityManager, idAttribute, some, hints, found);
        }
        return found;
    }

    private void find(EntityManager entityManager, K key, Map<String, Object> hints, Map<K, V> found) {
        V entity = entityManager.find(type.type(), key, hints);
        if (entity != null) {
            found.put(key, entity);
        } else if (entityManager.getTransaction().getRollbackOnly()) {
            // Hibernate's find takes a failure of the database for an absent row, if the failure has marked the
            // transaction.
            throw new PersistenceException(
                    "the search for a row has marked its transaction for rollback (expected: to find it, or"
                            + " not); the persistence provider's log may say why");
        }
    }

    private void query(
            EntityManager entityManager, String idAttribute, List<K> keys, Map<String, Object> hints, Map<K, V> found) {
        CriteriaQuery<V> criteria = entityManager.getCriteriaBuilder().createQuery(type.type());
        Root<V> root = criteria.from(type.type());
        TypedQuery<V> query = entityManager.createQuery(
                criteria.select(root).where(root.get(idAttribute).in(keys)));
        hints.forEach(query::setHint);
        Set<K> asked = new HashSet<>(keys);
        for (V entity : query.getResultList()) {
            K id = id(entity);
            if (!asked.contains(id)) {
                throw new MappingException(
                        "the database found an entity whose id differs from the key in Java (expected:"
                                + " equal); give the column of the id no padding and an exact collation");
            }
            found.put(id, entity);
        }
    }

    K id(Object entity) {
        return key(ids.getIdentifier(entity));
    }

    /**
     * A key of the configured class.
     *
     * @throws MappingException if it is of another
     */
    K key(@Nullable Object key) {
        if (!type.keyType().isInstance(key)) {
            throw new MappingException(
                    "key: " + (key == null ? "null" : key.getClass().getName()) + " (expected: "
                            + type.keyType().getName() + ", the class of the id)");
        }
        return type.keyType().cast(key);
    }

    /** Words for what cannot be done, {@code cannot load}, with the entity. */
    FailureText failureText(String action) {
        return new FailureText(
                action + " entity " + type.type().getSimpleName(),
                "keys of " + type.keyType().getSimpleName());
    }

    /** Keys as messages show them. */
    static List<String> shown(Collection<?> keys) {
        List<String> shown = new ArrayList<>();
        keys.forEach(key -> shown.add(ShownKey.of(key)));
        return shown;
    }
}
