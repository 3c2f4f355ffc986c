package io.fyercache.quickstart;

import io.fyercache.core.time.Clock;
import java.io.PrintStream;

/**
 * Where the job speaks: the report goes to standard output, progress and errors to standard error.
 *
 * @param terminal what the two streams can show
 * @param out the report
 * @param err progress and errors
 * @param clock for what is timed and shown
 */
record Console(Terminal terminal, PrintStream out, PrintStream err, Clock clock) {
    /** Starts the progress bar of a step of {@code total} pieces of work. */
    ProgressBar step(String label, long total) {
        return new ProgressBar(terminal, err, clock, label, total);
    }
}
