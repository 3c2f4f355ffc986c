package io.fyercache.benchmarks.speed;

import io.fyercache.benchmarks.contestant.LimitMaps;
import io.fyercache.benchmarks.workload.Dataset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** The same operations on a bare map, each by the map's nearest means. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() before anything else.
public class LimitBenchmark {
    private ConcurrentMap<Long, Object> map;
    private Dataset dataset;

    /** Makes and fills the map. */
    @Setup
    public void open(CellState cell) {
        CellState.reporting(() -> {
            dataset = cell.dataset();
            map = LimitMaps.open(cell.contestant, cell.shape());
            for (int i = 0; i < Dataset.ENTRIES; i++) {
                map.put(dataset.storedKey(i), dataset.initial(i));
            }
            cell.verifyFilled(i -> map.get(dataset.lookupKey(i)));
            CellState.age();
        });
    }

    /** Checks what the run left. */
    @TearDown
    public void close(CellState cell, BenchmarkParams run) {
        CellState.reporting(
                () -> cell.verifyWorked(ProviderBenchmark.operation(run), i -> map.get(dataset.lookupKey(i))));
    }

    /** Looks at the value, as whoever asks for one does: contestants differ in whether they have done so by themselves. */
    @Benchmark
    public long get(Cursor cursor) {
        return dataset.look(map.get(dataset.lookupKey(cursor.next())));
    }

    @Benchmark
    public @Nullable Object put(Cursor cursor) {
        int step = cursor.next();
        return map.put(dataset.lookupKey(step), dataset.update(step));
    }

    @Benchmark
    public @Nullable Object invoke(Cursor cursor) {
        int step = cursor.next();
        Object update = dataset.update(step);
        return map.compute(dataset.lookupKey(step), (key, old) -> update);
    }

    @Benchmark
    public void getAll(Cursor cursor, Blackhole values) {
        Map<Long, Object> found = new HashMap<>();
        for (Long key : dataset.bulk(cursor.next())) {
            found.put(key, map.get(key));
        }
        found.values().forEach(values::consume);
    }

    @Benchmark
    public long zipf(Cursor cursor) {
        int step = cursor.next();
        Long key = dataset.lookupKey(dataset.zipfIndex(step));
        if (step % Dataset.OPERATIONS_PER_WRITE == 0) {
            map.put(key, dataset.zipfUpdate(step));
            return key;
        }
        return dataset.look(map.get(key));
    }
}
