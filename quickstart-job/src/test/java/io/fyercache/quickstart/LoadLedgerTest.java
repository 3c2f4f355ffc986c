package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;

class LoadLedgerTest {
    private static final ReferenceStream STREAM =
            new ReferenceStream.Builder().add("a").add("b").build();

    @Test
    void load_eachKey_isCountedByItsNumber() {
        LoadLedger ledger = new LoadLedger(loader(LoadLedgerTest::row), STREAM);
        ledger.load("b");
        ledger.load("b");
        ledger.load("not in the stream");

        assertThat(ledger.finishedLoads(0)).isZero();
        assertThat(ledger.finishedLoads(1)).isEqualTo(2);
        assertThat(ledger.loads()).isEqualTo(3);
        assertThat(ledger.overlaps()).isZero();
    }

    @Test
    void loadAll_countsEachKey() {
        LoadLedger ledger = new LoadLedger(loader(LoadLedgerTest::row), STREAM);

        assertThat(ledger.loadAll(List.of("a", "b"))).containsOnlyKeys("a", "b");
        assertThat(ledger.finishedLoads(0)).isEqualTo(1);
        assertThat(ledger.finishedLoads(1)).isEqualTo(1);
        assertThat(ledger.loads()).isEqualTo(2);
    }

    @Test
    void load_throws_isCountedAndThrown() {
        LoadLedger ledger = new LoadLedger(
                loader(key -> {
                    throw new CacheLoaderException("down");
                }),
                STREAM);

        assertThatThrownBy(() -> ledger.load("a")).hasMessage("down");
        assertThat(ledger.finishedLoads(0)).isEqualTo(1);
    }

    @Test
    void load_sameKeyAtOnce_isAnOverlap() throws Exception {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        LoadLedger ledger = new LoadLedger(
                loader(key -> {
                    await(bothInside);
                    return row(key);
                }),
                STREAM);

        Workers.runAll(List.of(() -> ledger.load("a"), () -> ledger.load("a")));
        assertThat(ledger.overlaps()).isEqualTo(1);

        Workers.runAll(List.of(() -> ledger.load("a"), () -> ledger.load("b")));
        assertThat(ledger.overlaps()).as("different keys may load at once").isEqualTo(1);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassRow row(String key) {
        return new ClassRow(key, "module", null, 1, 1);
    }

    private static CacheLoader<String, ClassRow> loader(Function<String, ClassRow> rows) {
        return new CacheLoader<>() {
            @Override
            public ClassRow load(String key) {
                return rows.apply(key);
            }

            @Override
            public Map<String, ClassRow> loadAll(Iterable<? extends String> keys) {
                Map<String, ClassRow> loaded = new HashMap<>();
                keys.forEach(key -> loaded.put(key, load(key)));
                return loaded;
            }
        };
    }
}
