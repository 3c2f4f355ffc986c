package io.fyercache.testkit.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.time.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, with the class path of this one. It ends when this one ends, however that is. Thread-safe. */
final class ChildJvm implements AutoCloseable {
    /** How long a program may take to get ready, or to end. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Lines of its output that are kept. */
    private static final int MAX_LINES = 200;

    private final String what;
    private final String readyLine;
    private final Process process;

    @GuardedBy("this")
    private final Deque<String> output = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean ready;

    @GuardedBy("this")
    private boolean silent;

    @GuardedBy("this")
    private @Nullable StandStill standStill;

    private ChildJvm(String what, String readyLine, Process process) {
        this.what = what + " " + process.pid();
        this.readyLine = readyLine;
        this.process = process;
        Thread reading = new Thread(this::read, "output of " + this.what);
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Starts a program.
     *
     * @param what names it
     * @param readyLine how the line begins that it prints when it is ready
     * @param options of the JVM; a class path among them takes the place of this JVM's
     * @param program has the {@code main}
     */
    static ChildJvm start(
            String what, String readyLine, List<String> options, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.addAll(List.of(DependentProgram.class.getName(), program.getName()));
        command.addAll(arguments);
        try {
            return new ChildJvm(
                    what,
                    readyLine,
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("output: " + e);
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        if (output.size() == MAX_LINES) {
            output.removeFirst();
        }
        output.add(line);
        ready |= line.startsWith(readyLine);
        notifyAll();
    }

    private synchronized void end() {
        silent = true;
        notifyAll();
    }

    /**
     * Waits until it is ready.
     *
     * @throws IllegalStateException if it does not get there, and is killed; says what it has printed
     */
    synchronized void awaitReady() {
        long endNanos = SystemClock.INSTANCE.nanoTime() + PATIENCE.toNanos();
        try {
            while (!ready && !silent && SystemClock.INSTANCE.nanoTime() - endNanos < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, endNanos - SystemClock.INSTANCE.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ready) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    what + ": is not ready (expected: within " + PATIENCE + "); it says: " + text());
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the last lines that it has printed. */
    synchronized List<String> output() {
        return List.copyOf(output);
    }

    private String text() {
        return String.join("\n", output());
    }

    /** Lets it stand still (SIGSTOP) from when this returns. */
    synchronized void pause() {
        if (standStill != null) {
            throw new IllegalStateException(what + ": stands still already (expected: it to run)");
        }
        standStill = StandStill.of(pid());
    }

    /** Lets it go on (SIGCONT), if it stands still. */
    synchronized void resume() {
        if (standStill != null) {
            standStill.close();
            standStill = null;
        }
    }

    /** Kills it (SIGKILL), and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
        resume();
    }

    /** Asks it to end (SIGTERM), and waits until it is gone; returns its status. */
    int stop() {
        // By its handle: the process itself would be deprived of its standard input, and take its starter for gone.
        process.toHandle().destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(
                        what + ": runs (expected: to end within " + PATIENCE + "); it says: " + text());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + what + " ends", e);
        }
    }

    /** Kills it, if it runs. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return what + (isAlive() ? "" : ", ended");
    }
}
