package io.fyercache.tck;

import io.fyercache.tck.TestReports.Outcome;
import io.fyercache.tck.TestReports.TestCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a run of the TCK must have done to count: so many tests, all of them passed, and none of them a no-op save those
 * that the TCK itself demands.
 *
 * @param tests how many tests the TCK has; fewer were not run, more are not the TCK
 * @param noOps the tests that must be no-ops, by class, {@code #} and method; that they are seen proves that others
 *     would be
 */
record Conformance(int tests, Set<String> noOps) {
    Conformance {
        noOps = Set.copyOf(noOps);
    }

    /** Lists every fault of a run; none means that the provider conforms. */
    List<String> faults(TestReports reports) {
        List<String> faults = new ArrayList<>();
        int ran = reports.testCases().size();
        if (ran != tests) {
            faults.add("tests: " + ran + " (expected: " + tests + ")");
        }
        reports.testCases().stream()
                .collect(Collectors.groupingBy(TestCase::name, Collectors.counting()))
                .forEach((name, runs) -> {
                    if (runs > 1) {
                        faults.add(name + ": ran " + runs + " times (expected: once)");
                    }
                });
        for (TestCase test : reports.testCases()) {
            if (test.outcome() == Outcome.FAILED || test.outcome() == Outcome.SKIPPED) {
                faults.add(test.name() + ": " + test.outcome() + " (expected: PASSED)");
            }
        }
        Set<String> actualNoOps = reports.testCases().stream()
                .filter(test -> test.outcome() == Outcome.NO_OP)
                .map(TestCase::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : actualNoOps) {
            if (!noOps.contains(name)) {
                faults.add(name + ": NO_OP (expected: PASSED); the TCK skipped it for want of an optional feature");
            }
        }
        for (String name : noOps) {
            if (!actualNoOps.contains(name)) {
                faults.add(name + ": not seen as NO_OP (expected: NO_OP); then no other no-op would be seen either");
            }
        }
        faults.sort(Comparator.naturalOrder());
        return List.copyOf(faults);
    }
}
