package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final ClassRow KNOWN = new ClassRow("java.lang.Object", "java.base", null, 100, 12);

    @Test
    void of_keyWithoutRow_makesOne() {
        ReferenceStream accesses = new ReferenceStream.Builder()
                .add("order:1")
                .add("java.lang.Object")
                .add("order:1")
                .build();

        Workload workload = Workload.of(List.of(KNOWN), accesses);

        assertThat(workload.madeRows()).isEqualTo(1);
        assertThat(workload.rows()).extracting(ClassRow::name).containsExactly("java.lang.Object", "order:1");
        assertThat(workload.accessedRows()).containsExactly(workload.rows().get(1), KNOWN);
    }
}
