package io.fyercache.benchmarks;

import io.fyercache.benchmarks.contestant.Contestant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The options that all runs have, as far as they were read. For one thread. */
final class CommonOptions {
    private final List<Contestant> among;
    private final List<String> facts = new ArrayList<>();
    private final List<String> caveats = new ArrayList<>();
    private Pattern cells = Pattern.compile("");
    private List<Contestant> contestants;
    private Path results = Path.of("results");

    /** Nothing was read yet; {@code among} are those that can be measured by this run, all of them unless an option says otherwise. */
    CommonOptions(List<Contestant> among) {
        this.among = among;
        this.contestants = among;
    }

    /**
     * Takes an option in, with the value after it. Tells whether it is one of these.
     *
     * @throws IllegalArgumentException if the value is missing or not understood, with name, value and expectation
     */
    boolean take(String option, CommandLine line) {
        switch (option) {
            case "--cells" -> cells = CommandLine.pattern(option, line.valueOf(option));
            case "--providers" -> contestants = CommandLine.contestants(line.valueOf(option), among);
            case "--results" -> results = Path.of(line.valueOf(option));
            case "--fact" -> facts.add(line.valueOf(option));
            case "--caveat" -> caveats.add(line.valueOf(option));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What the names of cells are to contain. */
    Pattern cells() {
        return cells;
    }

    /**
     * Checks that cells are left.
     *
     * @param count how many there are that {@link #cells} is found in
     * @param example the name of a cell of this run
     * @throws IllegalArgumentException if there is none
     */
    void requireCells(int count, String example) {
        if (count == 0) {
            throw new IllegalArgumentException(
                    "--cells: %s (expected: a pattern found in a cell's name, such as %s)".formatted(cells, example));
        }
    }

    /** In the order of {@link Contestant}, at least one. */
    List<Contestant> contestants() {
        return contestants;
    }

    /** The directory to write to. */
    Path results() {
        return results;
    }

    /** Lines for the head of the report. */
    List<String> facts() {
        return List.copyOf(facts);
    }

    /** Why the numbers may not be taken as they are. */
    List<String> caveats() {
        return List.copyOf(caveats);
    }
}
