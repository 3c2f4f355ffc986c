package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.CacheAside;
import io.fyercache.jcache.CacheAside.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that ask for one cold key, by lambdas, which could not travel. */
class CacheAsideInAClusterTest extends OneServerTest {
    private static final Limits SHORT = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final AtomicInteger computations = new AtomicInteger();

    private UriProcesses processes;
    private Cache<String, Integer> one;
    private Cache<String, Integer> two;

    @BeforeEach
    void openCaches() {
        processes = new UriProcesses(settings.servers(), settings.chroot());
        one = UriProcesses.numbers(processes.open("name=one"));
        two = UriProcesses.numbers(processes.open("name=two"));
    }

    @AfterEach
    void closeCaches() {
        processes.close();
    }

    private static <T> FutureTask<T> started(FutureTask<T> task) {
        new Thread(task, "caller").start();
        return task;
    }

    @Test
    void get_coldKeysInBothProcesses_eachIsComputedOnce() throws Exception {
        int keys = 20;
        List<FutureTask<List<Integer>>> calls = new ArrayList<>();
        for (Cache<String, Integer> cache : List.of(one, two)) {
            CacheAside<String, Integer> aside = CacheAside.of(cache);
            for (int thread = 0; thread < 4; thread++) {
                calls.add(started(new FutureTask<>(() -> {
                    List<Integer> values = new ArrayList<>();
                    for (int key = 0; key < keys; key++) {
                        values.add(aside.get("key-" + key, absent -> computations.incrementAndGet()));
                    }
                    return values;
                })));
            }
        }

        List<Integer> first = calls.get(0).get();
        for (FutureTask<List<Integer>> call : calls) {
            assertThat(call.get()).isEqualTo(first);
        }
        assertThat(computations).hasValue(keys);
    }

    @Test
    void get_functionDoesNotReturn_theOtherProcessTakesOver() throws Exception {
        CacheAside<String, Integer> asideOfTwo = CacheAside.of(two, SHORT);
        CacheAside<String, Integer> asideOfOne = CacheAside.of(one, SHORT);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<Integer> stuck = started(new FutureTask<>(() -> asideOfOne.get("key", absent -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return -1;
        })));
        begun.await();

        assertThat(asideOfTwo.get("key", absent -> 2)).isEqualTo(2);
        goOn.countDown();
        assertThat(stuck.get()).isEqualTo(2);
        assertThat(one.get("key")).isEqualTo(2);
    }

    @Test
    void of_anotherLimitInAnotherProcess_isRefused() {
        CacheAside.of(one);
        assertThatThrownBy(() -> CacheAside.of(two, SHORT)).hasMessageContainingAll("numbers.claims", "expiry");
    }
}
