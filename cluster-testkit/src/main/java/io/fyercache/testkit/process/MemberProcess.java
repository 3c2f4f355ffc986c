package io.fyercache.testkit.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.time.SystemClock;
import io.fyercache.zookeeper.StandaloneMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A member of a cluster in a JVM of its own, with the class path of this one, so that a test can do to it what happens to processes. It ends with this
 * process, at the latest. Thread-safe.
 */
public final class MemberProcess implements AutoCloseable {
    /** How long a member may take to join, or to end. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Lines of its output that are kept. */
    private static final int MAX_LINES = 200;

    private final Process process;

    @GuardedBy("this")
    private final Deque<String> output = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean joined;

    @GuardedBy("this")
    private boolean silent;

    private MemberProcess(Process process) {
        this.process = process;
        Thread reading = new Thread(this::read, "output of member process " + process.pid());
        reading.setDaemon(true);
        reading.start();
    }

    /**
     * Starts a member, and waits until it is in its cluster.
     *
     * @param cluster its URI, as of a cache manager
     * @param options of the JVM, such as {@code -Xmx256m}
     * @throws IllegalStateException if it does not get there; says what it has printed
     */
    public static MemberProcess start(URI cluster, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DependentMember.class.getName(), cluster.toString()));
        MemberProcess member;
        try {
            member = new MemberProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        member.awaitJoined();
        return member;
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
        joined |= line.startsWith(StandaloneMember.JOINED);
        notifyAll();
    }

    private synchronized void end() {
        silent = true;
        notifyAll();
    }

    private synchronized void awaitJoined() {
        long endNanos = SystemClock.INSTANCE.nanoTime() + PATIENCE.toNanos();
        try {
            while (!joined && !silent && SystemClock.INSTANCE.nanoTime() - endNanos < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, endNanos - SystemClock.INSTANCE.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!joined) {
            process.destroyForcibly();
            throw new IllegalStateException("member process " + process.pid() + ": has not joined (expected: within "
                    + PATIENCE + "); it says: " + String.join("\n", output));
        }
    }

    /** Returns the number that the operating system has given it. */
    public long pid() {
        return process.pid();
    }

    /** Tells whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the last lines that it has printed. */
    public synchronized List<String> output() {
        return List.copyOf(output);
    }

    /** Kills it (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end (SIGTERM), so that it hands over what it holds, and waits until it is gone; returns its status. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("member process " + process.pid() + ": runs (expected: to end within "
                        + PATIENCE + "); it says: " + String.join("\n", output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while member process " + process.pid() + " ends", e);
        }
    }

    /** Kills it, if it runs. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "member process " + process.pid() + (isAlive() ? "" : ", ended");
    }
}
