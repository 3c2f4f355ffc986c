package io.fyercache.bookshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.CacheManager;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several starts of an application in one JVM, as in a server, under a developer's tools or in tests. */
class RestartTest {
    private static final String ISBN = "0-201-63361-2";

    @ParameterizedTest
    @ValueSource(strings = {"spring.cache.cache-names=books", "spring.cache.jcache.config=classpath:caches.yaml"})
    void secondStart_hasFreshCaches(String setting) throws Exception {
        CacheManager first;
        try (OpenShop shop = OpenShop.with(setting)) {
            first = shop.manager();
            shop.catalogue().book(ISBN);
        }
        assertThat(first.isClosed()).isTrue();

        try (OpenShop shop = OpenShop.with(setting)) {
            assertThat(shop.manager()).isNotSameAs(first);
            assertThat(shop.cache(Catalogue.BOOKS)).isEmpty();
            shop.catalogue().book(ISBN);
            assertThat(shop.lookUps()).isEqualTo(1);
        }
    }

    @Test
    void twoAtATime_ofOneFile_haveTheSameCaches_untilOneCloses() throws Exception {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().book(ISBN);
            try (OpenShop other = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
                other.catalogue().book(ISBN);
                assertThat(other.lookUps()).isZero();
            }
            assertThat(shop.manager().isClosed()).isTrue();
        }
    }

    @Test
    void twoAtATime_ofTwoFiles_areApart() throws Exception {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().book(ISBN);
            try (OpenShop other = OpenShop.with("spring.cache.jcache.config=classpath:bounded.yaml")) {
                other.catalogue().book(ISBN);
                assertThat(other.lookUps()).isEqualTo(1);
            }
            assertThat(shop.cache(Catalogue.BOOKS)).hasSize(1);
        }
    }

    @Test
    void twoAtATime_thatNameTheSameCaches_secondDoesNotStart() {
        try (OpenShop shop = OpenShop.with("spring.cache.cache-names=books")) {
            assertThatThrownBy(() -> OpenShop.with("spring.cache.cache-names=books"))
                    .hasMessageContaining("cache 'books' exists already");
            assertThat(shop.manager().isClosed()).isFalse();
        }
    }

    @Test
    void close_endsOurThreads_andTakesOurBeansOut() throws Exception {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().book(ISBN);
            assertThat(ourThreads()).isNotEmpty();
            assertThat(ourBeans()).isNotEmpty();
        }

        assertThat(ourBeans()).isEmpty();
        await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }

    /** Its class loader cannot be the witness, for Spring itself remembers that one in soft references. */
    @Test
    void close_letsGoOfTheManager() throws Exception {
        WeakReference<CacheManager> manager = managerOfAClosedShop();

        await().untilAsserted(() -> {
            System.gc();
            assertThat(manager.get()).isNull();
        });
    }

    /** A method of its own: no variable of the test may keep the manager. */
    private static WeakReference<CacheManager> managerOfAClosedShop() throws Exception {
        try (OpenShop shop = OpenShop.with("spring.cache.jcache.config=classpath:caches.yaml")) {
            shop.catalogue().review(ISBN);
            return new WeakReference<>(shop.manager());
        }
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fyercache-"))
                .collect(Collectors.toSet());
    }

    private static Set<ObjectName> ourBeans() throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("javax.cache:*"), null);
    }
}
