package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.jcache.EngineCacheManager;
import io.fyercache.jcache.FyerCachingProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.CacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;

/** When Spring Boot takes our provider. */
class ProviderChoiceTest {
    @TempDir
    private Path classPath;

    @Test
    void nothingConfigured_cachesAreOurs() {
        try (OpenShop shop = OpenShop.with()) {
            assertThat(shop.bean(CacheManager.class)).isInstanceOf(JCacheCacheManager.class);
            assertThat(shop.manager()).isInstanceOf(EngineCacheManager.class);
            assertThat(shop.manager().getURI()).isEqualTo(new FyerCachingProvider().getDefaultURI());
        }
    }

    @Test
    void nothingConfigured_fileOfTheDefaultNameOnTheClassPath_isInForce() throws Exception {
        Files.writeString(classPath.resolve("fyercache.yaml"), "caches: { books: {}, reviews: {} }");

        try (URLClassLoader loader = loader();
                OpenShop shop = OpenShop.with(loader)) {
            assertThat(shop.manager().getClassLoader()).isSameAs(loader);
            assertThat(shop.bean(CacheManager.class).getCacheNames()).containsExactlyInAnyOrder("books", "reviews");
        }
    }

    @Test
    void secondProviderOnTheClassPath_springTakesNone() throws Exception {
        registerSecondProvider();

        try (URLClassLoader loader = loader();
                OpenShop shop = OpenShop.with(loader)) {
            assertThat(shop.bean(CacheManager.class)).isNotInstanceOf(JCacheCacheManager.class);
        }
    }

    @Test
    void secondProviderOnTheClassPath_settingNamesOurs_cachesAreOurs() throws Exception {
        registerSecondProvider();

        try (URLClassLoader loader = loader();
                OpenShop shop =
                        OpenShop.with(loader, "spring.cache.jcache.provider=io.fyercache.jcache.FyerCachingProvider")) {
            assertThat(shop.manager()).isInstanceOf(EngineCacheManager.class);
        }
    }

    private void registerSecondProvider() throws Exception {
        Path services = Files.createDirectories(classPath.resolve("META-INF/services"));
        Files.writeString(services.resolve(CachingProvider.class.getName()), UnwantedProvider.class.getName());
    }

    private URLClassLoader loader() throws Exception {
        return new URLClassLoader(
                new URL[] {classPath.toUri().toURL()}, getClass().getClassLoader());
    }
}
