package io.fyercache.configuration;

import io.fyercache.core.engine.PortableDefinition;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * What makes an object of the user's in a process that the definition of its cache has come to. No class of the user's is looked for before it is
 * asked. Thread-safe.
 *
 * @param <T> what it makes
 */
// It is serializable because factories are, and nobody serializes it: it is made of bytes.
@SuppressWarnings("serial")
public final class PortableFactory<T> implements Factory<T> {
    private static final long serialVersionUID = 1L;

    private final String subject;
    private final transient PortableDefinition.Setting travelled;
    private final Class<T> role;
    private final transient FactoryForm factories;

    PortableFactory(String subject, PortableDefinition.Setting travelled, Class<T> role, FactoryForm factories) {
        this.subject = subject;
        this.travelled = travelled;
        this.role = role;
        this.factories = factories;
    }

    /**
     * Returns the factory itself.
     *
     * @throws CacheException if it cannot be had here; names the class, the cache and the process
     */
    public Factory<T> resolve() {
        try {
            return factories.read(travelled.form(), role);
        } catch (CacheException e) {
            throw new CacheException(subject + ": " + e.getMessage(), e);
        }
    }

    /** Returns what it was made of: as such it travels on. */
    PortableDefinition.Setting travelled() {
        return travelled;
    }

    @Override
    public T create() {
        return resolve().create();
    }

    @Override
    public String toString() {
        return subject;
    }
}
