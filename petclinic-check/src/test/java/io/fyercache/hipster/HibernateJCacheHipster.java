package io.fyercache.hipster;

import javax.cache.CacheManager;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Hands JHipster's manager to Hibernate's region factory for JCache. */
@Configuration(proxyBeanMethods = false)
@Import(HipsterCaches.class)
public class HibernateJCacheHipster {
    @Bean
    HibernatePropertiesCustomizer manager(CacheManager manager) {
        return properties -> {
            properties.put("hibernate.javax.cache.cache_manager", manager);
            properties.put("hibernate.javax.cache.missing_cache_strategy", "create");
        };
    }
}
