package io.fyercache.bookshop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** {@code @Cacheable(sync = true)} over our caches: Spring runs the method as an entry processor. */
class SynchronizedMethodsTest {
    private static final String NAMES = "spring.cache.cache-names=books";
    private static final String ISBN = "0-201-63361-2";
    private static final String UNKNOWN_ISBN = "0-000-00000-0";

    @Test
    void sync_callersAtTheSameTime_shareOneLookUp() throws Exception {
        CountDownLatch secondWaits = new CountDownLatch(1);
        CountDownLatch firstIsAtTheShelf = new CountDownLatch(1);
        Shelf slow = new Shelf() {
            @Override
            public Optional<Book> book(String isbn) {
                firstIsAtTheShelf.countDown();
                awaitOpen(secondWaits);
                return super.book(isbn);
            }
        };
        try (OpenShop shop = OpenShop.with(slow, NAMES)) {
            FutureTask<Book> first = new FutureTask<>(() -> shop.catalogue().book(ISBN));
            FutureTask<Book> second = new FutureTask<>(() -> shop.catalogue().book(ISBN));
            new Thread(first, "first customer").start();
            awaitOpen(firstIsAtTheShelf);
            Thread secondCustomer = new Thread(second, "second customer");
            secondCustomer.start();
            await().until(() ->
                    EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(secondCustomer.getState()));
            secondWaits.countDown();

            assertThat(second.get(10, SECONDS)).isEqualTo(first.get(10, SECONDS));
            assertThat(shop.lookUps()).isEqualTo(1);
        }
    }

    @Test
    void sync_methodThrows_callerGetsItsExceptionItself_andNothingIsCached() {
        IllegalStateException dark = new IllegalStateException("no light at the shelf");
        Shelf broken = new Shelf() {
            @Override
            public Optional<Book> book(String isbn) {
                super.book(isbn);
                throw dark;
            }
        };
        try (OpenShop shop = OpenShop.with(broken, NAMES)) {
            assertThatThrownBy(() -> shop.catalogue().book(ISBN)).isSameAs(dark);
            assertThatThrownBy(() -> shop.catalogue().book(ISBN)).isSameAs(dark);
            assertThat(shop.lookUps()).isEqualTo(2);
            assertThat(shop.cache(Catalogue.BOOKS)).isEmpty();
        }
    }

    @Test
    void sync_methodThrowsCheckedException_callerGetsIt() {
        try (OpenShop shop = OpenShop.with(NAMES)) {
            assertThatThrownBy(() -> shop.catalogue().book(UNKNOWN_ISBN))
                    .isExactlyInstanceOf(UnknownBookException.class)
                    .hasMessageContaining(UNKNOWN_ISBN);
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
