package io.fyercache.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.cluster.ChangeCell;
import io.fyercache.benchmarks.cluster.ChangeSample;
import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.FaultSample;
import io.fyercache.benchmarks.cluster.SpeedSample;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.report.MarkdownReport;
import io.fyercache.benchmarks.report.RunDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterResultsTest {
    private static final ClusterCell CELL = new ClusterCell(CacheForm.PARTITIONED, ClusterOperation.GET, 100, 8);

    private final ClusterResults results = new ClusterResults();

    @Test
    void page_speed_comparesThroughputAndPercentilesEachByItself() {
        results.add(CELL, Contestant.FYERCACHE, List.of(new SpeedSample(20_000, 200, 400, 900)));
        results.add(CELL, Contestant.HAZELCAST, List.of(new SpeedSample(10_000, 300, 300, 900)));

        assertThat(page())
                .contains("| cluster/get/100B/8-threads/throughput | 20000 ±0% | 10000 ±0% | hazelcast | 2.00 "
                        + "| 1.5x best peer: met |")
                .contains("| cluster/get/100B/8-threads/p50 | 200 ±0% | 300 ±0% | hazelcast | 1.50 |  |")
                .contains("| cluster/get/100B/8-threads/p99 | 400 ±0% | 300 ±0% | hazelcast | 0.75 "
                        + "| 1x best peer: **missed** |")
                .contains("Targets met: 1, missed: 1, not comparable: 0.\n");
    }

    @Test
    void page_faults_haveTheirTargets() {
        results.add(Fault.KILL, Contestant.FYERCACHE, new FaultSample(300, 10_000, 0, 9_000, 310, 0));
        results.add(Fault.KILL, Contestant.IGNITE, new FaultSample(400, 10_000, 0, 9_000, 410, 3));
        results.add(Fault.STOP, Contestant.FYERCACHE, new FaultSample(900, 10_000, 1, 9_000, 910, 1));
        results.add(Fault.STOP, Contestant.IGNITE, new FaultSample(8_900, 10_000, 1, 9_000, 8_910, 0));
        results.add(Fault.JOIN, Contestant.FYERCACHE, new FaultSample(50, 10_000, 1, 9_000, 100, 0));

        assertThat(page())
                .contains("| cluster/kill/window | 300 ±0% | 400 ±0% | ignite | 1.33 | 1x best peer: met |")
                .contains("| cluster/stop/window | 900 ±0% | 8900 ±0% | ignite | 9.89 | 10x best peer: **missed** |")
                .contains("| cluster/join/slowest | 100 ±0% |  | - | - | at most 100 ms: met |")
                .contains("| cluster/kill/lost | 0 | 3 | ignite | 4.00 | at most 0 writes: met |")
                .contains("| cluster/stop/lost | 1 | 0 | ignite | 0.50 | at most 0 writes: **missed** |")
                .contains("| cluster/kill/during | 0.000 ±0% | 0.000 ±0% | ignite | - |  |");
    }

    @Test
    void page_oursFails_missesItsTargets() {
        results.addFailure(CELL, Contestant.FYERCACHE, "no engine");
        results.addFailure(Fault.JOIN, Contestant.FYERCACHE, "no engine");

        assertThat(page())
                .contains("Targets met: 0, missed: 4, not comparable: 0.\n")
                .contains("- fyercache: no engine (10 cells, such as cluster/get/100B/8-threads/throughput)");
    }

    @Test
    void page_topologies_areHeldAgainstPeersAndAgainstOursElse() {
        ClusterCell get = new ClusterCell(CacheForm.REPLICATED, ClusterOperation.GET, 100, 1);
        ClusterCell put = new ClusterCell(CacheForm.REPLICATED, ClusterOperation.PUT, 100, 1);
        ChangeCell change = new ChangeCell(CacheForm.INVALIDATED);
        results.add(get, Contestant.FYERCACHE, List.of(new SpeedSample(600_000, 1, 2, 3)));
        results.add(get, Contestant.INFINISPAN, List.of(new SpeedSample(500_000, 1, 2, 3)));
        results.add(get, Contestant.FYERCACHE_LOCAL, List.of(new SpeedSample(1_000_000, 1, 2, 3)));
        results.addFailure(get, Contestant.HAZELCAST, "no such cache");
        results.add(put, Contestant.FYERCACHE, List.of(new SpeedSample(3_000, 110, 400, 900)));
        results.add(put, Contestant.FYERCACHE_TWICE, List.of(new SpeedSample(3_000, 100, 400, 900)));
        results.add(change, Contestant.FYERCACHE, List.of(new ChangeSample(900, 2_000)));
        results.add(change, Contestant.INFINISPAN, List.of(new ChangeSample(450, 3_000)));

        assertThat(page())
                .contains("| topology/replicated/get/100B/1-thread/throughput | 600000 ±0% | n/a | 500000 ±0% "
                        + "| 1000000 ±0% |  | infinispan | 1.20 "
                        + "| 1x best peer: met, 0.67x our local cache: **missed** |")
                .contains("0.83x our cache with two backups: met |")
                .contains("| topology/invalidated/change/p50 | 900 ±0% |  | 450 ±0% |  |  | infinispan | 0.50 "
                        + "| 1x best peer: **missed** |")
                .contains("- hazelcast: no such cache (topology/replicated/get/100B/1-thread/throughput, ")
                .contains("Targets met: 2, missed: 2, not comparable: 0.\n");
    }

    private String page() {
        return new MarkdownReport(new RunDescription("test", List.of(), List.of()), results.cells(), List.of())
                .render();
    }
}
