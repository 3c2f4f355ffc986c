package io.fyercache.core.codec;

import static io.fyercache.core.codec.Samples.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.codec.Samples.Color;
import io.fyercache.core.codec.Samples.Labelled;
import io.fyercache.core.codec.Samples.Order;
import io.fyercache.core.codec.Samples.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One chain, many threads, from the first use of each class on. */
class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int CHAINS = 200;

    @Test
    void oneChain_manyThreads_eachGetsItsOwnValues() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < CHAINS; i++) {
                CodecChain chain = chain(); // fresh, so that the threads race to build its layouts
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> runs = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    int thread = t;
                    runs.add(threads.submit(() -> {
                        start.await();
                        roundTrips(chain, thread);
                        return null;
                    }));
                }
                start.countDown();
                for (Future<?> run : runs) {
                    run.get(30, TimeUnit.SECONDS);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void encode_valueChangedByAnotherThread_isRefusedOrAConsistentLength() throws Exception {
        CodecChain chain = chain();
        List<Integer> list = new ArrayList<>();
        Map<Integer, Integer> map = new HashMap<>();
        List<Object> value = new ArrayList<>(List.of(list, map));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int i = 0; !done.get(); i++) {
                if (i % 100 == 0) {
                    list.clear();
                    map.clear();
                }
                list.add(i);
                map.put(i, i);
            }
        });
        writer.start();
        int refused = 0;
        try {
            while (refused < 20) {
                try {
                    assertThat((List<?>) chain.decode(chain.encode(value))).hasSize(2);
                } catch (CodecException e) {
                    assertThat(e).hasMessageContaining("was changed while it was encoded");
                    refused++;
                }
            }
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private static void roundTrips(CodecChain chain, int thread) {
        List<Object> values = List.of(
                new Order("id-" + thread, "customer-" + thread),
                new Labelled("label-" + thread, new ArrayList<>(List.of(new Point(thread, -thread), Color.GREEN))),
                new Point[] {new Point(thread, thread)},
                new HashMap<>(Map.of("k" + thread, thread)));
        for (Object value : values) {
            Object decoded = chain.decode(chain.encode(value));
            assertThat(Objects.deepEquals(decoded, value)).isTrue();
        }
    }
}
