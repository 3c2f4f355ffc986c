package io.fyercache.hibernate6;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fyercache.hibernate.FyerRegionFactory;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.hibernate.Version;
import org.junit.jupiter.api.Test;

/** Classes that were compiled against Hibernate 7.4 find in 6.6 all that they use, also where no test comes by. */
class LinkageTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .importUrl(FyerRegionFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    private static Stream<JavaAccess<?>> usesOfHibernate() {
        return OURS.stream()
                .flatMap(each -> each.getAccessesFromSelf().stream())
                .filter(each -> each.getTargetOwner().getPackageName().startsWith("org.hibernate"));
    }

    @Test
    void line_isTheOneThatTheBuildNames() {
        assertThat(Version.getVersionString()).isEqualTo(System.getProperty("hibernate.line"));
    }

    @Test
    void whatIsUsed_isThere() {
        assertThat(usesOfHibernate())
                .hasSizeGreaterThan(50)
                .allSatisfy(use -> assertThat(use.getTarget().resolveMember())
                        .as(use.getDescription())
                        .isPresent());
    }

    @Test
    void whatIsToBeImplemented_is() {
        assertThat(OURS.stream().map(JavaClass::reflect).filter(each -> !Modifier.isAbstract(each.getModifiers())))
                .hasSizeGreaterThan(20)
                .allSatisfy(each ->
                        assertThat(each.getMethods()).noneMatch(method -> Modifier.isAbstract(method.getModifiers())));
    }
}
