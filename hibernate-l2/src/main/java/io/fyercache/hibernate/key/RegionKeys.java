package io.fyercache.hibernate.key;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.type.BasicType;
import org.hibernate.type.Type;
import org.hibernate.type.descriptor.java.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys of regions, and takes the identifiers out of them again. Thread-safe.
 *
 * <p>An identifier is coerced to the type that it is mapped as, so that {@code evict(Order.class, 7)} finds an order whose identifier is a Long,
 * and then disassembled as the values of entities are.
 */
public enum RegionKeys implements CacheKeysFactory {
    /** The only instance. */
    INSTANCE;

    /** What the role of a natural id ends in. */
    static final String NATURAL_ID = "##NaturalId";

    @Override
    public Object createEntityKey(
            Object id,
            EntityPersister persister,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        return new RegionKey(
                persister.getRootEntityName(),
                disassembled(id, persister.getIdentifierType(), factory),
                tenantIdentifier);
    }

    // Hibernate 7.4 has nothing else that disassembles the key of a collection.
    @SuppressWarnings("removal")
    @Override
    public Object createCollectionKey(
            Object id,
            CollectionPersister persister,
            SessionFactoryImplementor factory,
            @Nullable String tenantIdentifier) {
        return new RegionKey(persister.getRole(), disassembled(id, persister.getKeyType(), factory), tenantIdentifier);
    }

    @Override
    public Object createNaturalIdKey(
            Object naturalIdValues, EntityPersister persister, SharedSessionContractImplementor session) {
        NaturalIdMapping mapping = persister.getNaturalIdMapping();
        if (mapping == null) {
            throw new CacheException(
                    "natural id of " + persister.getEntityName() + ": none (expected: an entity that has one)");
        }
        NaturalIdKeyBuilder key =
                new NaturalIdKeyBuilder(persister.getRootEntityName() + NATURAL_ID, session.getTenantIdentifier());
        mapping.addToCacheKey(key, naturalIdValues, session);
        return key.build();
    }

    @Override
    public Object getEntityId(Object cacheKey) {
        return original(((RegionKey) cacheKey).id());
    }

    @Override
    public Object getCollectionId(Object cacheKey) {
        return original(((RegionKey) cacheKey).id());
    }

    /** Returns the disassembled values, always as an array. */
    @Override
    public Object getNaturalIdValues(Object cacheKey) {
        return original(((RegionKey) cacheKey).id());
    }

    private static Object disassembled(Object id, Type type, SessionFactoryImplementor factory) {
        Object coerced = type instanceof BasicType<?> basic ? coerced(id, basic.getJavaTypeDescriptor(), factory) : id;
        Serializable form = type.disassemble(coerced, factory);
        if (form == null) {
            throw new CacheException("identifier: null (expected: a value of " + type.getName() + ")");
        }
        return comparable(form);
    }

    /** Hibernate's own coercion is another method in each line (ADR 46). */
    private static Object coerced(Object id, JavaType<?> type, SessionFactoryImplementor factory) {
        return type.isInstance(id) ? id : type.wrap(id, factory.getWrapperOptions());
    }

    /**
     * Returns a value in a form that is equal to those of equal values, and whose bytes are.
     *
     * @throws CacheException if it is an array of other primitives than bytes
     */
    static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return IdBytes.of(bytes);
        } else if (value instanceof Object[] array) {
            List<@Nullable Object> parts = new ArrayList<>();
            for (Object part : array) {
                parts.add(part == null ? null : comparable(part));
            }
            return IdParts.of(parts);
        } else if (value.getClass().isArray()) {
            throw new CacheException(
                    "identifier of class " + value.getClass().getTypeName()
                            + " (expected: single values, byte[] or a composite of these); map it as one, or do not cache the entity");
        }
        return value;
    }

    private static Object original(Object comparable) {
        if (comparable instanceof IdBytes bytes) {
            return bytes.toBytes();
        } else if (comparable instanceof IdParts parts) {
            return parts.toList().stream()
                    .map(part -> part == null ? null : original(part))
                    .toArray();
        }
        return comparable;
    }
}
