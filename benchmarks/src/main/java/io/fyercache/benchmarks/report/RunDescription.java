package io.fyercache.benchmarks.report;

import java.util.List;

/**
 * The circumstances of a run, for the head of its report.
 *
 * @param label the run's name
 * @param facts lines such as {@code "JVM: OpenJDK 17.0.15+6"}
 * @param caveats why the numbers may not be taken as they are; empty if there is no reason
 */
public record RunDescription(String label, List<String> facts, List<String> caveats) {
    /** Keeps copies of the lists. */
    public RunDescription {
        facts = List.copyOf(facts);
        caveats = List.copyOf(caveats);
    }
}
