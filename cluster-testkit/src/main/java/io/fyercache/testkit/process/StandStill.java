package io.fyercache.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A time during which a process stands still (SIGSTOP), and which ends with this JVM, too, however that ends: otherwise a process could be left
 * that notices nothing any more. Java cannot send these signals, so a shell does. For one thread.
 */
final class StandStill implements AutoCloseable {
    private static final String STOPPED = "stopped";

    /** Stops the process, waits for its standard input to end, and lets the process go on. Signals from a terminal are not for it. */
    private static final String SCRIPT =
            "trap '' INT TERM HUP; kill -STOP \"$1\" && echo " + STOPPED + " && read unused; kill -CONT \"$1\"";

    /** Seconds: a signal takes milliseconds. */
    private static final long PATIENCE_SECONDS = 30;

    private final Process shell;

    private StandStill(Process shell) {
        this.shell = shell;
    }

    /** Stops a process. It stands still when this returns. */
    static StandStill of(long pid) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8);
            String line = lines.readLine();
            if (!STOPPED.equals(line)) {
                shell.destroyForcibly();
                throw new IllegalStateException(
                        "process " + pid + ": cannot be stopped (expected: one of this user's that runs): " + line);
            }
            return new StandStill(shell);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the process go on, if it is still there. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
                throw new IllegalStateException("shell " + shell.pid() + ": runs (expected: to end within "
                        + PATIENCE_SECONDS + " s, after the process that it has stopped goes on)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The shell needs nobody.
        }
    }
}
