package io.fyercache.tck.annotations;

import javax.cache.Caching;
import javax.cache.annotation.BeanProvider;
import javax.cache.configuration.MutableConfiguration;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Runs the annotation tests through Spring's own support of the JSR-107 annotations. */
public final class SpringBeanProvider implements BeanProvider {
    private final ApplicationContext context;

    /** Called by {@code ServiceLoader}. */
    public SpringBeanProvider() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Blogs.class);
        context.registerShutdownHook();
        this.context = context;
    }

    @Override
    public <T> T getBeanByType(Class<T> type) {
        return BeanLog.handedOut(type, context.getBean(type));
    }

    /** The application: the TCK's annotated classes, and caches by the names their annotations give. */
    @Configuration
    @EnableCaching(proxyTargetClass = true)
    @Import({
        CacheNameOnEachMethodBlogManagerImpl.class,
        ClassLevelCacheConfigBlogManagerImpl.class,
        UsingDefaultCacheNameBlogManagerImpl.class
    })
    static class Blogs {
        @Bean
        CacheManager cacheManager() {
            javax.cache.CacheManager manager = Caching.getCachingProvider().getCacheManager();
            // Spring finds caches and creates none; JSR-107's default name is that of class, method and parameters.
            manager.createCache("blogManager", new MutableConfiguration<>());
            manager.createCache("blgMngr", new MutableConfiguration<>());
            manager.createCache(
                    "manager.UsingDefaultCacheNameBlogManagerImpl.getEntryCached(java.lang.String)",
                    new MutableConfiguration<>());
            return new JCacheCacheManager(manager);
        }
    }
}
