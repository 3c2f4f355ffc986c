package io.fyercache.benchmarks;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.speed.Effort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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
        Pattern cells = Pattern.compile("");
        List<Contestant> contestants = List.of(Contestant.values());
        Path results = Path.of("results");
        List<String> facts = new ArrayList<>();
        List<String> caveats = new ArrayList<>();
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
                case "--cells" -> cells = CommandLine.pattern(option, line.valueOf(option));
                case "--providers" ->
                    contestants = CommandLine.contestants(line.valueOf(option), List.of(Contestant.values()));
                case "--results" -> results = Path.of(line.valueOf(option));
                case "--fact" -> facts.add(line.valueOf(option));
                case "--caveat" -> caveats.add(line.valueOf(option));
                default ->
                    throw new IllegalArgumentException(
                            "option: %s (expected: --quick, --sweep, --repeat, --cells REGEX, --providers LIST, --label NAME or --force)"
                                    .formatted(option));
            }
        }
        Plan chosen = plan.matching(cells);
        if (chosen.size() == 0) {
            throw new IllegalArgumentException("--cells: %s (expected: a pattern found in a cell's name, such as %s)"
                    .formatted(cells, plan.speeds().get(0).id()));
        }
        return new RunOptions(chosen, effort, contestants, results, List.copyOf(facts), List.copyOf(caveats));
    }
}
