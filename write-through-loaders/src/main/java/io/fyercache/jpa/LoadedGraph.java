package io.fyercache.jpa;

import io.fyercache.jdbc.mapping.MappingException;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnitUtil;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.ManagedType;
import jakarta.persistence.metamodel.MapAttribute;
import jakarta.persistence.metamodel.Metamodel;
import jakarta.persistence.metamodel.PluralAttribute;
import jakarta.persistence.metamodel.SingularAttribute;
import jakarta.persistence.metamodel.Type;
import jakarta.persistence.metamodel.Type.PersistenceType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an entity, and all that can be reached from it, has been loaded: then it may leave its entity manager.
 *
 * <p>Asks nothing of the database. Thread-safe.
 */
final class LoadedGraph {

    private final Metamodel metamodel;
    private final PersistenceUnitUtil loads;

    LoadedGraph(EntityManagerFactory factory) {
        this.metamodel = factory.getMetamodel();
        this.loads = factory.getPersistenceUnitUtil();
    }

    /** An object on the way, and how messages call it. */
    private record Reached(Object object, String path) {}

    /**
     * Checks an entity.
     *
     * @throws MappingException if an attribute is not loaded, naming it, or if there is a proxy in the place of an entity
     */
    void requireLoaded(Object entity) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Reached> open = new ArrayDeque<>();
        open.add(new Reached(entity, entity.getClass().getSimpleName()));
        for (Reached next = open.poll(); next != null; next = open.poll()) {
            if (seen.add(next.object)) {
                for (Attribute<?, ?> attribute : managedType(next).getAttributes()) {
                    follow(next, attribute, open);
                }
            }
        }
    }

    private ManagedType<?> managedType(Reached reached) {
        try {
            return metamodel.managedType(reached.object.getClass());
        } catch (IllegalArgumentException e) {
            throw new MappingException(
                    reached.path + ": an instance of "
                            + reached.object.getClass().getName()
                            + " (expected: the entity itself, as a proxy may have to be loaded); have it fetched with its"
                            + " owner, eagerly or by entityGraph(...)",
                    e);
        }
    }

    private void follow(Reached owner, Attribute<?, ?> attribute, Deque<Reached> open) {
        String path = owner.path + "." + attribute.getName();
        if (!loads.isLoaded(owner.object, attribute.getName())) {
            throw new MappingException(
                    path + ": not loaded (expected: loaded, as an entity in a cache can load nothing);"
                            + " fetch it eagerly or by entityGraph(...), or leave it out of the entity");
        }
        Object value = attribute instanceof SingularAttribute<?, ?> one && isBasic(one.getType())
                ? null
                : value(attribute.getJavaMember(), owner.object);
        if (value instanceof Map<?, ?> map && attribute instanceof MapAttribute<?, ?, ?> mapAttribute) {
            add(mapAttribute.getKeyType(), map.keySet(), path, open);
            add(mapAttribute.getElementType(), map.values(), path, open);
        } else if (value instanceof Collection<?> collection && attribute instanceof PluralAttribute<?, ?, ?> plural) {
            add(plural.getElementType(), collection, path, open);
        } else if (value != null) {
            open.add(new Reached(value, path));
        }
    }

    private static void add(Type<?> type, Collection<?> elements, String path, Deque<Reached> open) {
        if (!isBasic(type)) {
            elements.stream()
                    .filter(element -> element != null)
                    .forEach(element -> open.add(new Reached(element, path)));
        }
    }

    private static boolean isBasic(Type<?> type) {
        return type.getPersistenceType() == PersistenceType.BASIC;
    }

    private static @Nullable Object value(Member member, Object owner) {
        try {
            // Loaded, so a getter loads nothing.
            if (member instanceof AccessibleObject accessible && accessible.trySetAccessible()) {
                return member instanceof Field field ? field.get(owner) : ((Method) member).invoke(owner);
            }
        } catch (ReflectiveOperationException e) {
            throw new MappingException(
                    member.getDeclaringClass().getName() + "." + member.getName() + ": cannot be read", e);
        }
        throw new MappingException(member.getDeclaringClass().getName() + "." + member.getName()
                + ": not accessible (expected: accessible); open its package to this module");
    }
}
