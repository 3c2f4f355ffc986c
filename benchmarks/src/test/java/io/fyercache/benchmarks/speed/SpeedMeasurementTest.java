package io.fyercache.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.workload.CacheShape;
import io.fyercache.benchmarks.workload.CacheShape.Expiry;
import io.fyercache.benchmarks.workload.CacheShape.Statistics;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import io.fyercache.benchmarks.workload.ValueKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedMeasurementTest {
    private static final SpeedCell GET = new SpeedCell(
            Operation.GET, new CacheShape(Store.REFERENCE, ValueKind.POJO, Statistics.OFF, Expiry.ETERNAL), 1);
    private static final SpeedCell PUT_COPIES = new SpeedCell(
            Operation.PUT, new CacheShape(Store.VALUE, ValueKind.POJO, Statistics.OFF, Expiry.ETERNAL), 2);

    @TempDir
    Path directory;

    private SpeedMeasurement speed;

    @BeforeEach
    void prepare() {
        speed = new SpeedMeasurement(new Effort(1, 1, 2, 50), List.of("-Xmx256m"), directory);
    }

    @Test
    void fork_capableContestant_givesASamplePerIterationAndRawResults() throws Exception {
        assertThat(speed.fork(GET, Contestant.CHM))
                .isInstanceOfSatisfying(
                        Measured.class,
                        measured -> assertThat(measured.samples()).hasSize(2).allMatch(sample -> sample > 0));

        Path raw = directory.resolve("jmh.json");
        speed.writeRaw(raw);
        assertThat(raw).content().contains("LimitBenchmark.get", "\"contestant\" : \"CHM\"");
    }

    @Test
    void fork_limitThatCannotCopy_isNotStarted() throws Exception {
        assertThat(speed.fork(PUT_COPIES, Contestant.CAFFEINE_RAW))
                .isEqualTo(new NotAvailable("a bare map does not copy values"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fork_peerThatFailsVerification_givesItsReasonAndIsStartedOnce() throws Exception {
        NotAvailable reason = new NotAvailable("does not support store by reference (CachingProvider.isSupported)");

        assertThat(speed.fork(GET, Contestant.HAZELCAST)).isEqualTo(reason);
        assertThat(speed.fork(GET, Contestant.HAZELCAST)).isEqualTo(reason);
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSize(1);
        }
    }
}
