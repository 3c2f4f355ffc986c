package io.fyercache.node;

import io.fyercache.management.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands about changes that a cache which writes behind has given up. */
@Command(
        name = "dead-letters",
        description =
                "Changes that the writer of a cache has not written and that were given up: prints, replays or discards them.",
        subcommands = {
            DeadLetterCommands.ListAll.class,
            DeadLetterCommands.Replay.class,
            DeadLetterCommands.Discard.class
        })
final class DeadLetterCommands {
    private static final String LETTERS = "/dead-letters";

    /** For picocli. */
    DeadLetterCommands() {}

    /** Prints them. */
    @Command(name = "list", description = "Prints them, the oldest first.")
    static final class ListAll extends CacheCommand {
        @Option(
                names = "--values",
                description = "With their values, and what the writer has said; needs the role write.")
        private boolean values;

        /** For picocli. */
        ListAll() {}

        @Override
        Object ask(Server asked, String path) {
            return asked.pages(path + LETTERS, values ? "&values=true" : "");
        }
    }

    /** A command that does something about some of them, or all. */
    private abstract static class Acting extends CacheCommand {
        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        /** One of both. */
        static final class Which {
            @Option(names = "--key", paramLabel = "KEY", description = "That of one; may be said several times.")
            private List<String> keys = new ArrayList<>();

            @Option(names = "--all", description = "All that there are.")
            private boolean all;

            Which() {}
        }

        abstract String action();

        @Override
        final @Nullable Object ask(Server asked, String path) {
            Map<String, Object> wish = which.all ? Map.of("all", true) : Map.of("keys", which.keys);
            return asked.change("POST", path + LETTERS + "/" + action(), Optional.of(Json.write(wish)));
        }
    }

    /** Has them written once more. */
    @Command(name = "replay", description = "Has them written once more, with all their attempts.")
    static final class Replay extends Acting {
        /** For picocli. */
        Replay() {}

        @Override
        String action() {
            return "replays";
        }
    }

    /** Drops them. */
    @Command(name = "discard", description = "Drops them: what the database has counts.")
    static final class Discard extends Acting {
        /** For picocli. */
        Discard() {}

        @Override
        String action() {
            return "discards";
        }
    }
}
