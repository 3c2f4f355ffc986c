package io.fyercache.benchmarks.contestant;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;

/**
 * Ignite 2, one node, which keeps entries outside the heap and copies on each read.
 *
 * <p>The provider's default manager starts a node whose address list is empty: no multicast. {@code IGNITE_LOCAL_HOST} binds discovery,
 * communication and client ports to loopback.
 */
final class IgnitePeer {
    /** The packages that Ignite reaches into by reflection, as its start script opens them. */
    static final List<String> JVM_OPTIONS = Stream.concat(
                    Stream.of(
                                    "java.base/java.io",
                                    "java.base/java.lang",
                                    "java.base/java.lang.invoke",
                                    "java.base/java.math",
                                    "java.base/java.net",
                                    "java.base/java.nio",
                                    "java.base/java.time",
                                    "java.base/java.util",
                                    "java.base/java.util.concurrent",
                                    "java.base/java.util.concurrent.atomic",
                                    "java.base/java.util.concurrent.locks",
                                    "java.base/jdk.internal.access",
                                    "java.base/jdk.internal.misc",
                                    "java.base/sun.nio.ch",
                                    "java.base/sun.reflect.generics.reflectiveObjects",
                                    "java.base/sun.util.calendar",
                                    "java.management/com.sun.jmx.mbeanserver",
                                    "jdk.internal.jvmstat/sun.jvmstat.monitor",
                                    "jdk.management/com.sun.management.internal")
                            .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED"),
                    Stream.of(
                            "-DIGNITE_LOCAL_HOST=127.0.0.1",
                            "-DIGNITE_QUIET=true",
                            "-DIGNITE_NO_ASCII=true",
                            "-DIGNITE_PERFORMANCE_SUGGESTIONS_DISABLED=true",
                            "-DIGNITE_UPDATE_NOTIFIER=false",
                            "-Djava.net.preferIPv4Stack=true"))
            .toList();

    private IgnitePeer() {}

    static OpenProvider open() {
        CacheManager manager = OpenProvider.instantiate("org.apache.ignite.cache.CachingProvider")
                .getCacheManager();
        return new OpenProvider(manager, UnboundedConfiguration.PLAIN, IgnitePeer::dataRegionBytes, () -> {});
    }

    @SuppressWarnings("deprecation") // Its successor, a JMX bean, reports the same counter.
    private static long dataRegionBytes() {
        return Ignition.allGrids().stream()
                .map(Ignite::dataRegionMetrics)
                .flatMap(Collection::stream)
                .mapToLong(region -> region.getTotalAllocatedSize())
                .sum();
    }
}
