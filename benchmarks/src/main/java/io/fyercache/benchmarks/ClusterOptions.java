package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ClusterEffort;
import io.fyercache.benchmarks.contestant.Contestant;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line of a run of clusters.
 *
 * @param plan the cells, already filtered
 * @param contestants in the order of {@link Contestant}, at least one, all of which form clusters
 * @param results the directory to write to
 * @param facts lines for the head of the report
 * @param caveats why the numbers may not be taken as they are
 */
record ClusterOptions(
        ClusterPlan plan,
        ClusterEffort effort,
        List<Contestant> contestants,
        Path results,
        List<String> facts,
        List<String> caveats) {

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException for the first option that is not understood, with name, value and expectation
     */
    static ClusterOptions parse(ClusterSuite suite, String... arguments) {
        ClusterPlan plan = suite.plan();
        ClusterEffort effort = ClusterEffort.FULL;
        CommonOptions common = new CommonOptions(suite.contestants());
        CommandLine line = new CommandLine(arguments);
        while (line.hasMore()) {
            String option = line.next();
            switch (option) {
                case "--quick" -> {
                    plan = suite.plan().quick();
                    effort = ClusterEffort.QUICK;
                }
                default -> {
                    if (!common.take(option, line)) {
                        throw new IllegalArgumentException(
                                "option: %s (expected: with %s: --quick, --cells REGEX, --providers LIST, --label NAME or --force)"
                                        .formatted(option, suite.option()));
                    }
                }
            }
        }
        ClusterPlan chosen = plan.matching(common.cells());
        common.requireCells(chosen.size(), plan.example());
        return new ClusterOptions(
                chosen, effort, common.contestants(), common.results(), common.facts(), common.caveats());
    }
}
