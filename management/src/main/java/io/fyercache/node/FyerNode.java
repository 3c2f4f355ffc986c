package io.fyercache.node;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command {@code fyercache-node}. */
@Command(
        name = "fyercache-node",
        description =
                "A member of a FyerCache cluster, and commands that ask a process how it is and tell it what to do.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = NodeVersion.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or it has failed; the reason is on the standard error",
            "2:the command is not understood",
            "3:the process cannot be reached, or is not healthy"
        },
        subcommands = {
            RunCommand.class,
            LookCommands.Status.class,
            LookCommands.Members.class,
            LookCommands.Partitions.class,
            LookCommands.Caches.class,
            LookCommands.Events.class,
            LookCommands.Health.class,
            DrainCommand.class,
            DoctorCommand.class,
            EntryCommands.Get.class,
            EntryCommands.Put.class,
            EntryCommands.Remove.class,
            EntryCommands.Invalidate.class,
            EntryCommands.Clear.class,
            DeadLetterCommands.class,
            GenerateCompletion.class
        })
public final class FyerNode {
    /** It was refused, or has failed. */
    static final int EXIT_FAILED = 1;

    /** Nobody answers, or who answers is not healthy. */
    static final int EXIT_UNREACHABLE = 3;

    /** Makes a command; for picocli. */
    FyerNode() {}

    /** Does what the arguments say, and ends the process with the status that tells how it went. */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        System.exit(
                run(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset), arguments));
    }

    /** Does what the arguments say, and returns the status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new FyerNode()).setOut(out).setErr(err);
        command.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(failure.getMessage());
            return failure instanceof NotReachedException ? EXIT_UNREACHABLE : EXIT_FAILED;
        });
        return command.execute(arguments);
    }
}
