package io.fyercache.quickstart;

import io.fyercache.core.time.SystemClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code ./quickstart}: arguments in, report out, and an exit code that says whether every check held. */
public final class Quickstart {
    static final int ALL_HELD = 0;
    static final int CHECK_FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int BROKEN = 3;
    /** What a shell shows for a command that Ctrl-C ended: 128 and the number of SIGINT. */
    static final int STOPPED = 130;

    private static final String USAGE = "usage.txt";

    /** Held here: a logger that nobody refers to forgets its level. */
    private static final Logger EVERYTHING = Logger.getLogger("");

    private static final Logger ZOOKEEPER = Logger.getLogger("org.apache.zookeeper");

    private final Console console;
    private final StopSignal stop;

    Quickstart(Console console, StopSignal stop) {
        this.console = console;
        this.stop = stop;
    }

    /** Runs the command and ends the JVM with its exit code; {@code --help} lists them. */
    public static void main(String[] arguments) {
        DatabaseServer.listenOnLoopback();
        // What a member that is killed leaves behind in ZooKeeper's log is no news to whoever reads the report.
        ZOOKEEPER.setLevel(Level.SEVERE);
        EVERYTHING.setLevel(Level.WARNING);
        Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
        StopSignal stop = new StopSignal();
        stop.listen();
        int exitCode = BROKEN;
        try {
            exitCode = new Quickstart(new Console(terminal, System.out, System.err, SystemClock.INSTANCE), stop)
                    .run(List.of(arguments));
        } finally {
            stop.closed();
        }
        System.exit(exitCode);
    }

    /** Runs the command and returns its exit code. Everything it opened is closed. */
    int run(List<String> arguments) {
        if (Options.askForHelp(arguments)) {
            console.out().print(usage());
            return ALL_HELD;
        }
        try {
            return exitCode(new Job(Options.parse(arguments), console, stop).run());
        } catch (UsageException e) {
            e.faults().forEach(fault -> console.err().println("quickstart: " + fault));
            return WRONG_USAGE;
        } catch (StopSignal.Stopped e) {
            console.err().println("quickstart: stopped; the cache and the database are closed");
            return STOPPED;
        } catch (Exception e) {
            console.err().println("quickstart: cannot go on");
            e.printStackTrace(console.err());
            return BROKEN;
        }
    }

    static int exitCode(List<Check> checks) {
        return checks.stream().allMatch(check -> check.outcome() == Check.Outcome.HELD) ? ALL_HELD : CHECK_FAILED;
    }

    /** Returns the help text; the script shows the same file before anything is built. */
    static String usage() {
        try (InputStream in = Objects.requireNonNull(Quickstart.class.getResourceAsStream(USAGE), USAGE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
