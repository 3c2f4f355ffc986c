package io.fyercache.jcache.integration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.configuration.PortableFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a cache has its user's factories make, to be closed with it: loader, writer, expiry policy and the like.
 *
 * <p>Each process has its own: who closes a cache in one process takes nothing from the others. Closed in the reverse order of their making,
 * each once. Thread-safe.
 */
public final class UserObjects {
    private static final Logger LOGGER = System.getLogger(UserObjects.class.getName());

    private final String cacheName;
    private final Making making;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean closed;

    /** When the objects are made. */
    public enum Making {
        /** When the cache is opened, which fails if one of them cannot be made. */
        AT_ONCE,
        /** When they are first used. If one cannot be made, what needs it fails, and only that. */
        WHEN_USED
    }

    /** Makes the keeper for a cache. */
    public UserObjects(String cacheName, Making making) {
        this.cacheName = cacheName;
        this.making = making;
    }

    /**
     * Has {@code factory} make its object, now or later, and keeps that if it can be closed.
     *
     * @param role what the object is for, for messages: {@code "loader"}
     * @return what returns the object; if that is to be made then, it throws a {@link CacheException} if the factory does, or returns null
     * @throws CacheException if the object is to be made at once, and the factory throws or returns null; what it threw is the cause
     */
    public <T> Supplier<T> make(String role, Factory<? extends T> factory) {
        if (making == Making.WHEN_USED) {
            return new MadeWhenUsed<>(() -> kept(role, factory));
        }
        T made = kept(role, factory);
        return () -> made;
    }

    private <T> T kept(String role, Factory<? extends T> factory) {
        T made = make(cacheName, role, factory);
        if (made instanceof AutoCloseable closeable && !keep(closeable)) {
            close(cacheName, made);
            throw new CacheException("cache '" + cacheName + "': " + role + ": used after the cache was closed here"
                    + " (expected: only before)");
        }
        return made;
    }

    private boolean keep(AutoCloseable closeable) {
        synchronized (lock) {
            if (!closed) {
                closeables.push(closeable);
            }
            return !closed;
        }
    }

    /**
     * Has {@code factory} make an object that the caller closes.
     *
     * @throws CacheException if the factory throws or returns null; what it threw is the cause
     */
    public static <T> T make(String cacheName, String role, Factory<? extends T> factory) {
        Factory<? extends T> found =
                factory instanceof PortableFactory<? extends T> travelled ? travelled.resolve() : factory;
        T made;
        try {
            made = found.create();
        } catch (RuntimeException e) {
            throw new CacheException(
                    "cache '" + cacheName + "': the factory of its " + role + ", "
                            + found.getClass().getName() + ", failed: " + e,
                    e);
        }
        if (made == null) {
            throw new CacheException("cache '" + cacheName + "': the factory of its " + role + ", "
                    + found.getClass().getName() + ", returned null (expected: a " + role + ")");
        }
        return made;
    }

    /** Closes what was made, and whatever is made from now on. What goes wrong is logged. */
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

    private @Nullable AutoCloseable takeNewest() {
        synchronized (lock) {
            closed = true;
            return closeables.poll();
        }
    }
}
