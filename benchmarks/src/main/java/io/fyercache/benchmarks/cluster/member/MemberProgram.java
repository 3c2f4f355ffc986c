package io.fyercache.benchmarks.cluster.member;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fyercache.benchmarks.cluster.exchange.Answer;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.ClusterMember;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Seat;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The main class of a member's JVM: joins, says so, and answers requests until its standard input ends. That is when the runner ends, too,
 * so no member outlives it.
 */
public final class MemberProgram {
    private static final int EXIT_OVER = 0;
    private static final int EXIT_NOT_JOINED = 1;

    private MemberProgram() {}

    /**
     * Runs a member.
     *
     * @param arguments a {@link Contestant} and a {@link CacheForm} by constant name, and the words of a {@link Seat}
     */
    public static void main(String... arguments) throws InterruptedException {
        PrintStream answers = System.out;
        // Peers print to it, too.
        System.setOut(System.err);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(lines), "requests");
        reader.setDaemon(true);
        reader.start();

        List<String> words = List.of(arguments);
        ClusterMember member;
        try {
            member = Contestant.valueOf(words.get(0))
                    .join(Seat.ofWords(words.subList(2, words.size())), CacheForm.valueOf(words.get(1)));
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            answers.println(new Answer.Failed(reason(e)).line());
            // Threads of the peer's may be left.
            Runtime.getRuntime().halt(EXIT_NOT_JOINED);
            return;
        }
        answers.println(new Answer.Done().line());
        MemberTasks tasks = new MemberTasks(member);
        while (true) {
            answers.println(answer(tasks, lines.take()).line());
        }
    }

    private static void read(BlockingQueue<String> lines) {
        try (BufferedReader input =
                new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            System.err.println("requests cannot be read any more: " + e);
        }
        Runtime.getRuntime().halt(EXIT_OVER);
    }

    private static Answer answer(MemberTasks tasks, String line) throws InterruptedException {
        try {
            return tasks.carryOut(Request.parse(line));
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            return new Answer.Failed(reason(e));
        }
    }

    private static String reason(Throwable failure) {
        boolean isOurs = failure instanceof IllegalStateException || failure instanceof UnsupportedOperationException;
        return isOurs && failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }
}
