package io.fyercache.core.codec;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes by name through one class loader, asking the filter before anything is loaded and again before anything is
 * initialized. Thread-safe.
 *
 * <p>It refers to the class loader weakly, so that a codec does not keep an application alive that was undeployed.
 */
final class ClassResolver {
    /** Characters. Longer than any sane class name; hostile names are not worth a search. */
    static final int MAX_CLASS_NAME_LENGTH = 1_024;

    private final WeakReference<ClassLoader> loader;
    private final ClassFilter filter;

    private final ClassValue<Boolean> encodable = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            check(type);
            return Boolean.TRUE;
        }
    };

    ClassResolver(ClassLoader loader, ClassFilter filter) {
        this.loader = new WeakReference<>(loader);
        this.filter = filter;
    }

    ClassFilter filter() {
        return filter;
    }

    ClassLoader loader() {
        ClassLoader current = loader.get();
        if (current == null) {
            throw new CodecException("the class loader of this codec is gone (expected: one in use);"
                    + " keep a reference to the loader for as long as its caches are used");
        }
        return current;
    }

    /**
     * Finds a class without initializing it.
     *
     * @throws CodecException if the filter refuses it or the loader does not find it
     */
    Class<?> resolve(String name) {
        if (name.length() > MAX_CLASS_NAME_LENGTH) {
            throw new CodecException("a class name of " + name.length() + " characters (expected: at most "
                    + MAX_CLASS_NAME_LENGTH + "); the bytes are damaged");
        }
        requireNoObjection(filter.objectionToName(name));
        ClassLoader current = loader();
        Class<?> type;
        try {
            type = Class.forName(name, false, current);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CodecException(
                    "class " + name + " was not found (expected: visible to the cache manager's class loader);"
                            + " create the manager with the loader of that class",
                    e);
        }
        requireNoObjection(filter.objection(type));
        return type;
    }

    /**
     * Checks that values of the class can be read again by this resolver.
     *
     * @throws CodecException if the filter refuses the class, or the loader finds another one, or none, of its name
     */
    void requireEncodable(Class<?> type) {
        encodable.get(type);
    }

    private void check(Class<?> type) {
        requireNoObjection(filter.objection(type));
        if (type.isPrimitive() || PlatformClasses.isPlatform(type)) {
            return;
        }
        if (resolve(type.getName()) != type) {
            throw new CodecException(
                    "class " + type.getName() + " comes from another class loader than the cache manager's"
                            + " (expected: the class that its loader finds); create the manager with the loader of that class");
        }
    }

    private static void requireNoObjection(@Nullable String objection) {
        if (objection != null) {
            throw new CodecException(objection);
        }
    }
}
