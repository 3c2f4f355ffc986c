package io.fyercache.jpa;

import io.fyercache.jdbc.fault.Faults;
import io.fyercache.jdbc.through.JvmBoundFactory;
import io.fyercache.jpa.Entities.EntityClass;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnitTransactionType;
import jakarta.persistence.metamodel.EntityType;
import jakarta.persistence.metamodel.Type.PersistenceType;
import java.lang.invoke.MethodType;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The settings that loader and writer have in common: which entities, and where they are.
 *
 * <p>{@code build()} rejects wrong settings as a whole and calls no database. Not thread-safe.
 *
 * @param <K> the cache's key type, the class of the entity's id
 * @param <V> the cache's value type, the class of the entity
 * @param <B> the builder itself
 */
public abstract sealed class JpaBuilder<K, V, B extends JpaBuilder<K, V, B>>
        permits JpaCacheLoader.Builder, JpaCacheWriter.Builder {

    final String subject;
    final Class<K> keyType;
    final Class<V> entityType;
    private @Nullable EntityManagerFactory factory;
    private @Nullable String name;

    JpaBuilder(String subject, Class<K> keyType, Class<V> entityType) {
        this.subject = subject + "<" + keyType.getSimpleName() + ", " + entityType.getSimpleName() + ">";
        this.keyType = keyType;
        this.entityType = entityType;
    }

    abstract B self();

    /** Where entity managers come from. Required, unless by name; it stays its owner's to close. */
    public B entityManagerFactory(EntityManagerFactory factory) {
        this.factory = factory;
        return self();
    }

    /** The name of the entity manager factory, which {@link PersistenceUnits} knows where the loader or writer is made. */
    public B entityManagerFactory(String name) {
        this.name = name;
        return self();
    }

    /**
     * Notes the faults of these settings, and throws if there is any.
     *
     * @param graph the name of an entity graph, or null
     */
    final Entities<K, V> entities(Faults faults, @Nullable String graph) {
        EntityManagerFactory entityManagers = entityManagers(faults);
        EntityClass<K, V> type = entityManagers == null ? null : entityClass(faults, entityManagers);
        if (entityManagers != null) {
            checkTransactions(faults, entityManagers);
            if (graph != null) {
                checkGraph(faults, entityManagers, graph);
            }
        }
        faults.throwIfAny();
        if (entityManagers == null || type == null) {
            throw new IllegalStateException("no entities, and no fault");
        }
        return new Entities<>(entityManagers, entityManagers.getPersistenceUnitUtil(), type, graph);
    }

    private @Nullable EntityManagerFactory entityManagers(Faults faults) {
        if (factory != null && name != null) {
            faults.add("entityManagerFactory", name, "a name or an object, not both", "drop one of the two");
            return null;
        }
        EntityManagerFactory found = name == null ? factory : PersistenceUnits.find(name, faults);
        if (found == null && name == null) {
            faults.addMissing(
                    "entityManagerFactory", "where entity managers come from", "call entityManagerFactory(...)");
        }
        if (found != null && !found.isOpen()) {
            faults.add("entityManagerFactory", "closed", "an open one", "close it after the caches that use it");
            return null;
        }
        return found;
    }

    private @Nullable EntityClass<K, V> entityClass(Faults faults, EntityManagerFactory entityManagers) {
        EntityType<V> type;
        try {
            type = entityManagers.getMetamodel().entity(entityType);
        } catch (IllegalArgumentException e) {
            faults.add(
                    "entityType",
                    entityType.getName(),
                    "an entity of this persistence unit",
                    "map it, or take another unit");
            return null;
        }
        // Of several attributes with @Id, not every provider has a type.
        Class<?> idType = type.getIdType() == null ? null : type.getIdType().getJavaType();
        if (idType != null && MethodType.methodType(idType).wrap().returnType() != keyType) {
            faults.add("keyType", keyType.getName(), idType.getName() + ", the class of the id", "use it as the key");
        }
        boolean isOneColumn =
                type.hasSingleIdAttribute() && type.getIdType().getPersistenceType() == PersistenceType.BASIC;
        String idAttribute =
                isOneColumn ? type.getId(type.getIdType().getJavaType()).getName() : null;
        return new EntityClass<>(keyType, entityType, idAttribute);
    }

    private static void checkTransactions(Faults faults, EntityManagerFactory entityManagers) {
        // Some providers would begin transactions of JTA, and fail where the caller has one.
        if (entityManagers.getTransactionType() != PersistenceUnitTransactionType.RESOURCE_LOCAL) {
            faults.add(
                    "entityManagerFactory",
                    "transactions by " + entityManagers.getTransactionType(),
                    "resource-local transactions",
                    "give the cache a persistence unit of its own with transaction-type RESOURCE_LOCAL");
        }
    }

    private static void checkGraph(Faults faults, EntityManagerFactory entityManagers, String graph) {
        try (EntityManager entityManager = entityManagers.createEntityManager()) {
            entityManager.getEntityGraph(graph);
        } catch (IllegalArgumentException e) {
            faults.add(
                    "entityGraph", graph, "an entity graph of this persistence unit", "name it by @NamedEntityGraph");
        }
    }

    /** The name, for a factory that travels; throws if there is any fault. */
    final String travelling(Faults faults) {
        if (factory != null) {
            faults.add(
                    "entityManagerFactory",
                    "an object of this JVM",
                    "the name of an entity manager factory",
                    "call entityManagerFactory(\"...\")");
        } else if (name == null) {
            faults.addMissing(
                    "entityManagerFactory",
                    "the name of an entity manager factory",
                    "call entityManagerFactory(\"...\")");
        }
        faults.throwIfAny();
        if (name == null) {
            throw new IllegalStateException("no name, and no fault");
        }
        return name;
    }

    /** A factory of a loader or writer that holds an entity manager factory. */
    static <T> Factory<T> ofThisJvm(T instance) {
        return new JvmBoundFactory<>(
                instance,
                instance
                        + " holds an EntityManagerFactory of this JVM and cannot be serialized (expected: the name of one); call"
                        + " entityManagerFactory(\"...\") and factory() on the builder, which makes a factory that travels");
    }
}
