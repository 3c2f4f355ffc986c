package io.fyercache.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryMeasurementTest {
    private static final List<String> JVM_OPTIONS = List.of("-Xmx400m");

    @TempDir
    Path directory;

    @Test
    void weigh_concurrentHashMap_isTheSumOfItsObjects() {
        // byte[100] 120, Long 16, node 32 and 8 in a table of two slots per entry, with compressed pointers: 176, or
        // 184 before it shrank.
        assertThat(MemoryMeasurement.weigh(Contestant.CHM, Store.REFERENCE, JVM_OPTIONS, directory))
                .isInstanceOfSatisfying(
                        Measured.class,
                        measured -> assertThat(measured.median()).isBetween(182.0, 190.0));
    }

    @Test
    void weigh_mapByValue_isNotAvailable() {
        assertThat(MemoryMeasurement.weigh(Contestant.CHM, Store.VALUE, JVM_OPTIONS, directory))
                .isEqualTo(new NotAvailable("a bare map does not copy values"));
    }

    @Test
    void weigh_heapTooSmall_isNotAvailableAndNamesTheLog() {
        assertThat(MemoryMeasurement.weigh(Contestant.CHM, Store.REFERENCE, List.of("-Xmx32m"), directory))
                .isInstanceOfSatisfying(
                        NotAvailable.class,
                        gap -> assertThat(gap.reason())
                                .contains("MemoryProbe ended with code 1", "memory_reference-chm.log"));
    }
}
