package io.fyercache.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.ClusterEffort;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterOptionsTest {
    @Test
    void parse_nothing_isTheFullMatrixWithAllThatFormClusters() {
        ClusterOptions options = ClusterOptions.parse();

        assertThat(options.effort()).isEqualTo(ClusterEffort.FULL);
        assertThat(options.contestants())
                .containsExactly(Contestant.FYERCACHE, Contestant.HAZELCAST, Contestant.INFINISPAN, Contestant.IGNITE);
        // 5 operations, 2 sizes of values, 3 numbers of threads.
        assertThat(options.plan().speeds()).hasSize(5 * 2 * 3);
        assertThat(options.plan().speeds()).extracting(ClusterCell::id).doesNotHaveDuplicates();
        assertThat(options.plan().faults()).containsExactly(Fault.values());
    }

    @Test
    void parse_quick_hasEachOperationAndEachFault() {
        ClusterPlan plan = ClusterOptions.parse("--quick").plan();

        assertThat(plan.speeds()).extracting(ClusterCell::operation).containsExactly(ClusterOperation.values());
        assertThat(plan.faults()).containsExactly(Fault.values());
    }

    @Test
    void parse_everything_isTaken() {
        ClusterOptions options = ClusterOptions.parse(
                "--cells",
                "kill|get/100B",
                "--providers",
                "ignite,fyercache",
                "--results",
                "out/label",
                "--fact",
                "Load: 0.1",
                "--caveat",
                "busy");

        assertThat(options.plan().speeds()).extracting(ClusterCell::threads).containsExactly(1, 8, 32);
        assertThat(options.plan().faults()).containsExactly(Fault.KILL);
        assertThat(options.contestants()).containsExactly(Contestant.FYERCACHE, Contestant.IGNITE);
        assertThat(options.results()).hasToString("out/label");
        assertThat(options.facts()).isEqualTo(List.of("Load: 0.1"));
        assertThat(options.caveats()).isEqualTo(List.of("busy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --sweep | option: --sweep (expected: with --cluster: --quick,
            --cells nosuch | --cells: nosuch (expected: a pattern found in a cell's name, such as cluster/get/100B/
            --providers caffeine | provider: caffeine (expected: one of fyercache, hazelcast, infinispan, ignite)
            """)
    void parse_badOption_namesItAndWhatIsExpected(String arguments, String message) {
        assertThatThrownBy(() -> ClusterOptions.parse(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
