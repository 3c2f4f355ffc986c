package io.fyercache.configuration;

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
    private final byte[] form;
    private final Class<T> role;
    private final transient FactoryForm factories;

    PortableFactory(String subject, byte[] form, Class<T> role, FactoryForm factories) {
        this.subject = subject;
        this.form = form;
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
            return factories.read(form, role);
        } catch (CacheException e) {
            throw new CacheException(subject + ": " + e.getMessage(), e);
        }
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
