package io.fyercache.hibernate.region;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.hibernate.key.QueryKeys;
import io.fyercache.jcache.EngineCacheManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.expiry.ExpiryPolicy;
import org.hibernate.cache.CacheException;

/**
 * The caches of regions. A cache that the manager's configuration file has, by name or by pattern, is as the file says; any other is made of a
 * template, which has a bound.
 *
 * <p>Where entries are in this JVM they are kept by reference: Hibernate copies what is mutable when it disassembles and assembles. Thread-safe.
 */
public final class RegionCaches {
    private static final Logger LOGGER = System.getLogger(RegionCaches.class.getName());

    /** Entries of a region of entities, collections or natural ids that nobody has configured: some megabytes of small entities. */
    public static final long DOMAIN_ENTRIES = 10_000;

    /** Results of a region of queries that nobody has configured: each may be a list of any length. */
    public static final long QUERY_RESULTS = 1_000;

    private final EngineCacheManager manager;
    private final EngineCacheManager queryManager;
    private final RegionOwners owners;
    private final WriteFailure writeFailure;

    /**
     * Makes caches in {@code manager}.
     *
     * @param queryManager where results of queries are
     * @param owners of the regions of {@code manager}
     */
    public RegionCaches(
            EngineCacheManager manager,
            EngineCacheManager queryManager,
            RegionOwners owners,
            WriteFailure writeFailure) {
        this.manager = manager;
        this.queryManager = queryManager;
        this.owners = owners;
        this.writeFailure = writeFailure;
    }

    /** Tells whether the caches of a manager are in a cluster. */
    public static boolean areClustered(EngineCacheManager manager) {
        return !manager.isSupported(OptionalFeature.STORE_BY_REFERENCE);
    }

    /**
     * Returns the cache of a region of entities, collections or natural ids.
     *
     * @param name the region's, with its prefix
     * @throws CacheException if the file has it with types of its own, it cannot be made, or it is another persistence unit's
     */
    public RegionCache domain(String name) {
        owners.claim(name);
        return bounded(open(manager, name, template(manager).maximumEntries(DOMAIN_ENTRIES)));
    }

    /** Returns the cache of a region of query results; otherwise as {@link #domain}. */
    public RegionCache queryResults(String name) {
        if (queryManager == manager) {
            owners.claim(name);
        }
        return bounded(open(queryManager, name, template(queryManager).maximumEntries(QUERY_RESULTS)));
    }

    /**
     * Returns what the caches of query results have as keys.
     *
     * @param model the fingerprint of what results are made of. Asked for only where processes have results in common
     */
    public QueryKeys queryKeys(LongSupplier model) {
        return areClustered(queryManager) ? QueryKeys.digests(model) : QueryKeys.original();
    }

    /**
     * Returns the cache of the timestamps region, which may have several owners: changes of tables that only have the same name cost hits, and no more.
     *
     * @throws CacheException as {@link #domain}, and if the file has it with a bound, or lets its entries expire: a change that is forgotten
     *     makes results of queries current that are stale
     */
    public RegionCache timestamps(String name) {
        Cache<Object, Object> cache = open(manager, name, template(manager));
        FyerConfiguration<?, ?> settings = settingsOf(cache);
        if (settings.maximumEntries().isPresent() || settings.maximumWeight().isPresent() || !isEternal(settings)) {
            throw new CacheException(
                    "cache '" + name + "', the region of timestamps: it has a maximum, or entries that expire"
                            + " (expected: neither); give it an entry of its own in the configuration file,"
                            + " with maximumEntries: off and expiry: eternal");
        }
        return new RegionCache(cache, writeFailure);
    }

    private static ConfigurationBuilder<Object, Object> template(EngineCacheManager manager) {
        return FyerConfiguration.builder().storeByValue(areClustered(manager));
    }

    private RegionCache bounded(Cache<Object, Object> cache) {
        FyerConfiguration<?, ?> settings = settingsOf(cache);
        if (settings.maximumEntries().isEmpty() && settings.maximumWeight().isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "region " + cache.getName()
                            + ": its configuration sets no maximum; it grows with the database");
        }
        return new RegionCache(cache, writeFailure);
    }

    private static Cache<Object, Object> open(
            CacheManager manager, String name, ConfigurationBuilder<Object, Object> template) {
        Cache<Object, Object> cache;
        try {
            cache = opened(manager, name, template.build());
        } catch (RuntimeException e) {
            throw new CacheException("cache '" + name + "' of a region cannot be made: " + e.getMessage(), e);
        }
        FyerConfiguration<?, ?> settings = settingsOf(cache);
        if (settings.getKeyType() != Object.class || settings.getValueType() != Object.class) {
            throw new CacheException("cache '" + name + "' of a region: from "
                    + settings.getKeyType().getName() + " to "
                    + settings.getValueType().getName()
                    + " (expected: any objects); leave keyType and valueType out of its configuration");
        }
        if (settings.invalidation().isPresent()) {
            throw new CacheException(
                    "cache '" + name + "' of a region: topology: invalidated (expected: another one, as soft locks"
                            + " and timestamps of all processes must be in one place); give the regions a cluster, or each process its own");
        }
        if (settings.near().isPresent()) {
            throw new CacheException("cache '" + name + "' of a region: near.maximumEntries: "
                    + settings.near().get().maximumEntries()
                    + " (expected: off, as soft locks and timestamps must be seen by all processes at once); leave it out of its"
                    + " configuration, or turn it off if it has it from defaults");
        }
        return cache;
    }

    /** Returns the manager's cache of that name, which is made like that if there is none. */
    static Cache<Object, Object> opened(
            CacheManager manager, String name, FyerConfiguration<Object, Object> configuration) {
        Cache<Object, Object> present = manager.getCache(name);
        if (present != null) {
            return present;
        }
        try {
            return manager.createCache(name, configuration);
        } catch (javax.cache.CacheException e) {
            // Another session factory with the same manager may have been quicker.
            Cache<Object, Object> made = manager.getCache(name);
            if (made == null) {
                throw e;
            }
            return made;
        }
    }

    // The class literal has no type arguments.
    @SuppressWarnings("unchecked")
    private static FyerConfiguration<?, ?> settingsOf(Cache<Object, Object> cache) {
        return cache.getConfiguration(FyerConfiguration.class);
    }

    private static boolean isEternal(FyerConfiguration<?, ?> settings) {
        ExpiryPolicy policy = settings.getExpiryPolicyFactory().create();
        return policy.getExpiryForCreation().isEternal()
                && policy.getExpiryForUpdate() == null
                && policy.getExpiryForAccess() == null;
    }
}
