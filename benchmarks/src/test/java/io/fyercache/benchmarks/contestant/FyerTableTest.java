package io.fyercache.benchmarks.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FyerTableTest {
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);

    private static final PartitionTable OF_TWO = PartitionTable.of(
            PartitionLayout.spread(2),
            List.of(PartitionRecord.founding(List.of(ONE, TWO)), PartitionRecord.founding(List.of(TWO, ONE))));

    @Test
    void settled_membersWithAShareEach_areCounted() {
        assertThat(FyerTable.settledMembers(OF_TWO, Set.of(ONE, TWO))).isEqualTo(2);
    }

    @Test
    void settled_memberWithoutAShareYet_isNot() {
        assertThat(FyerTable.settledMembers(OF_TWO, Set.of(ONE, TWO, THREE))).isZero();
    }

    @Test
    void settled_copyBeingMade_isNot() {
        PartitionTable joining = PartitionTable.of(
                PartitionLayout.spread(1),
                List.of(PartitionRecord.founding(List.of(ONE, TWO)).startJoin(THREE)));

        assertThat(FyerTable.settledMembers(joining, Set.of(ONE, TWO, THREE))).isZero();
    }
}
