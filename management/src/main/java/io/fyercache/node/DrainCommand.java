package io.fyercache.node;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a member hand over and end, and follows it until it has. */
@Command(
        name = "drain",
        description = {
            "Has a member hand over what it holds, and its process end; prints how far it is, and ends when it has.",
            "0 if others have all of it, 1 if its time for leaving was over before, or nobody knows."
        })
final class DrainCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/drain";

    /** Milliseconds between two questions. */
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Server server = new Server();

    /** What is wrong with how it has ended; empty if nothing is. */
    private final CompletableFuture<String> end = new CompletableFuture<>();

    /** What was printed last; of whoever asks, one at a time. */
    private @Nullable Object last;

    /** For picocli. */
    DrainCommand() {}

    @Override
    public Integer call() {
        follow(server.change("POST", PATH, Optional.empty()));
        ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> unused =
                    asking.scheduleWithFixedDelay(this::ask, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            String fault = end.join();
            if (!fault.isEmpty()) {
                throw new RefusedException(fault);
            }
            return 0;
        } finally {
            asking.shutdownNow();
        }
    }

    private void ask() {
        try {
            follow(server.get(PATH));
        } catch (NotReachedException e) {
            end.complete("it has ended, and whether it has handed over all nobody has heard (expected: its last word);"
                    + " its log says it, and the status of another member");
        } catch (RuntimeException e) {
            end.complete(String.valueOf(e.getMessage()));
        }
    }

    private void follow(@Nullable Object now) {
        if (!Objects.equals(now, last)) {
            print(now);
            last = now;
        }
        if (now instanceof Map<?, ?> report && "drained".equals(report.get("state"))) {
            confirm();
            end.complete(
                    Integer.valueOf(0).equals(report.get("partitionsHeld"))
                            ? ""
                            : "not all is handed over, as its leaveLimit was over (expected: no partition held); others have to find"
                                    + " out that it is gone, and nothing is lost of what they have copies of");
        }
    }

    /** The process waits until its answer has come; then it ends, and may do so before it answers once more. */
    private void confirm() {
        try {
            Object unused = server.get(PATH);
        } catch (NotReachedException | RefusedException e) {
            // It has ended, or ends.
        }
    }

    private void print(@Nullable Object report) {
        if (spec != null) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(PlainText.line(report));
        }
    }
}
