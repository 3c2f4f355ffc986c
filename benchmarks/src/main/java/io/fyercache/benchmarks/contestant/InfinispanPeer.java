package io.fyercache.benchmarks.contestant;

import java.util.Properties;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.infinispan.commons.marshall.JavaSerializationMarshaller;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.jcache.embedded.JCacheManager;

/**
 * Infinispan's embedded provider, local: without a transport it opens no socket.
 *
 * <p>Its default marshaller refuses classes without a Protobuf schema. By value, JSR-107 asks for Java serialization, so that is set, for
 * the classes of the benchmarks.
 */
final class InfinispanPeer {
    private InfinispanPeer() {}

    static OpenProvider open() {
        CachingProvider provider = OpenProvider.instantiate("org.infinispan.jcache.embedded.JCachingProvider");
        Consumer<GlobalConfigurationBuilder> javaSerialization = global -> global.serialization()
                .marshaller(new JavaSerializationMarshaller())
                .allowList()
                .addRegexps("io\\.fyercache\\..*", "java\\..*");
        Properties properties = new Properties();
        properties.put(JCacheManager.GLOBAL_CONFIGURATION_CONSUMER, javaSerialization);
        CacheManager manager =
                provider.getCacheManager(provider.getDefaultURI(), InfinispanPeer.class.getClassLoader(), properties);
        return OpenProvider.onHeap(manager, UnboundedConfiguration.PLAIN);
    }
}
