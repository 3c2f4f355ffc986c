package io.fyercache.hipster;

import javax.cache.CacheManager;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Hands JHipster's manager to our region factory. */
@Configuration(proxyBeanMethods = false)
@Import(HipsterCaches.class)
public class FyerCacheHipster {
    @Bean
    HibernatePropertiesCustomizer manager(CacheManager manager) {
        return properties -> properties.put("hibernate.fyercache.cache_manager", manager);
    }
}
