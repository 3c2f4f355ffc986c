package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.engine.CacheEngines.Keeping;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.core.engine.UnwrittenChangesException;
import io.fyercache.jcache.copy.EntryForm;
import io.fyercache.jcache.event.ListenerRegistrations;
import io.fyercache.jcache.integration.BackgroundLoads;
import io.fyercache.jcache.integration.UserObjects;
import io.fyercache.jcache.management.CacheBeans;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;

/**
 * What a cache consists of, opened and closed as one.
 *
 * @param form how entries are kept
 * @param engine keeps them
 * @param listeners are told of changes
 * @param loads are under way in the background
 * @param userObjects were made by the user's factories
 * @param beans show it through JMX
 */
record CacheParts(
        EntryForm form,
        CacheEngine engine,
        ListenerRegistrations listeners,
        BackgroundLoads loads,
        UserObjects userObjects,
        CacheBeans beans) {

    /**
     * Opens the parts of {@code cache}. If that fails, those that were open already are closed.
     *
     * @param current returns the cache's configuration at any later time
     * @param amended is called when settings may have been changed for all processes of a cluster
     * @throws CacheNotDefinedException if it was to be there, and is not
     * @throws UnsupportedOperationException if the engine cannot keep entries as the configuration wants it
     * @throws CacheException if a factory of the user's fails, or JMX refuses a bean
     * @throws IllegalArgumentException if the entries are kept elsewhere and an object of the user's cannot travel there
     */
    static CacheParts open(
            Cache<?, ?> cache,
            EngineCacheManager manager,
            FyerConfiguration<?, ?> configuration,
            Opening opening,
            Supplier<FyerConfiguration<?, ?>> current,
            Runnable amended) {
        String name = cache.getName();
        // The entries of an invalidated cache are in this process, whatever its manager is in.
        Keeping keeping = configuration.invalidation().isPresent()
                ? Keeping.OBJECTS
                : manager.engines().keeping();
        EntryForm form = ConfiguredForm.of(name, configuration, keeping, manager.getClassLoader());
        UserObjects userObjects = new UserObjects(name, UserObjects.Making.AT_ONCE);
        ListenerRegistrations listeners = new ListenerRegistrations(
                cache,
                form,
                configuration.asyncListenerQueue(),
                manager.engines().background(),
                manager.waits());
        try {
            for (CacheEntryListenerConfiguration<?, ?> listener : configuration.getCacheEntryListenerConfigurations()) {
                listeners.register(listener);
            }
            CacheEngine engine = opening.engine(
                    manager.engines(),
                    new ConfiguredDesign(
                            name, configuration, form, listeners, userObjects, manager.getClassLoader(), amended));
            return new CacheParts(
                    form,
                    engine,
                    listeners,
                    new BackgroundLoads(name, manager.engines().background()),
                    userObjects,
                    new CacheBeans(manager.getURI(), name, current, engine.counters()));
        } catch (RuntimeException | Error e) {
            listeners.close();
            userObjects.close();
            throw e;
        }
    }

    /** Shows through JMX what {@code configuration} says, and counts if it says so. */
    void applySwitches(FyerConfiguration<?, ?> configuration) {
        engine.counters().setEnabled(configuration.isStatisticsEnabled());
        show(CacheBeans.Kind.STATISTICS, configuration.isStatisticsEnabled());
        show(CacheBeans.Kind.CONFIGURATION, configuration.isManagementEnabled());
    }

    private void show(CacheBeans.Kind kind, boolean shown) {
        if (shown) {
            beans.register(kind);
        } else {
            beans.unregister(kind);
        }
    }

    /** Takes the cache out of JMX. */
    void hide() {
        beans.unregister(CacheBeans.Kind.STATISTICS);
        beans.unregister(CacheBeans.Kind.CONFIGURATION);
    }

    /**
     * Closes the rest: loads under way may end, changes are written that wait for it, listeners hear of what has happened, then the user's objects
     * are closed.
     *
     * @throws UnwrittenChangesException if not all changes could be written; the rest is closed all the same
     */
    void close() {
        loads.awaitEnd();
        try {
            engine.close();
        } finally {
            listeners.close();
            userObjects.close();
        }
    }
}
