package io.fyercache.benchmarks.contestant;

import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.infinispan.commons.marshall.JavaSerializationMarshaller;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.jcache.embedded.JCacheManager;

/**
 * Infinispan's embedded provider, local: without a transport it opens no socket.
 *
 * <p>Its default marshaller is the quicker and leaner one, but refuses classes without a Protobuf schema. For these, by value, JSR-107 asks for
 * Java serialization, so that is set, for the classes of the benchmarks.
 */
final class InfinispanPeer {
    private static final Set<Class<?>> KNOWN_TO_PROTOSTREAM = Set.of(String.class, byte[].class);

    private InfinispanPeer() {}

    static OpenProvider open(Class<?> valueType) {
        CachingProvider provider = OpenProvider.instantiate("org.infinispan.jcache.embedded.JCachingProvider");
        Properties properties = new Properties();
        if (!KNOWN_TO_PROTOSTREAM.contains(valueType)) {
            Consumer<GlobalConfigurationBuilder> javaSerialization = InfinispanPeer::useJavaSerialization;
            properties.put(JCacheManager.GLOBAL_CONFIGURATION_CONSUMER, javaSerialization);
        }
        CacheManager manager =
                provider.getCacheManager(provider.getDefaultURI(), InfinispanPeer.class.getClassLoader(), properties);
        return OpenProvider.onHeap(manager, UnboundedConfiguration.PLAIN);
    }

    private static void useJavaSerialization(GlobalConfigurationBuilder global) {
        global.serialization()
                .marshaller(new JavaSerializationMarshaller())
                .allowList()
                .addRegexps("io\\.fyercache\\..*", "java\\..*");
    }
}
