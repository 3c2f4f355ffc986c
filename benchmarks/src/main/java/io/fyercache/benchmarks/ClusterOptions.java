package io.fyercache.benchmarks;

import io.fyercache.benchmarks.cluster.ClusterEffort;
import io.fyercache.benchmarks.contestant.Contestant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
    static ClusterOptions parse(String... arguments) {
        ClusterPlan plan = ClusterPlan.full();
        ClusterEffort effort = ClusterEffort.FULL;
        Pattern cells = Pattern.compile("");
        List<Contestant> contestants = Contestant.clustered();
        Path results = Path.of("results");
        List<String> facts = new ArrayList<>();
        List<String> caveats = new ArrayList<>();
        CommandLine line = new CommandLine(arguments);
        while (line.hasMore()) {
            String option = line.next();
            switch (option) {
                case "--quick" -> {
                    plan = ClusterPlan.quick();
                    effort = ClusterEffort.QUICK;
                }
                case "--cells" -> cells = CommandLine.pattern(option, line.valueOf(option));
                case "--providers" ->
                    contestants = CommandLine.contestants(line.valueOf(option), Contestant.clustered());
                case "--results" -> results = Path.of(line.valueOf(option));
                case "--fact" -> facts.add(line.valueOf(option));
                case "--caveat" -> caveats.add(line.valueOf(option));
                default ->
                    throw new IllegalArgumentException(
                            "option: %s (expected: with --cluster: --quick, --cells REGEX, --providers LIST, --label NAME or --force)"
                                    .formatted(option));
            }
        }
        ClusterPlan chosen = plan.matching(cells);
        if (chosen.size() == 0) {
            throw new IllegalArgumentException("--cells: %s (expected: a pattern found in a cell's name, such as %s)"
                    .formatted(cells, plan.speeds().get(0).id()));
        }
        return new ClusterOptions(chosen, effort, contestants, results, List.copyOf(facts), List.copyOf(caveats));
    }
}
