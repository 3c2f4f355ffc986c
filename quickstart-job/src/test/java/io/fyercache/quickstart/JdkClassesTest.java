package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JdkClassesTest {
    @Test
    void forEach_oneModule_readsEachClassOnce() throws IOException {
        JdkClasses classes = JdkClasses.of(JdkClasses.Modules.BASE);
        Map<String, ClassRow> rows = new HashMap<>();
        Set<String> referenced = new HashSet<>();
        classes.forEach((row, references) -> {
            assertThat(rows.put(row.name(), row)).isNull();
            assertThat(references).contains(row.name());
            referenced.addAll(references);
        });

        assertThat(rows).hasSize(classes.count()).hasSizeGreaterThan(5_000);
        assertThat(rows.values()).allMatch(row -> row.module().equals("java.base") && row.size() > 0);
        assertThat(rows.get("java.lang.Object").superclass()).isNull();
        assertThat(rows.get("java.util.LinkedHashMap").superclass()).isEqualTo("java.util.HashMap");
        assertThat(rows.keySet())
                .containsAll(referenced.stream()
                        .filter(name -> name.startsWith("java.util."))
                        .filter(name -> !name.startsWith("java.util.logging."))
                        .toList());
    }

    @Test
    void of_all_coversEveryModuleThatHoldsClasses() throws IOException {
        Set<String> packaged = new TreeSet<>();
        ModuleFinder.ofSystem().findAll().stream()
                .filter(module -> !module.descriptor().packages().isEmpty())
                .forEach(module -> packaged.add(module.descriptor().name()));
        int base = JdkClasses.of(JdkClasses.Modules.BASE).count();

        assertThat(packaged).contains("java.base");
        assertThat(JdkClasses.of(JdkClasses.Modules.ALL).count()).isGreaterThanOrEqualTo(base + packaged.size() - 1);
    }
}
