package io.fyercache.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.speed.Operation;
import io.fyercache.benchmarks.speed.SpeedCell;
import io.fyercache.benchmarks.workload.CacheShape.Store;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void full_coversEveryShapeForTheOperationsWithTargets() {
        List<SpeedCell> speeds = Plan.full().speeds();

        // 4 kinds of storage, statistics off and on, eternal and touched, 1 and 2 threads.
        for (Operation operation : List.of(Operation.GET, Operation.PUT, Operation.INVOKE)) {
            assertThat(speeds).filteredOn(cell -> cell.operation() == operation).hasSize(4 * 2 * 2 * 2);
        }
        // 4 kinds of storage, 1 and 2 threads.
        for (Operation operation : List.of(Operation.ZIPF, Operation.GET_ALL)) {
            assertThat(speeds).filteredOn(cell -> cell.operation() == operation).hasSize(4 * 2);
        }
        assertThat(speeds).extracting(SpeedCell::id).doesNotHaveDuplicates();
    }

    @Test
    void quick_isAPartOfFullAndEveryNamedCellExists() {
        assertThat(Plan.quick().speeds()).hasSize(6).isSubsetOf(Plan.full().speeds());
        assertThat(Plan.quick().speeds())
                .extracting(SpeedCell::operation)
                .contains(Operation.GET, Operation.PUT, Operation.INVOKE);
    }

    @Test
    void matching_pattern_selectsAmongAllKindsOfCells() {
        assertThat(Plan.full().matching(Pattern.compile("^memory/value")).stores())
                .containsExactly(Store.VALUE);
        assertThat(Plan.full().matching(Pattern.compile("^hit-ratio/web")).traces())
                .hasSize(2);
        assertThat(Plan.full()
                        .matching(Pattern.compile("^get/value/pojo/.*1-thread$"))
                        .speeds())
                .hasSize(4);
        assertThat(Plan.full().matching(Pattern.compile("nothing")).size()).isZero();
    }
}
