package io.fyercache.hibernate;

import io.fyercache.hibernate.region.DomainRegion;
import io.fyercache.hibernate.region.QueryRegion;
import io.fyercache.hibernate.region.RegionCaches;
import io.fyercache.hibernate.region.SessionContext;
import io.fyercache.hibernate.region.TimestampRegion;
import io.fyercache.hibernate.state.StateFingerprint;
import io.fyercache.hibernate.timestamp.TimestampSource;
import java.util.Map;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.CacheException;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.QueryResultsRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.cache.spi.TimestampsRegion;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's second-level cache on FyerCache: {@code hibernate.cache.region.factory_class=fyercache}.
 *
 * <p>With that setting alone the regions are in this JVM, for this session factory only. {@code hibernate.fyercache.uri} names a cache manager by any
 * URI of {@link io.fyercache.jcache.FyerCachingProvider}, such as that of a cluster; {@code hibernate.fyercache.cache_manager} hands over the
 * application's own.
 *
 * <p>Thread-safe from {@link #start} on. Before it, and after {@link #stop()}, regions cannot be built.
 */
public final class FyerRegionFactory implements RegionFactory {
    private static final long serialVersionUID = 1L;

    /** What the setting says. */
    public static final String SHORT_NAME = "fyercache";

    /** What there is between start and stop. */
    private record Running(
            CacheAccess access,
            RegionSettings settings,
            @Nullable String regionPrefix) {}

    // Never serialized: Hibernate's services are, by accident of their parent.
    private transient volatile @Nullable Running running;

    /** Of the last start: a session may outlive its factory. */
    private transient volatile @Nullable TimestampSource timestamps;

    /** Makes a factory; for Hibernate. */
    public FyerRegionFactory() {}

    /**
     * Opens the cache manager. A second session factory of the same service registry uses what the first one has opened.
     *
     * @throws CacheException if a setting is wrong, or the manager cannot be opened. The factory is not started then
     */
    @Override
    public synchronized void start(SessionFactoryOptions options, Map<String, Object> configuration) {
        if (running != null) {
            return;
        }
        RegionSettings settings = RegionSettings.of(configuration);
        CacheAccess access = CacheAccess.open(settings, applicationClassLoader());
        if (access.clustered() && options.isDirectReferenceCacheEntriesEnabled()) {
            access.close();
            throw new CacheException(
                    "hibernate.cache.use_reference_entries: true (expected: false, as the entries are in"
                            + " a cluster, where nothing is kept by reference); set it to false, or use a local cache manager");
        }
        timestamps = access.terms().timestamps();
        running = new Running(access, settings, options.getCacheRegionPrefix());
    }

    /** Closes the cache manager, unless it is the application's. */
    @Override
    public synchronized void stop() {
        Running before = running;
        running = null;
        if (before != null) {
            before.access().close();
        }
    }

    /** Returns true: to see that a load has nothing new to offer costs less than to offer it. */
    @Override
    public boolean isMinimalPutsEnabledByDefault() {
        return true;
    }

    @Override
    public AccessType getDefaultAccessType() {
        return AccessType.READ_WRITE;
    }

    /** Returns the name of the cache of a region: the region's own, with {@code hibernate.cache.region_prefix} before it. */
    @Override
    public String qualify(String regionName) {
        String prefix = running().regionPrefix();
        return prefix == null || regionName.startsWith(prefix + ".") ? regionName : prefix + "." + regionName;
    }

    @Override
    public long nextTimestamp() {
        TimestampSource source = timestamps;
        if (source == null) {
            throw notStarted();
        }
        return source.next();
    }

    /** Makes what the cache knows of a session, which begins with it. */
    @Override
    public CacheTransactionSynchronization createTransactionContext(SharedSessionContractImplementor session) {
        return new SessionContext(this);
    }

    /** Returns the timeout of soft locks, in the unit of {@link #nextTimestamp()}. */
    @Override
    public long getTimeout() {
        return TimestampSource.span(running().settings().lockTimeout());
    }

    /**
     * Builds a region of entities, collections and natural ids.
     *
     * @throws CacheException if its cache cannot be made
     */
    @Override
    public DomainDataRegion buildDomainDataRegion(
            DomainDataRegionConfig regionConfig, DomainDataRegionBuildingContext buildingContext) {
        return new DomainRegion(
                regionConfig,
                this,
                caches().domain(qualify(regionConfig.getRegionName())),
                running().access().terms(),
                buildingContext);
    }

    @Override
    public QueryResultsRegion buildQueryResultsRegion(String regionName, SessionFactoryImplementor sessionFactory) {
        return new QueryRegion(
                regionName,
                this,
                caches().queryResults(qualify(regionName)),
                caches().queryKeys(StateFingerprint.ofModel(sessionFactory)));
    }

    @Override
    public TimestampsRegion buildTimestampsRegion(String regionName, SessionFactoryImplementor sessionFactory) {
        return new TimestampRegion(
                regionName,
                this,
                caches().timestamps(qualify(regionName)),
                running().access().terms());
    }

    /**
     * Returns what finds the application's classes: the context's class loader, as Hibernate itself has it. Not Hibernate's own loader, which asks the
     * context's in turn: where user code of a cluster runs, that would be itself.
     */
    private static ClassLoader applicationClassLoader() {
        ClassLoader ofContext = Thread.currentThread().getContextClassLoader();
        return ofContext != null ? ofContext : FyerRegionFactory.class.getClassLoader();
    }

    private RegionCaches caches() {
        return running().access().caches();
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw notStarted();
        }
        return now;
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException(
                "region factory " + SHORT_NAME + " is not started (expected: between start and stop)");
    }
}
