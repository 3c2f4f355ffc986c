package io.fyercache.core.codec;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a value the object is that is not serializable, for the message of an error.
 *
 * <p>It reads fields and iterates collections but calls no other method of the objects it meets. Where it may not look it
 * finds nothing; the message then names the class alone.
 */
final class OffendingField {
    /** Objects. A message is not worth a search through all of a large value. */
    private static final int MAX_VISITED = 10_000;

    private record Step(Object object, String path) {}

    private final Deque<Step> pending = new ArrayDeque<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private OffendingField() {}

    /** The name of the offending class, followed, where it is found in the value, by the path that leads to it. */
    static String describe(Object value, String className) {
        if (value.getClass().getName().equals(className)) {
            return className;
        }
        try {
            String path = new OffendingField().search(value, className);
            return path == null ? className + " in " + value.getClass().getName() : className + " (" + path + ")";
        } catch (RuntimeException e) {
            return className; // a collection of the user's that fails to iterate
        }
    }

    private @Nullable String search(Object value, String className) {
        visit(value, value.getClass().getName());
        while (!pending.isEmpty() && visited.size() < MAX_VISITED) {
            Step step = pending.remove();
            if (step.object.getClass().getName().equals(className)) {
                return step.path;
            }
            expand(step);
        }
        return null;
    }

    private void expand(Step step) {
        if (step.object instanceof Collection<?> elements) {
            expandAll(elements, step.path + "[]");
        } else if (step.object instanceof Map<?, ?> mappings) {
            expandAll(mappings.keySet(), step.path + ".key");
            expandAll(mappings.values(), step.path + ".value");
        } else if (step.object instanceof Object[] elements) {
            for (Object element : elements) {
                visit(element, step.path + "[]");
            }
        } else if (!PlatformClasses.isPlatform(step.object.getClass())) {
            expandFields(step);
        }
    }

    private void expandAll(Collection<?> elements, String path) {
        for (Object element : elements) {
            if (visited.size() >= MAX_VISITED) {
                return;
            }
            visit(element, path);
        }
    }

    private void expandFields(Step step) {
        for (Class<?> type : SerializationRules.serializableHierarchy(step.object.getClass())) {
            for (Field field : SerializationRules.defaultFields(type)) {
                try {
                    if (!field.getType().isPrimitive() && field.trySetAccessible()) {
                        visit(field.get(step.object), step.path + "." + field.getName());
                    }
                } catch (IllegalAccessException e) {
                    return;
                }
            }
        }
    }

    private void visit(@Nullable Object object, String path) {
        if (object != null && visited.add(object)) {
            pending.add(new Step(object, path));
        }
    }
}
