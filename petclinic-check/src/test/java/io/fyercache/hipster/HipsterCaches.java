package io.fyercache.hipster;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.petclinic.Owner;
import io.fyercache.petclinic.Pet;
import io.fyercache.petclinic.Vet;
import io.fyercache.petclinic.Visit;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.springframework.boot.cache.autoconfigure.JCacheManagerCustomizer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Regions as applications of JHipster make them: one by one, in Spring's cache manager, which Hibernate is handed. In a package that the application does not
 * scan, so that it has them when it is told to.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching
public class HipsterCaches {
    @Bean
    JCacheManagerCustomizer regions() {
        return manager -> Stream.of(
                        Owner.class.getName(),
                        Owner.class.getName() + ".pets",
                        Pet.class.getName(),
                        Pet.class.getName() + ".visits",
                        Visit.class.getName(),
                        Vet.class.getName())
                .forEach(region -> create(manager, region));
    }

    private static void create(CacheManager manager, String region) {
        if (manager.getCache(region) == null) {
            manager.createCache(
                    region,
                    FyerConfiguration.builder()
                            .maximumEntries(100)
                            .expiry(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
                            .build());
        } else {
            manager.getCache(region).clear();
        }
    }
}
