package io.fyercache.jcache.management;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.statistics.CacheCounters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The two beans of one cache at the platform's MBean server, each there or not.
 *
 * <p>Their names are those of JSR-107 ({@code CacheManager.enableManagement}, {@code enableStatistics}). Two managers of one URI with
 * different class loaders may have caches of one name; there is one such name in a JVM, and the cache that came first has it. The other
 * counts all the same, and says in the log why JMX does not show it.
 *
 * <p>Thread-safe.
 */
public final class CacheBeans {
    private static final Logger LOGGER = System.getLogger(CacheBeans.class.getName());

    /**
     * What may not stand in a value of an {@link ObjectName}. JSR-107 names the first four; the others would make the name a pattern or a
     * quotation, and so unusable.
     */
    private static final Pattern UNUSABLE = Pattern.compile("[,:=\n*?\"]");

    /** The kinds of beans. */
    public enum Kind {
        /** Shows the configuration. */
        CONFIGURATION("CacheConfiguration"),
        /** Shows the statistics. */
        STATISTICS("CacheStatistics");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    private final URI managerUri;
    private final String cacheName;
    private final Supplier<? extends CompleteConfiguration<?, ?>> configuration;
    private final CacheCounters counters;

    @GuardedBy("this")
    private final Set<Kind> registered = EnumSet.noneOf(Kind.class);

    /** Makes the beans of a cache; none is registered. */
    public CacheBeans(
            URI managerUri,
            String cacheName,
            Supplier<? extends CompleteConfiguration<?, ?>> configuration,
            CacheCounters counters) {
        this.managerUri = managerUri;
        this.cacheName = cacheName;
        this.configuration = configuration;
        this.counters = counters;
    }

    /**
     * Shows a bean; nothing happens if it is shown already.
     *
     * @throws CacheException if the server refuses it
     */
    public synchronized void register(Kind kind) {
        if (registered.contains(kind)) {
            return;
        }
        ObjectName name = nameOf(kind);
        Object bean = switch (kind) {
            case CONFIGURATION -> new ConfigurationBean(configuration);
            case STATISTICS -> new StatisticsBean(counters);
        };
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
            registered.add(kind);
        } catch (InstanceAlreadyExistsException e) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cacheName + "': JMX does not show it as " + name
                            + ", because that name is taken by a cache of another manager of the same URI; give each"
                            + " manager a URI of its own");
        } catch (JMException e) {
            throw new CacheException("cache '" + cacheName + "': cannot register " + name, e);
        }
    }

    /**
     * Takes a bean away; nothing happens if it is not shown.
     *
     * @throws CacheException if the server refuses
     */
    public synchronized void unregister(Kind kind) {
        if (!registered.remove(kind)) {
            return;
        }
        ObjectName name = nameOf(kind);
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            LOGGER.log(Level.DEBUG, () -> "cache '" + cacheName + "': somebody else unregistered " + name);
        } catch (JMException e) {
            throw new CacheException("cache '" + cacheName + "': cannot unregister " + name, e);
        }
    }

    private ObjectName nameOf(Kind kind) {
        try {
            return new ObjectName("javax.cache:type=" + kind.type + ",CacheManager=" + usable(managerUri.toString())
                    + ",Cache=" + usable(cacheName));
        } catch (JMException e) {
            throw new CacheException("cache '" + cacheName + "': has no name that JMX understands", e);
        }
    }

    private static String usable(String text) {
        return UNUSABLE.matcher(text).replaceAll(".");
    }
}
