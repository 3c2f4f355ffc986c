package io.fyercache.hibernate.region;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jcache.EngineCacheManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.cache.Cache;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Who has which region of a cache manager: two persistence units whose regions have the same name would read each other's entities. Owners are kept
 * in a cache of the manager, {@value #CACHE}, and so, in a cluster, for all processes.
 *
 * <p>Thread-safe.
 */
public final class RegionOwners {
    private static final Logger LOGGER = System.getLogger(RegionOwners.class.getName());

    /** The cache, from the name of a region to its owner. Whoever destroys it makes all regions anybody's. */
    public static final String CACHE = "hibernate-region-owners";

    private final EngineCacheManager manager;
    private final @Nullable String owner;

    /**
     * Makes the owners of regions of {@code manager}.
     *
     * @param owner of the regions that are claimed; null if that is not known, and nothing is to be claimed
     */
    public RegionOwners(EngineCacheManager manager, @Nullable String owner) {
        this.manager = manager;
        this.owner = owner;
    }

    /**
     * Claims a region.
     *
     * @param region its name, with its prefix
     * @throws CacheException if it is another's. That the cache fails is logged, and lets the region be
     */
    public void claim(String region) {
        if (owner == null) {
            return;
        }
        String present = present(region, owner);
        if (!present.equals(owner)) {
            throw new CacheException("region " + region + ": it is of " + present + ", and claimed by " + owner
                    + " (expected: one owner); set hibernate.cache.region_prefix of one of them, or, if both have the same entities of"
                    + " one database, hibernate.fyercache.region_owner of both to the same name");
        }
    }

    /** Returns whose the region is: {@code claimant}'s, if it was nobody's. */
    private String present(String region, String claimant) {
        try {
            Cache<Object, Object> owners = owners();
            if (owners.putIfAbsent(region, claimant)) {
                return claimant;
            }
            Object present = owners.get(region);
            return present == null ? claimant : (String) present;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "region " + region + ": whose it is cannot be told", e);
            return claimant;
        }
    }

    private Cache<Object, Object> owners() {
        return RegionCaches.opened(manager, CACHE, FyerConfiguration.builder().build());
    }
}
