package io.fyercache.bookshop;

import java.util.Arrays;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * The application, running in the JVM of the test. Settings are as in {@code application.properties}, such as
 * {@code spring.cache.cache-names=books}.
 *
 * <p>One at a time, unless a test is about that: applications of one class loader and URI share a manager. Used by the test's thread.
 */
final class OpenShop implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private OpenShop(SpringApplicationBuilder builder, String... settings) {
        this.context = builder.bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    static OpenShop with(String... settings) {
        return new OpenShop(new SpringApplicationBuilder(Bookshop.class), settings);
    }

    /** Opens a shop whose books come from {@code shelf}. */
    static OpenShop with(Shelf shelf, String... settings) {
        ApplicationContextInitializer<GenericApplicationContext> delivery = context -> context.registerBean(
                "delivered shelf", Shelf.class, () -> shelf, definition -> definition.setPrimary(true));
        return new OpenShop(new SpringApplicationBuilder(Bookshop.class).initializers(delivery), settings);
    }

    /** Opens a shop on the class path of {@code loader}. */
    static OpenShop with(ClassLoader loader, String... settings) {
        // As a server does that starts an application with a class loader of its own.
        ClassLoader before = ClassUtils.overrideThreadContextClassLoader(loader);
        try {
            return new OpenShop(
                    new SpringApplicationBuilder(Bookshop.class).resourceLoader(new DefaultResourceLoader(loader)),
                    settings);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Catalogue catalogue() {
        return bean(Catalogue.class);
    }

    int lookUps() {
        return bean(Shelf.class).lookUps();
    }

    CacheManager manager() {
        return bean(CacheManager.class);
    }

    Cache<Object, Object> cache(String name) {
        return manager().getCache(name);
    }

    @Override
    public void close() {
        context.close();
    }
}
