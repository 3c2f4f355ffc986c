package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fyercache.jcache.FyerCachingProvider;
import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Processes of one cluster that are made by nothing but a URI, as applications make them. */
final class UriProcesses implements AutoCloseable {
    private final String place;
    private final FyerCachingProvider provider = new FyerCachingProvider();

    UriProcesses(String servers, String chroot) {
        place = "zk://" + servers + chroot + "?partitions=16&connectTimeout=1s&patience=2s&leaveLimit=2s&";
    }

    CacheManager open(String settings) {
        return provider.getCacheManager(URI.create(place + settings), getClass().getClassLoader());
    }

    static Cache<String, Integer> numbers(CacheManager manager) {
        return manager.createCache(
                "numbers", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    }

    /** Opens a manager, which must be refused. */
    ThrowableAssertAlternative<CacheException> assertRefused(String settings) {
        return assertThatExceptionOfType(CacheException.class).isThrownBy(() -> open(settings));
    }

    @Override
    public void close() {
        provider.close();
    }
}
