package io.fyercache.benchmarks;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.speed.Effort;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line of a run.
 *
 * @param plan the cells, already filtered
 * @param contestants in the order of {@link Contestant}, at least one
 * @param results the directory to write to
 * @param facts lines for the head of the report
 * @param caveats why the numbers may not be taken as they are
 */
record RunOptions(
        Plan plan,
        Effort effort,
        List<Contestant> contestants,
        Path results,
        List<String> facts,
        List<String> caveats) {

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException for the first option that is not understood, with name, value and expectation
     */
    static RunOptions parse(String... arguments) {
        Plan plan = Plan.full();
        Effort effort = Effort.FULL;
        CommonOptions common = new CommonOptions(Contestant.inOneJvm());
        CommandLine line = new CommandLine(arguments);
        while (line.hasMore()) {
            String option = line.next();
            switch (option) {
                case "--quick" -> {
                    plan = Plan.quick();
                    effort = Effort.QUICK;
                }
                case "--sweep" -> effort = Effort.SWEEP;
                case "--repeat" -> effort = Effort.REPEAT;
                default -> {
                    if (!common.take(option, line)) {
                        throw new IllegalArgumentException(
                                "option: %s (expected: --quick, --sweep, --repeat, --cells REGEX, --providers LIST, --label NAME or --force)"
                                        .formatted(option));
                    }
                }
            }
        }
        Plan chosen = plan.matching(common.cells());
        common.requireCells(chosen.size(), plan.speeds().get(0).id());
        return new RunOptions(chosen, effort, common.contestants(), common.results(), common.facts(), common.caveats());
    }
}
