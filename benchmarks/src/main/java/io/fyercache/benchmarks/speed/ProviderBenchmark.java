package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.OpenProvider;
import io.fyercache.benchmarks.workload.Dataset;
import io.fyercache.benchmarks.workload.SwapValue;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** The operations on a JCache provider. The measured code calls {@link Cache} and nothing of the provider's own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() before anything else.
public class ProviderBenchmark {
    private static final SwapValue<Object> SWAP = new SwapValue<>();

    private OpenProvider provider;
    private Cache<Long, Object> cache;
    private Dataset dataset;

    /** Opens the provider, verifies it and fills the cache. */
    @Setup
    public void open(CellState cell) {
        CellState.reporting(() -> {
            dataset = cell.dataset();
            provider = cell.contestant.open(cell.value.type());
            try {
                fillVerified(cell);
            } catch (RuntimeException | Error e) {
                // JMH calls no tear-down then, and would wait for the provider's threads.
                provider.close();
                throw e;
            }
        });
    }

    private void fillVerified(CellState cell) {
        CacheVerification.verify(provider, cell.shape());
        cache = provider.createCache("measured", cell.shape().configuration());
        for (int i = 0; i < Dataset.ENTRIES; i++) {
            cache.put(dataset.storedKey(i), dataset.initial(i));
        }
        cell.verifyFilled(i -> cache.get(dataset.lookupKey(i)));
        CellState.age();
    }

    /** Checks what the run left and closes the provider. */
    @TearDown
    public void close(CellState cell, BenchmarkParams run) {
        try {
            CellState.reporting(() -> cell.verifyWorked(operation(run), i -> cache.get(dataset.lookupKey(i))));
        } finally {
            provider.close();
        }
    }

    static Operation operation(BenchmarkParams run) {
        String method = run.getBenchmark().substring(run.getBenchmark().lastIndexOf('.') + 1);
        for (Operation operation : Operation.values()) {
            if (operation.id().equals(method)) {
                return operation;
            }
        }
        throw new IllegalStateException("benchmark method: %s (expected: the id of an Operation)".formatted(method));
    }

    /** Looks at the value, as whoever asks for one does: contestants differ in whether they have done so by themselves. */
    @Benchmark
    public long get(Cursor cursor) {
        return dataset.look(cache.get(dataset.lookupKey(cursor.next())));
    }

    @Benchmark
    public void put(Cursor cursor) {
        int step = cursor.next();
        cache.put(dataset.lookupKey(step), dataset.update(step));
    }

    @Benchmark
    public Object invoke(Cursor cursor) {
        int step = cursor.next();
        return cache.invoke(dataset.lookupKey(step), SWAP, dataset.update(step));
    }

    /** Looks at each value, since a map that decodes when asked would otherwise do nothing. */
    @Benchmark
    public void getAll(Cursor cursor, Blackhole values) {
        cache.getAll(dataset.bulk(cursor.next())).values().forEach(values::consume);
    }

    /** Every twentieth operation writes. */
    @Benchmark
    public long zipf(Cursor cursor) {
        int step = cursor.next();
        Long key = dataset.lookupKey(dataset.zipfIndex(step));
        if (step % Dataset.OPERATIONS_PER_WRITE == 0) {
            cache.put(key, dataset.zipfUpdate(step));
            return key;
        }
        return dataset.look(cache.get(key));
    }
}
