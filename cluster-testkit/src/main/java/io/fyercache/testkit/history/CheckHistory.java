package io.fyercache.testkit.history;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The command that checks a history file: {@code java io.fyercache.testkit.history.CheckHistory FILE [MAX_STEPS]}, with the
 * test kit and cache-api on the class path. It ends with 0 if the history is linearizable, 1 if not, 2 if that is
 * undecided, 3 if there is nothing to check.
 */
public final class CheckHistory {
    private static final int NOTHING_CHECKED = 3;

    private CheckHistory() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    /** Runs the command and returns its exit code. */
    static int run(String[] arguments, PrintStream out) {
        if (arguments.length < 1 || arguments.length > 2) {
            out.println("arguments: " + arguments.length + " (expected: FILE [MAX_STEPS])");
            return NOTHING_CHECKED;
        }
        try {
            LinearizabilityChecker checker = arguments.length == 1
                    ? new LinearizabilityChecker()
                    : new LinearizabilityChecker(Long.parseLong(arguments[1]));
            History history = HistoryFile.read(Path.of(arguments[0]));
            out.println(AnswerRate.of(history, Duration.ofSeconds(1)));
            CheckReport report = checker.check(history);
            out.println(report);
            return switch (report.outcome()) {
                case LINEARIZABLE -> 0;
                case VIOLATION -> 1;
                case UNDECIDED -> 2;
            };
        } catch (NumberFormatException noNumber) {
            out.println("MAX_STEPS: " + arguments[1] + " (expected: a number)");
        } catch (IOException | IllegalArgumentException fault) {
            out.println(fault);
        }
        return NOTHING_CHECKED;
    }
}
