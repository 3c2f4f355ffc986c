package io.fyercache.jcache.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.jcache.copy.EntryForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one cache, told in the order of their registration.
 *
 * <p>A synchronous listener that throws does not keep the others from being told; the first exception comes out of the operation, with
 * the others suppressed in it. Thread-safe.
 */
public final class ListenerRegistrations implements ChangeListeners {
    private final Cache<?, ?> cache;
    private final EntryForm form;
    private final int queueCapacity;
    private final Executor background;
    private final HoldWaits waits;

    /** Never changed, only replaced: readers see all of a registration or nothing. */
    private volatile List<Registration> registrations = List.of();

    @GuardedBy("this")
    private boolean closed;

    /** One registered listener. */
    private record Registration(CacheEntryListenerConfiguration<?, ?> configuration, Delivery delivery) {}

    /**
     * Makes the registrations of a cache: none yet.
     *
     * @param cache the source of all events; only its name is asked for here
     * @param queueCapacity how many changes may wait for each asynchronous listener, at least 1
     * @param background where asynchronous listeners run
     * @param waits says who waits for a held key
     */
    public ListenerRegistrations(
            Cache<?, ?> cache, EntryForm form, int queueCapacity, Executor background, HoldWaits waits) {
        this.cache = cache;
        this.form = form;
        this.queueCapacity = queueCapacity;
        this.background = background;
        this.waits = waits;
    }

    @Override
    public boolean isEmpty() {
        return registrations.isEmpty();
    }

    @Override
    public ChangeInterest interest() {
        ChangeInterest sum = ChangeInterest.NONE;
        for (Registration registration : registrations) {
            sum = registration.delivery.addInterest(sum);
        }
        return sum;
    }

    @Override
    public void publish(EntryChange change) {
        RuntimeException first = null;
        for (Registration registration : registrations) {
            try {
                registration.delivery.pass(change);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Makes a listener and tells it of all changes from now on. It is the caller who sees to it that none is registered twice.
     *
     * @throws javax.cache.CacheException if a factory fails; nothing is registered then
     */
    public synchronized void register(CacheEntryListenerConfiguration<?, ?> configuration) {
        if (closed) {
            throw new IllegalStateException("cache '" + cache.getName() + "' is closed");
        }
        ListenerCall call = ListenerCall.of(cache, form, configuration);
        Delivery delivery = configuration.isSynchronous()
                ? new SynchronousDelivery(call)
                : new AsynchronousDelivery(cache.getName(), call, queueCapacity, background, waits);
        List<Registration> more = new ArrayList<>(registrations);
        more.add(new Registration(configuration, delivery));
        registrations = List.copyOf(more);
    }

    /** Takes the listener with an equal configuration out and closes it when it has heard of what was passed. */
    public void deregister(CacheEntryListenerConfiguration<?, ?> configuration) {
        Registration gone = remove(configuration);
        if (gone != null) {
            // Not with the monitor: the listener may be about to register or deregister another one.
            gone.delivery.close();
        }
    }

    private synchronized @Nullable Registration remove(CacheEntryListenerConfiguration<?, ?> configuration) {
        for (Registration registration : registrations) {
            if (registration.configuration.equals(configuration)) {
                List<Registration> fewer = new ArrayList<>(registrations);
                fewer.remove(registration);
                registrations = List.copyOf(fewer);
                return registration;
            }
        }
        return null;
    }

    /** Takes all listeners out, and closes each when it has heard of what was passed. */
    public void close() {
        List<Registration> all;
        synchronized (this) {
            closed = true;
            all = registrations;
            registrations = List.of();
        }
        all.forEach(registration -> registration.delivery.close());
    }
}
