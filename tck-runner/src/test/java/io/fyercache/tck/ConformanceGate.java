package io.fyercache.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.tck.TestReports.TestCase;
import io.fyercache.tck.annotations.BeanLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gate at the end of {@code mvn verify}: reads what the runs of the TCK before it reported, and lets nothing through
 * but the whole TCK, passed. Not named {@code *Test}, so that it runs after them and not among the unit tests.
 */
class ConformanceGate {
    /**
     * All of the TCK 1.1.1 without the annotations: 479 in classes that are named as Maven expects, and 2 in
     * FactoryBuilderTest1. The reference implementation runs as many.
     */
    private static final int TCK_TESTS = 481;

    /** Three annotated classes, four tests each. */
    private static final int ANNOTATION_TESTS = 12;

    /** Fails unless it is excluded: the TCK's own proof that exclusion works. */
    private static final String MANDATORY_NO_OP = "org.jsr107.tck.CachingTest#dummyTest";

    /** The tests that want the optional feature of storing by reference. */
    private static final Set<String> STORE_BY_REFERENCE = Set.of(
            "org.jsr107.tck.StoreByReferenceTest#getAndPut_Existing",
            "org.jsr107.tck.StoreByReferenceTest#getAndPut_Existing_NotSameKey",
            "org.jsr107.tck.StoreByReferenceTest#getAndPut_NotThere",
            "org.jsr107.tck.StoreByReferenceTest#getAndReplace",
            "org.jsr107.tck.StoreByReferenceTest#get_Existing",
            "org.jsr107.tck.StoreByReferenceTest#get_Existing_NotSameKey",
            "org.jsr107.tck.StoreByReferenceTest#putAll",
            "org.jsr107.tck.StoreByReferenceTest#putIfAbsent_Missing",
            "org.jsr107.tck.StoreByReferenceTest#putIfAbsent_There",
            "org.jsr107.tck.StoreByReferenceTest#put_Existing_NotSameKey",
            "org.jsr107.tck.StoreByReferenceTest#replace_3arg",
            "org.jsr107.tck.TypesTest#simpleAPINoGenericsAndNoTypeEnforcementStoreByReference");

    /** An annotated class, handed out as a subclass of it: {@code Blog as Blog$$Proxy}. Else nothing intercepts its calls. */
    private static final Pattern BEAN = Pattern.compile(BeanLog.MARK + "(\\S+) as \\1\\$\\S+");

    @Test
    void tck_allTestsRanAndPassed() throws IOException {
        Conformance whole = new Conformance(TCK_TESTS, Set.of(MANDATORY_NO_OP));

        assertThat(whole.faults(reports("tck"))).isEmpty();
    }

    /** In a cluster an entry cannot be kept by reference, and the provider says so: see the rulings. */
    @ParameterizedTest
    @MethodSource("runsInACluster")
    void tckInACluster_allTestsRanAndPassed_butThoseOfStoreByReference(String run) throws IOException {
        Set<String> noOps = new HashSet<>(STORE_BY_REFERENCE);
        noOps.add(MANDATORY_NO_OP);
        Conformance whole = new Conformance(TCK_TESTS, noOps);

        assertThat(whole.faults(reports(run))).isEmpty();
    }

    private static List<String> runsInACluster() {
        return List.of(System.getProperty("tck.cluster.runs").split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tck-annotations-spring", "tck-annotations-cdi"})
    void annotations_allTestsRanAndPassed_onBeansThatTheContainerIntercepts(String run) throws IOException {
        Conformance annotations = new Conformance(ANNOTATION_TESTS, Set.of());
        TestReports reports = reports(run);

        assertThat(annotations.faults(reports)).isEmpty();
        assertThat(reports.testCases())
                .as("tests by the beans handed to them")
                .allSatisfy(test -> assertThat(beans(test)).isNotEmpty());
        assertThat(reports.testCases().stream().flatMap(test -> beans(test).stream()))
                .as("annotated classes, each as a subclass that the container made of it")
                .containsOnly(
                        "manager.CacheNameOnEachMethodBlogManagerImpl",
                        "manager.ClassLevelCacheConfigBlogManagerImpl",
                        "manager.UsingDefaultCacheNameBlogManagerImpl");
    }

    @Test
    void excludeList_namesTheMandatoryTestOnly() throws IOException {
        List<URL> lists = Collections.list(getClass().getClassLoader().getResources("ExcludeList"));

        assertThat(lists).hasSize(1);
        assertThat(System.getProperty("ExcludeList"))
                .as("the property by which the TCK would read another list")
                .isNull();
        try (InputStream list = lists.get(0).openStream()) {
            assertThat(new String(list.readAllBytes(), UTF_8).lines().filter(line -> !line.startsWith("#")))
                    .containsExactly(MANDATORY_NO_OP);
        }
    }

    private static TestReports reports(String run) throws IOException {
        return TestReports.read(Path.of(System.getProperty("tck.reports"), run));
    }

    private static List<String> beans(TestCase test) {
        return test.lines(BEAN).toList();
    }
}
