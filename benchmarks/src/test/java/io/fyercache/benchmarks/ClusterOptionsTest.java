package io.fyercache.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.benchmarks.cluster.ChangeCell;
import io.fyercache.benchmarks.cluster.ClusterCell;
import io.fyercache.benchmarks.cluster.ClusterEffort;
import io.fyercache.benchmarks.cluster.Fault;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterOptionsTest {
    @Test
    void parse_hibernate_hasTheChangesOfEntities_ofThoseWhoHaveRegionFactories() {
        ClusterOptions options = ClusterOptions.parse(ClusterSuite.HIBERNATE);

        assertThat(options.contestants()).containsExactly(Contestant.FYERCACHE, Contestant.INFINISPAN);
        assertThat(options.plan().changes()).containsExactly(new ChangeCell(CacheForm.ENTITIES));
        assertThat(options.plan().speeds()).isEmpty();
        assertThat(options.plan().changes().get(0).id()).isEqualTo("hibernate/change");
    }

    @Test
    void parse_management_hasOursTwice_inTheSameCells() {
        ClusterOptions options = ClusterOptions.parse(ClusterSuite.MANAGEMENT, "--quick");

        assertThat(options.contestants()).containsExactly(Contestant.FYERCACHE, Contestant.FYERCACHE_UNOBSERVED);
        assertThat(options.plan().speeds().stream().map(ClusterCell::id))
                .containsExactly("management/get/100B/8-threads", "management/put/100B/8-threads");
        assertThat(options.plan().of(Contestant.FYERCACHE_UNOBSERVED)).isEqualTo(options.plan());
    }

    @Test
    void parse_nothing_isTheFullMatrixWithAllThatFormClusters() {
        ClusterOptions options = ClusterOptions.parse(ClusterSuite.CLUSTERS);

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
        ClusterPlan plan =
                ClusterOptions.parse(ClusterSuite.CLUSTERS, "--quick").plan();

        assertThat(plan.speeds()).extracting(ClusterCell::operation).containsExactly(ClusterOperation.values());
        assertThat(plan.faults()).containsExactly(Fault.values());
    }

    @Test
    void parse_topologies_hasWhatOursIsHeldAgainst_whereItIs() {
        ClusterOptions options = ClusterOptions.parse(ClusterSuite.TOPOLOGIES, "--quick");
        ClusterPlan plan = options.plan();

        assertThat(options.contestants()).contains(Contestant.FYERCACHE_LOCAL, Contestant.FYERCACHE_TWICE);
        assertThat(plan.speeds().stream().map(ClusterCell::id))
                .containsExactly(
                        "topology/replicated/get/100B/8-threads",
                        "topology/replicated/put/100B/8-threads",
                        "topology/near/get/100B/8-threads");
        assertThat(plan.changes()).containsExactly(new ChangeCell(CacheForm.INVALIDATED));
        assertThat(plan.of(Contestant.FYERCACHE)).isEqualTo(plan);
        assertThat(plan.of(Contestant.FYERCACHE_LOCAL).speeds())
                .containsExactly(plan.speeds().get(0));
        assertThat(plan.of(Contestant.FYERCACHE_TWICE).speeds())
                .containsExactly(plan.speeds().get(1));
        assertThat(plan.of(Contestant.FYERCACHE_TWICE).changes()).isEmpty();
        assertThat(ClusterSuite.TOPOLOGIES.plan().size()).isEqualTo(2 * 3 * 3 + 1);
    }

    @Test
    void parse_everything_isTaken() {
        ClusterOptions options = ClusterOptions.parse(
                ClusterSuite.CLUSTERS,
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
            --providers fyercache-local | provider: fyercache-local (expected: one of fyercache, hazelcast, infinispan, ignite)
            """)
    void parse_badOption_namesItAndWhatIsExpected(String arguments, String message) {
        assertThatThrownBy(() -> ClusterOptions.parse(ClusterSuite.CLUSTERS, arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
