package io.fyercache.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must come of a run. The run's file says it in words, which {@link #parse} reads and {@code toString} gives back.
 */
sealed interface Expectation {
    /** TLC's exit status when it has done all it was asked for and found nothing. */
    int NO_ERROR = 0;

    /** TLC's exit status when an invariant does not hold. */
    int INVARIANT_VIOLATED = 12;

    /** Of the random walks; which one does not matter, but that it is the same each time. */
    String SEED = "1";

    Pattern EXHAUSTED = Pattern.compile("no error, (\\d+) distinct states, depth (\\d+)");
    Pattern VIOLATED = Pattern.compile("(\\w+) violated after (\\d+) steps");
    Pattern WALKED = Pattern.compile("no error, (\\d+) states in (\\d+) random walks of (\\d+) steps");

    Pattern WENT_WRONG = Pattern.compile("(\\w+) violated in (\\d+) random walks of (\\d+) steps");

    /** What is wrong with a run, in words; empty if nothing is. */
    List<String> faults(CheckerReport report);

    /** What TLC must be told besides the files to read. */
    default List<String> arguments() {
        return List.of();
    }

    /**
     * Reads an expectation.
     *
     * @throws IllegalArgumentException if the words are none of the four kinds
     */
    static Expectation parse(String words) {
        Matcher exhausted = EXHAUSTED.matcher(words);
        if (exhausted.matches()) {
            return new Exhausted(Long.parseLong(exhausted.group(1)), Integer.parseInt(exhausted.group(2)));
        }
        Matcher violated = VIOLATED.matcher(words);
        if (violated.matches()) {
            return new Violated(violated.group(1), Integer.parseInt(violated.group(2)));
        }
        Matcher walked = WALKED.matcher(words);
        if (walked.matches()) {
            return new Walked(
                    Long.parseLong(walked.group(1)),
                    Integer.parseInt(walked.group(2)),
                    Integer.parseInt(walked.group(3)));
        }
        Matcher wentWrong = WENT_WRONG.matcher(words);
        if (wentWrong.matches()) {
            return new WentWrong(
                    wentWrong.group(1), Integer.parseInt(wentWrong.group(2)), Integer.parseInt(wentWrong.group(3)));
        }
        throw new IllegalArgumentException("expect: '" + words + "' (expected: '" + EXHAUSTED + "', '" + VIOLATED
                + "', '" + WALKED + "' or '" + WENT_WRONG + "'); correct the head of the run's file");
    }

    /**
     * Every state was visited and no invariant is violated.
     *
     * @param states how many distinct states there are. Fewer or more mean that the model has changed: whoever changes
     *     it on purpose records the new figure, and nobody overlooks that steps have become impossible
     * @param depth the states on the longest of the shortest ways to a state
     */
    record Exhausted(long states, int depth) implements Expectation {
        @Override
        public List<String> faults(CheckerReport report) {
            Faults faults = new Faults();
            faults.expect("exit status", report.exitStatus(), NO_ERROR);
            faults.expect("violated invariants", report.violatedInvariants(), List.of());
            faults.expect("errors", report.errors(), List.of());
            faults.expect("search was completed", report.completed(), true);
            faults.expect("distinct states", report.distinctStates(), OptionalLong.of(states));
            faults.expect("states not visited", report.statesLeft(), OptionalLong.of(0));
            faults.expect("depth", report.depth(), OptionalInt.of(depth));
            return faults.found();
        }

        @Override
        public String toString() {
            return "no error, %d distinct states, depth %d".formatted(states, depth);
        }
    }

    /**
     * The run ends with a counter-example.
     *
     * @param steps the length of the shortest counter-example, without the initial state
     */
    record Violated(String invariant, int steps) implements Expectation {
        @Override
        public List<String> faults(CheckerReport report) {
            Faults faults = new Faults();
            faults.expect("exit status", report.exitStatus(), INVARIANT_VIOLATED);
            faults.expect("violated invariants", report.violatedInvariants(), List.of(invariant));
            faults.expect("errors besides", report.errors(), List.of());
            faults.expect("states of the counter-example", report.traceLength(), steps + 1);
            return faults.found();
        }

        @Override
        public String toString() {
            return "%s violated after %d steps".formatted(invariant, steps);
        }
    }

    /**
     * Random walks met no violated invariant. They are the same ones each time, since the seed is fixed.
     *
     * @param states how many states the walks met, each counted as often as it was met
     * @param walks how many walks
     * @param steps the most steps of a walk; it may end sooner, where nothing more is possible
     */
    record Walked(long states, int walks, int steps) implements Expectation {
        private static final String SEED = "1";

        @Override
        public List<String> arguments() {
            return List.of("-simulate", "num=" + walks, "-depth", Integer.toString(steps), "-seed", SEED);
        }

        @Override
        public List<String> faults(CheckerReport report) {
            Faults faults = new Faults();
            faults.expect("exit status", report.exitStatus(), NO_ERROR);
            faults.expect("violated invariants", report.violatedInvariants(), List.of());
            faults.expect("errors", report.errors(), List.of());
            faults.expect("states met", report.statesWalked(), OptionalLong.of(states));
            return faults.found();
        }

        @Override
        public String toString() {
            return "no error, %d states in %d random walks of %d steps".formatted(states, walks, steps);
        }
    }

    /**
     * One of the random walks ends with a counter-example, of whatever length: the proof that such walks can find any.
     *
     * @param walks how many walks at most
     * @param steps the most steps of a walk
     */
    record WentWrong(String invariant, int walks, int steps) implements Expectation {
        @Override
        public List<String> arguments() {
            return walk(walks, steps);
        }

        @Override
        public List<String> faults(CheckerReport report) {
            Faults faults = new Faults();
            faults.expect("exit status", report.exitStatus(), INVARIANT_VIOLATED);
            faults.expect("violated invariants", report.violatedInvariants(), List.of(invariant));
            faults.expect("errors besides", report.errors(), List.of());
            return faults.found();
        }

        @Override
        public String toString() {
            return "%s violated in %d random walks of %d steps".formatted(invariant, walks, steps);
        }
    }

    private static List<String> walk(int walks, int steps) {
        return List.of("-simulate", "num=" + walks, "-depth", Integer.toString(steps), "-seed", SEED);
    }

    /** Collects what is not as expected. */
    final class Faults {
        private final List<String> found = new ArrayList<>();

        void expect(String name, Object value, Object expected) {
            if (!value.equals(expected)) {
                found.add(name + ": " + value + " (expected: " + expected + ")");
            }
        }

        List<String> found() {
            return List.copyOf(found);
        }
    }
}
