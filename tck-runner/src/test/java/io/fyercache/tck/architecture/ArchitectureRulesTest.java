package io.fyercache.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that every rule can fail: a rule named {@code x} is applied to {@code fixture.x}, must report each class there
 * that is named {@code Bad...}, and none that is named {@code Good...}.
 */
class ArchitectureRulesTest {
    private static final String FIXTURES = ArchitectureRulesTest.class.getPackageName() + ".fixture.";

    @ParameterizedTest
    @MethodSource("names")
    void rule_onItsFixture_reportsTheBadClassesOnly(String name) {
        String root = FIXTURES + name;
        JavaClasses fixture = new ClassFileImporter().importPackages(root);
        ArchRule rule = new ArchitectureRules(new FloorPlan(root)).all().get(name);

        List<String> report = rule.evaluate(fixture).getFailureReport().getDetails();

        assertThat(named(fixture, "Bad"))
                .isNotEmpty()
                .allSatisfy(bad ->
                        assertThat(report).anySatisfy(line -> assertThat(line).contains(bad)));
        assertThat(named(fixture, "Good"))
                .isNotEmpty()
                .allSatisfy(good ->
                        assertThat(report).noneSatisfy(line -> assertThat(line).startsWith(good)));
    }

    static Stream<String> names() {
        return new ArchitectureRules(FloorPlan.ofFyerCache()).all().keySet().stream();
    }

    private static List<String> named(JavaClasses classes, String prefix) {
        return classes.stream()
                .filter(type -> type.getSimpleName().startsWith(prefix))
                .map(JavaClass::getName)
                .toList();
    }
}
