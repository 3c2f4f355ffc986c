package io.fyercache.configuration;

import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * Makes an object of a class that a file names: one of the class itself, or what the class makes when it is a {@link Factory}.
 *
 * @param type the class, public with a public constructor without parameters
 * @param role what the object must be
 * @param <T> what the object must be
 */
record InstanceFactory<T>(Class<?> type, Class<T> role) implements Factory<T> {

    /**
     * Returns a new object.
     *
     * @throws CacheException if the constructor throws, or if the factory makes something else than the role
     */
    @Override
    public T create() {
        Object made = construct();
        if (made instanceof Factory<?> factory && !role.isInstance(made)) {
            made = factory.create();
        }
        if (!role.isInstance(made)) {
            String what = made == null ? "null" : made.getClass().getName();
            throw new CacheException(type.getName() + ": made " + what + " (expected: a " + role.getName()
                    + "); let its create() return one");
        }
        return role.cast(made);
    }

    private Object construct() {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException thrown) {
            throw new CacheException(type.getName() + ": its constructor failed", thrown.getCause());
        } catch (ReflectiveOperationException hidden) {
            throw new CacheException(
                    type.getName()
                            + ": cannot be constructed (expected: a public class with a public constructor without parameters)",
                    hidden);
        }
    }

    @Override
    public String toString() {
        return type.getName();
    }
}
