package io.fyercache.benchmarks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fyercache.benchmarks.cluster.exchange.Answer;
import io.fyercache.benchmarks.cluster.exchange.Answer.Failed;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.cluster.member.MemberProgram;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.ContestantJvm;
import io.fyercache.benchmarks.contestant.Seat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A member's JVM, as the runner sees it. Used by one thread; one of its own reads what the JVM prints. */
final class MemberProcess implements AutoCloseable {
    /** Longer than any member takes to join, even on a machine that does other things as well. */
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(90);

    /** After which a process that was killed, stopped or let go on counts as one that cannot be. */
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

    private final StartedProcesses processes;
    private final Process process;
    private final Path log;
    private final PrintStream requests;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    private MemberProcess(StartedProcesses processes, Process process, Path log) {
        this.processes = processes;
        this.process = process;
        this.log = log;
        this.requests = new PrintStream(process.getOutputStream(), true, UTF_8);
        Thread reader = new Thread(this::read, "answers of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a JVM that joins; see {@link #awaitJoined}.
     *
     * @param directory an existing one, where it works and logs
     * @throws IOException if it cannot be started
     */
    static MemberProcess start(
            StartedProcesses processes,
            Contestant contestant,
            CacheForm form,
            Seat seat,
            List<String> jvmOptions,
            Path directory)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(contestant.name(), form.name()));
        arguments.addAll(seat.words());
        Path log = directory.resolve("%s-%s-%d.log".formatted(contestant.id(), seat.cluster(), seat.number()));
        ProcessBuilder builder = new ProcessBuilder(
                        ContestantJvm.command(contestant, jvmOptions, MemberProgram.class, arguments))
                .directory(directory.toFile())
                .redirectError(log.toFile());
        return new MemberProcess(processes, processes.start(builder), log);
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // The JVM warns there, too.
                if (line.startsWith(Answer.PREFIX)) {
                    answers.add(Answer.parse(line));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            answers.add(new Failed("cannot read what it prints: " + e));
        }
        answers.add(new Failed("its process has ended"));
    }

    /** Waits until it has joined. */
    void awaitJoined() throws ClusterFailure, InterruptedException {
        take(JOIN_LIMIT, "joining");
    }

    /** Asks, without waiting for the answer. */
    void send(Request request) {
        requests.println(request.line());
    }

    /**
     * Waits for the answer to a request that was sent.
     *
     * @throws ClusterFailure if it fails, or does not come within the limit
     */
    <A extends Answer> A answer(Class<A> kind, Duration limit) throws ClusterFailure, InterruptedException {
        Answer answer = take(limit, "answering");
        if (!kind.isInstance(answer)) {
            throw new ClusterFailure(
                    "answer: %s (expected: %s)".formatted(answer.getClass().getSimpleName(), kind.getSimpleName()));
        }
        return kind.cast(answer);
    }

    /** Asks, and waits for the answer. */
    <A extends Answer> A ask(Request request, Class<A> kind, Duration limit)
            throws ClusterFailure, InterruptedException {
        send(request);
        return answer(kind, limit);
    }

    private Answer take(Duration limit, String action) throws ClusterFailure, InterruptedException {
        Answer answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new ClusterFailure("%s took longer than %d s, see %s".formatted(action, limit.toSeconds(), log));
        }
        if (answer instanceof Failed failed) {
            throw new ClusterFailure(failed.reason());
        }
        return answer;
    }

    /** {@code kill -9}: returns when the process is no more. */
    void kill() throws ClusterFailure, InterruptedException {
        processes.kill(process);
        if (!process.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ClusterFailure("process %d is there after kill -9".formatted(process.pid()));
        }
    }

    /** Stops the process where it is, until {@link #resume}. */
    void pause() throws ClusterFailure, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() throws ClusterFailure, InterruptedException {
        signal("CONT");
    }

    // Java has no way to send these.
    private void signal(String name) throws ClusterFailure, InterruptedException {
        try {
            Process kill = processes.start(
                    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid())).inheritIO());
            boolean ended = kill.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            processes.kill(kill);
            if (!ended || kill.exitValue() != 0) {
                throw new ClusterFailure("process %d did not take the signal %s".formatted(process.pid(), name));
            }
        } catch (IOException e) {
            throw new ClusterFailure("cannot send the signal %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Ends the process; nothing that it holds is wanted any more. */
    @Override
    public void close() {
        processes.kill(process);
    }
}
