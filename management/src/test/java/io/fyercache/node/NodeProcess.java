package io.fyercache.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs the command. */
final class NodeProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader lines;
    private final String url;

    /** What has it stand still; null if nothing does. */
    private Process stopping;

    private NodeProcess(Process process) throws IOException {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.startsWith(RunCommand.SERVES)) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new AssertionError("it has ended, and says: " + said);
        }
        url = line.substring(RunCommand.SERVES.length());
        // Whoever does not read lets it wait.
        Thread reading = new Thread(() -> lines.lines().forEach(unread -> {}), "output of a node");
        reading.setDaemon(true);
        reading.start();
    }

    static NodeProcess run(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dzookeeper.admin.enableServer=false",
                "-cp",
                System.getProperty("java.class.path"),
                DependentNode.class.getName(),
                "run",
                "--http",
                "127.0.0.1:0"));
        command.addAll(List.of(options));
        try {
            return new NodeProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    /** Asks it to end (SIGTERM), and returns its status. */
    int stop() throws InterruptedException {
        // By its handle: the process itself would be deprived of its standard input, and take its starter for gone.
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** Waits for its end, and returns its status. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it runs, although it was asked to end");
        }
        return process.exitValue();
    }

    /**
     * Has it stand still (SIGSTOP) from when this returns. A shell does it, as Java cannot, and has it go on when the shell's standard input ends: so it does not stay
     * so if this JVM is killed.
     */
    void standStill() throws IOException {
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP \"$1\" && echo stopped && read unused; kill -CONT \"$1\"",
                        "sh",
                        Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        stopping = shell;
        String said = shell.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"stopped".equals(said)) {
            throw new AssertionError("process " + process.pid() + " cannot be stopped: " + said);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        if (stopping != null) {
            stopping.destroyForcibly();
        }
    }
}
