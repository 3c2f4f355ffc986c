package io.fyercache.benchmarks.contestant;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fresh JVM with this one's class path and a contestant's own options, which runs one main class and ends. */
public final class ContestantJvm {
    private ContestantJvm() {}

    /**
     * Runs a main class and gives its last line of output.
     *
     * @param jvmOptions besides the contestant's own
     * @param log where all output goes
     * @param limit after which the JVM is ended
     * @throws IOException if it cannot be started, does not end in time or ends with another code than 0; the message names the log
     */
    public static String run(
            Contestant contestant,
            List<String> jvmOptions,
            Class<?> main,
            List<String> arguments,
            Path log,
            Duration limit)
            throws IOException {
        // The child works where it logs, since Ignite leaves files in the working directory.
        Path directory = log.toAbsolutePath().getParent();
        Process process = new ProcessBuilder(command(contestant, jvmOptions, main, arguments))
                .directory(directory == null ? null : directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await(process, limit, log);
        List<String> lines = Files.readAllLines(log);
        if (process.exitValue() != 0) {
            throw new IOException("%s ended with code %d (expected: 0), see %s"
                    .formatted(main.getSimpleName(), process.exitValue(), log));
        }
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** The command that starts such a JVM, for whoever talks to it while it runs. */
    public static List<String> command(
            Contestant contestant, List<String> jvmOptions, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contestant.jvmOptions());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static void await(Process process, Duration limit, Path log) throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("still running after %s, see %s".formatted(limit, log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a measured JVM ran");
        } finally {
            process.destroyForcibly();
        }
    }
}
