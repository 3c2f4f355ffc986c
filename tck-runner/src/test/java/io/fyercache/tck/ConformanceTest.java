package io.fyercache.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that the gate fails on every kind of run that a green build could hide, on reports as surefire writes them. */
class ConformanceTest {
    private static final Conformance THREE_TESTS = new Conformance(3, Set.of("CachingTest#dummyTest"));

    private static final String PASSED = "<testcase name='put' classname='PutTest' time='0.001'/>";
    private static final String PASSED_TOO = "<testcase name='get' classname='GetTest' time='0.001'/>";
    private static final String DUMMY = noOp("CachingTest", "dummyTest");

    @TempDir
    Path folder;

    @Test
    void faults_wholeRun_none() throws IOException {
        report("CachingTest", PASSED + DUMMY);
        report("GetTest", PASSED_TOO);

        assertThat(THREE_TESTS.faults(TestReports.read(folder))).isEmpty();
    }

    @Test
    void faults_testMissing_namesTheNumber() throws IOException {
        report("CachingTest", PASSED + DUMMY);

        assertThat(THREE_TESTS.faults(TestReports.read(folder))).containsExactly("tests: 2 (expected: 3)");
    }

    @Test
    void faults_testTooMany_namesTheNumber() throws IOException {
        report("CachingTest", PASSED + PASSED_TOO + DUMMY + "<testcase name='more' classname='GetTest'/>");

        assertThat(THREE_TESTS.faults(TestReports.read(folder))).containsExactly("tests: 4 (expected: 3)");
    }

    @Test
    void faults_testTwice_isNoSubstituteForAnother() throws IOException {
        report("CachingTest", PASSED + PASSED + DUMMY);

        assertThat(THREE_TESTS.faults(TestReports.read(folder)))
                .containsExactly("PutTest#put: ran 2 times (expected: once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "error", "flakyFailure", "flakyError", "rerunFailure", "rerunError"})
    void faults_testFailed_namesIt(String element) throws IOException {
        report(
                "CachingTest",
                PASSED + DUMMY + testCase("GetTest", "get", "<" + element + " message='no'>at</" + element + ">"));

        assertThat(THREE_TESTS.faults(TestReports.read(folder)))
                .containsExactly("GetTest#get: FAILED (expected: PASSED)");
    }

    @Test
    void faults_testSkipped_namesIt() throws IOException {
        report("CachingTest", PASSED + DUMMY + testCase("GetTest", "get", "<skipped/>"));

        assertThat(THREE_TESTS.faults(TestReports.read(folder)))
                .containsExactly("GetTest#get: SKIPPED (expected: PASSED)");
    }

    @Test
    void faults_testPassedAsNoOp_namesIt() throws IOException {
        report("CachingTest", PASSED + DUMMY + noOp("StoreByReferenceTest", "get_Existing"));

        assertThat(THREE_TESTS.faults(TestReports.read(folder)))
                .singleElement()
                .asString()
                .startsWith("StoreByReferenceTest#get_Existing: NO_OP (expected: PASSED)");
    }

    @Test
    void faults_mandatoryNoOpNotSeen_doesNotTrustTheOthers() throws IOException {
        report("CachingTest", PASSED + PASSED_TOO + "<testcase name='dummyTest' classname='CachingTest'/>");

        assertThat(THREE_TESTS.faults(TestReports.read(folder)))
                .singleElement()
                .asString()
                .startsWith("CachingTest#dummyTest: not seen as NO_OP");
    }

    @Test
    void faults_emptyFolder_namesTheNumber() throws IOException {
        assertThat(THREE_TESTS.faults(TestReports.read(folder))).contains("tests: 0 (expected: 3)");
    }

    @Test
    void read_folderMissing_throws() {
        assertThatThrownBy(() -> TestReports.read(folder.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void read_reportTorn_throwsNamingIt() throws IOException {
        Files.writeString(folder.resolve("TEST-GetTest.xml"), "<testsuite><testcase name='get'");

        assertThatThrownBy(() -> TestReports.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TEST-GetTest.xml");
    }

    private void report(String className, String testCases) throws IOException {
        Files.writeString(
                folder.resolve("TEST-" + className + ".xml"),
                "<?xml version='1.0' encoding='UTF-8'?><testsuite name='" + className + "'>" + testCases
                        + "</testsuite>");
    }

    private static String testCase(String className, String name, String content) {
        return "<testcase name='" + name + "' classname='" + className + "'>" + content + "</testcase>";
    }

    private static String noOp(String className, String name) {
        return testCase(
                className,
                name,
                "<system-err><![CDATA[Nov 22, 2026 1:37:13 PM"
                        + " org.jsr107.tck.testutil.AbstractTestExcluder$ExcludedStatement evaluate\n"
                        + "INFO: ===== EXCLUDING TEST 'org.jsr107.tck." + className + "'\t'" + name + "'.\n"
                        + "]]></system-err>");
    }
}
