package io.fyercache.jcache.integration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * The objects that a cache had its user's factories make, to be closed with it: loader, writer, expiry policy and the like.
 *
 * <p>Closed in the reverse order of their making, each once. Thread-safe.
 */
public final class UserObjects {
    private static final Logger LOGGER = System.getLogger(UserObjects.class.getName());

    private final String cacheName;

    /** Guarded by itself. */
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

    /** Makes the keeper for a cache. */
    public UserObjects(String cacheName) {
        this.cacheName = cacheName;
    }

    /**
     * Has {@code factory} make its object and keeps it if it can be closed.
     *
     * @param role what the object is for, for messages: {@code "loader"}
     * @throws CacheException if the factory throws or returns null; what it threw is the cause
     */
    public <T> T make(String role, Factory<? extends T> factory) {
        T made = make(cacheName, role, factory);
        if (made instanceof AutoCloseable closeable) {
            synchronized (closeables) {
                closeables.push(closeable);
            }
        }
        return made;
    }

    /** As {@link #make(String, Factory)}, for an object that the caller closes. */
    public static <T> T make(String cacheName, String role, Factory<? extends T> factory) {
        T made;
        try {
            made = factory.create();
        } catch (RuntimeException e) {
            throw new CacheException(
                    "cache '" + cacheName + "': the factory of its " + role + ", "
                            + factory.getClass().getName() + ", failed: " + e,
                    e);
        }
        if (made == null) {
            throw new CacheException("cache '" + cacheName + "': the factory of its " + role + ", "
                    + factory.getClass().getName() + ", returned null (expected: a " + role + ")");
        }
        return made;
    }

    /** Closes what was made. What goes wrong is logged. */
    public void close() {
        AutoCloseable next;
        while ((next = takeNewest()) != null) {
            close(cacheName, next);
        }
    }

    /** Closes {@code userObject} if it can be. What goes wrong is logged, since nobody could do anything about it. */
    public static void close(String cacheName, Object userObject) {
        if (userObject instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                logFailure(cacheName, closeable, e);
            } catch (Exception e) {
                logFailure(cacheName, closeable, e);
            }
        }
    }

    private static void logFailure(String cacheName, AutoCloseable closeable, Exception failure) {
        LOGGER.log(
                Level.WARNING,
                () -> "cache '" + cacheName + "': closing "
                        + closeable.getClass().getName() + " failed",
                failure);
    }

    private @org.jspecify.annotations.Nullable AutoCloseable takeNewest() {
        synchronized (closeables) {
            return closeables.poll();
        }
    }
}
