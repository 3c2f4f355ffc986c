package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.history.AtomicFunction.Add;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import javax.cache.Cache;

/** One counter in each partition, counted up by processors. Each is used by one thread. */
final class Counters implements Load.Use {
    private final Cache<String, Long> cache;
    private final List<String> keys;
    private final AtomicLongArray counted;

    Counters(Cache<String, Long> cache, int partitions) {
        this.cache = cache;
        this.counted = new AtomicLongArray(partitions);
        PartitionKeys named = new PartitionKeys(partitions);
        this.keys = IntStream.range(0, partitions)
                .mapToObj(partition -> named.key("counter", partition))
                .toList();
    }

    @Override
    public void operate(int partition, Random random) {
        long after = cache.invoke(keys.get(partition), new Add<>(1));
        assertThat(after).isEqualTo(counted.incrementAndGet(partition));
    }

    /** Each has counted what was acknowledged, and nothing else. */
    void check() {
        for (int partition = 0; partition < keys.size(); partition++) {
            assertThat(cache.get(keys.get(partition)))
                    .as("counter of partition %s", partition)
                    .isEqualTo(counted.get(partition));
        }
    }
}
