package io.fyercache.quickstart;

import io.fyercache.core.time.Clock;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far one step of the job has come. On a terminal it is a bar, redrawn in place; elsewhere a line every ten seconds.
 * Either way one line remains when the step is done. {@link #advance} may be called from any thread, the other methods
 * only from the one that opened the step.
 */
final class ProgressBar implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L; // ten a second look smooth and cost nothing
    private static final long LINE_NANOS = 10_000_000_000L; // seldom enough not to fill a log
    private static final int LABEL_WIDTH = 30;
    private static final int SMALLEST_BAR = 5;
    private static final int LARGEST_BAR = 30;
    /** Goes to the start of the line and erases it (ECMA-48, 8.3.41). */
    private static final String ERASE_LINE = "\r\u001b[K";

    private enum State {
        RUNNING,
        ENDED
    }

    private final Terminal terminal;
    private final PrintStream out;
    private final Clock clock;
    private final String label;
    private final long total;
    private final long startNanos;
    private final LongAdder done = new LongAdder();
    private final AtomicLong nextDrawNanos;
    private State state = State.RUNNING;

    /**
     * Starts a step of {@code total} pieces of work; 0 if that is not known.
     *
     * @param label what is done, in a few words
     */
    ProgressBar(Terminal terminal, PrintStream out, Clock clock, String label, long total) {
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
        this.label = String.format(Locale.ROOT, "  %-" + LABEL_WIDTH + "s ", label);
        this.total = total;
        this.startNanos = clock.nanoTime();
        this.nextDrawNanos = new AtomicLong(startNanos + drawEveryNanos());
        if (isBar()) {
            draw();
        }
    }

    /** Counts {@code pieces} more as done. */
    void advance(long pieces) {
        done.add(pieces);
        long now = clock.nanoTime();
        long due = nextDrawNanos.get();
        if (now - due >= 0 && nextDrawNanos.compareAndSet(due, now + drawEveryNanos())) {
            draw();
        }
    }

    /** Ends the step: leaves one line with {@code outcome} and the time it took. */
    void finish(String outcome) {
        state = State.ENDED;
        String took = Figures.duration(clock.nanoTime() - startNanos);
        String line = String.format(Locale.ROOT, "%s%20s %10s%n", label, outcome, took);
        print(isBar() ? ERASE_LINE + line : line);
    }

    /** Ends the step without a line if it is not finished, as when it fails or is stopped. */
    @Override
    public void close() {
        if (state == State.RUNNING && isBar()) {
            print(ERASE_LINE);
        }
        state = State.ENDED;
    }

    private boolean isBar() {
        return terminal.progress() == Terminal.Progress.BAR;
    }

    private long drawEveryNanos() {
        return isBar() ? REDRAW_NANOS : LINE_NANOS;
    }

    private void draw() {
        double fraction = total == 0 ? 0 : Math.min(1, (double) done.sum() / total);
        String percent = total == 0 ? "..." : String.format(Locale.ROOT, "%3.0f %%", 100 * fraction);
        if (isBar()) {
            int room = terminal.columns() - label.length() - percent.length() - 2;
            print(ERASE_LINE + label + bar(Math.min(LARGEST_BAR, room), fraction) + percent);
        } else {
            print(label + percent + System.lineSeparator());
        }
    }

    /** Returns a bar of {@code width} characters and a space, or nothing where it would be too small to read. */
    private static String bar(int width, double fraction) {
        if (width < SMALLEST_BAR) {
            return "";
        }
        int full = (int) Math.round(width * fraction);
        return "#".repeat(full) + ".".repeat(width - full) + " ";
    }

    /** Prints in one call, so that what several threads print does not mix. */
    private void print(String text) {
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }
}
