package io.fyercache.jdbc.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A server on loopback, in a directory of its own, which ends with this JVM, however that ends, or when it is {@linkplain #stop stopped}.
 *
 * <p>A shell stands between: it reads from a pipe that closes with this JVM, then kills the server and removes the directory. No hook of the
 * JVM's would run after a kill.
 *
 * <p>Database servers refuse to run as root; if this JVM does, they run as nobody.
 */
final class ServerProcess {

    /** One minute: it takes a second or two, and a machine may have other things to do. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    /** User and group nobody, by the numbers that all distributions give them. */
    private static final String NOBODY = "65534";

    /** The end of a log that a message shows, in characters: enough for the reason. */
    private static final int SHOWN_LOG = 2000;

    /** What the shell is told if the directory is to stay. */
    private static final String KEEP = "keep";

    /** Prints the server's process id first; see the class. */
    private static final String UNTIL_PIPE_CLOSES =
            "signal=$1; directory=$2; shift 2; \"$@\" >&2 & server=$!; echo $server;"
                    + " read word; kill -s $signal $server; wait $server;"
                    + " [ \"$word\" = " + KEEP + " ] || rm -rf \"$directory\"";

    private final Path directory;
    private final boolean root;

    /** The shell of the server that runs; null if none does. */
    private Process shell;

    ServerProcess(String name) throws IOException {
        this.directory = Files.createTempDirectory("fyercache-" + name + "-");
        this.root = Files.getAttribute(directory, "unix:uid").equals(0);
        if (root) {
            Files.setAttribute(directory, "unix:uid", Integer.valueOf(NOBODY));
            Files.setAttribute(directory, "unix:gid", Integer.valueOf(NOBODY));
        }
    }

    /** Where the server keeps everything; its owner is whom the server runs as. */
    Path directory() {
        return directory;
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Runs a command to its end, with a file as its input. */
    void run(Path input, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(unprivileged(command))
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        if (process.waitFor() != 0) {
            throw failed(command.get(0) + " ended with status " + process.exitValue());
        }
    }

    /**
     * Starts the server, and returns when it accepts connections.
     *
     * @param endBySignal the signal that ends it at once, and all its processes
     */
    void start(String endBySignal, List<String> command, String url) throws IOException {
        List<String> line = new ArrayList<>(
                List.of("sh", "-c", UNTIL_PIPE_CLOSES, "until-pipe-closes", endBySignal, directory.toString()));
        line.addAll(command);
        shell = new ProcessBuilder(unprivileged(line))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long pid = Long.parseLong(
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
        Awaitility.await("a connection to " + command.get(0))
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    boolean alive = ProcessHandle.of(pid).isPresent();
                    if (!alive) {
                        throw failed(command.get(0) + " ended instead of accepting connections");
                    }
                    return accepts(url);
                });
    }

    /** Ends the server, and keeps its directory. */
    void stop() throws IOException, InterruptedException {
        try (OutputStream words = shell.getOutputStream()) {
            words.write((KEEP + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        shell.waitFor();
    }

    private static boolean accepts(String url) {
        try (Connection connection = DriverManager.getConnection(url)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private List<String> unprivileged(List<String> command) {
        List<String> all = new ArrayList<>();
        if (root) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }

    private Path log() {
        return directory.resolve("log");
    }

    private IllegalStateException failed(String what) throws IOException {
        String text = Files.exists(log()) ? Files.readString(log()) : "";
        return new IllegalStateException(
                what + "; its log ends:\n" + text.substring(Math.max(0, text.length() - SHOWN_LOG)));
    }
}
