package io.fyercache.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies every rule to every class of every module on the class path. */
class ArchitectureTest {
    /** A few dozen below what there is: enough to notice that a module is missing, which would please every rule. */
    private static final int AT_LEAST_CLASSES = 250;

    private static final FloorPlan PLAN = FloorPlan.ofFyerCache();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PLAN.root());

    @ParameterizedTest
    @MethodSource("rules")
    void rule_holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void everyRoomIsImported() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).containsAll(PLAN.rooms());
        assertThat(CLASSES).hasSizeGreaterThan(AT_LEAST_CLASSES);
    }

    static Stream<Named<ArchRule>> rules() {
        return new ArchitectureRules(PLAN)
                .all().entrySet().stream().map(rule -> Named.of(rule.getKey(), rule.getValue()));
    }
}
