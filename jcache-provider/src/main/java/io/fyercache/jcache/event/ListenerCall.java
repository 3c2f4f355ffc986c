package io.fyercache.jcache.event;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.integration.UserObjects;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/** A user's listener with its filter, ready to be told of changes. As thread-safe as the two are. */
final class ListenerCall {
    private final Cache<?, ?> cache;
    private final EntryForm form;
    private final CacheEntryListener<?, ?> listener;
    private final @Nullable CacheEntryEventFilter<Object, @Nullable Object> filter;
    private final ChangeEvent.OldValues oldValues;
    private final Set<EntryChange.Kind> kinds;

    private ListenerCall(
            Cache<?, ?> cache,
            EntryForm form,
            CacheEntryListener<?, ?> listener,
            @Nullable CacheEntryEventFilter<Object, @Nullable Object> filter,
            ChangeEvent.OldValues oldValues) {
        this.cache = cache;
        this.form = form;
        this.listener = listener;
        this.filter = filter;
        this.oldValues = oldValues;
        this.kinds = kindsOf(listener);
    }

    /**
     * Has the factories of {@code configuration} make listener and filter.
     *
     * @throws CacheException if one of them fails; nothing is left open then
     */
    static ListenerCall of(Cache<?, ?> cache, EntryForm form, CacheEntryListenerConfiguration<?, ?> configuration) {
        Factory<? extends CacheEntryListener<?, ?>> listenerFactory = configuration.getCacheEntryListenerFactory();
        if (listenerFactory == null) {
            throw new IllegalArgumentException("cacheEntryListenerFactory: null (expected: a factory)");
        }
        CacheEntryListener<?, ?> listener = UserObjects.make(cache.getName(), "listener", listenerFactory);
        try {
            return new ListenerCall(
                    cache,
                    form,
                    listener,
                    makeFilter(cache, configuration),
                    configuration.isOldValueRequired()
                            ? ChangeEvent.OldValues.REQUIRED
                            : ChangeEvent.OldValues.NOT_REQUIRED);
        } catch (RuntimeException e) {
            UserObjects.close(cache.getName(), listener);
            throw e;
        }
    }

    // The cache's type parameters hold for its filters.
    @SuppressWarnings("unchecked")
    private static @Nullable CacheEntryEventFilter<Object, @Nullable Object> makeFilter(
            Cache<?, ?> cache, CacheEntryListenerConfiguration<?, ?> configuration) {
        Factory<? extends CacheEntryEventFilter<?, ?>> factory = configuration.getCacheEntryEventFilterFactory();
        return factory == null
                ? null
                : (CacheEntryEventFilter<Object, @Nullable Object>)
                        UserObjects.make(cache.getName(), "event filter", factory);
    }

    private static Set<EntryChange.Kind> kindsOf(CacheEntryListener<?, ?> listener) {
        Set<EntryChange.Kind> kinds = EnumSet.noneOf(EntryChange.Kind.class);
        if (listener instanceof CacheEntryCreatedListener) {
            kinds.add(EntryChange.Kind.CREATED);
        }
        if (listener instanceof CacheEntryUpdatedListener) {
            kinds.add(EntryChange.Kind.UPDATED);
        }
        if (listener instanceof CacheEntryRemovedListener) {
            kinds.add(EntryChange.Kind.REMOVED);
        }
        if (listener instanceof CacheEntryExpiredListener) {
            kinds.add(EntryChange.Kind.EXPIRED);
        }
        return kinds;
    }

    /** Tells whether the listener listens to changes of this kind at all. */
    boolean wants(EntryChange.Kind kind) {
        return kinds.contains(kind);
    }

    /** Returns what others want to hear, and what the listener does. */
    ChangeInterest addInterest(ChangeInterest others) {
        ChangeInterest sum = others;
        for (EntryChange.Kind kind : kinds) {
            sum = oldValues == ChangeEvent.OldValues.REQUIRED ? sum.andOldOf(kind) : sum.and(kind);
        }
        return sum;
    }

    /**
     * Tells the listener of a change, if its filter lets it pass.
     *
     * @throws CacheEntryListenerException if listener or filter throw an exception; errors pass as they are
     */
    void tell(EntryChange change) {
        ChangeEvent event = new ChangeEvent(cache, form, change, oldValues);
        try {
            if (filter == null || filter.evaluate(event)) {
                call(change.kind(), event);
            }
        } catch (CacheEntryListenerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheEntryListenerException(
                    "cache '" + cache.getName() + "': listener " + describe() + " failed: " + e, e);
        }
    }

    // The cache's type parameters hold for its listeners.
    @SuppressWarnings("unchecked")
    private void call(EntryChange.Kind kind, ChangeEvent event) {
        List<CacheEntryEvent<?, ?>> events = List.of(event);
        switch (kind) {
            case CREATED -> ((CacheEntryCreatedListener<Object, @Nullable Object>) listener).onCreated(events);
            case UPDATED -> ((CacheEntryUpdatedListener<Object, @Nullable Object>) listener).onUpdated(events);
            case REMOVED -> ((CacheEntryRemovedListener<Object, @Nullable Object>) listener).onRemoved(events);
            case EXPIRED -> ((CacheEntryExpiredListener<Object, @Nullable Object>) listener).onExpired(events);
        }
    }

    /** Returns the change as it must be kept until later: by value, its key may be the caller's own, who may change it meanwhile. */
    EntryChange detach(EntryChange change) {
        Object own = form.keep(change.key());
        return own == change.key() ? change : new EntryChange(change.kind(), own, change.value(), change.oldValue());
    }

    /** Closes listener and filter, if they can be closed. */
    void close() {
        UserObjects.close(cache.getName(), listener);
        if (filter != null) {
            UserObjects.close(cache.getName(), filter);
        }
    }

    /** The class of the listener, for messages. */
    String describe() {
        return listener.getClass().getName();
    }
}
