package io.fyercache.node;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands that look. Each prints what the process answers. */
final class LookCommands {
    private static final int OK = 200;

    private LookCommands() {}

    /** Prints an object that is asked for. */
    private abstract static class Look implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Server server = new Server();

        /** Returns where it is. */
        abstract String path();

        @Override
        public Integer call() {
            print(server.get(path()));
            return 0;
        }

        Server server() {
            return server;
        }

        void print(@Nullable Object answer) {
            if (spec != null) {
                PlainText.print(answer, spec.commandLine().getOut());
            }
        }
    }

    /** Prints a list, all pages of it. */
    private abstract static class LookThrough extends Look {
        @Override
        public Integer call() {
            print(server().pages(path(), ""));
            return 0;
        }
    }

    /** How the cluster is. */
    @Command(name = "status", description = "Prints how the cluster is.")
    static final class Status extends Look {
        /** For picocli. */
        Status() {}

        @Override
        String path() {
            return "/api/v1/cluster";
        }
    }

    /** Who is there. */
    @Command(name = "members", description = "Prints who is there.")
    static final class Members extends LookThrough {
        /** For picocli. */
        Members() {}

        @Override
        String path() {
            return "/api/v1/members";
        }
    }

    /** Who holds what. */
    @Command(name = "partitions", description = "Prints partitions, and who has their copies.")
    static final class Partitions extends LookThrough {
        /** For picocli. */
        Partitions() {}

        @Override
        String path() {
            return "/api/v1/partitions";
        }
    }

    /** Which caches there are. */
    @Command(
            name = "caches",
            description =
                    "Prints caches, their settings, and what the process has counted; or makes, changes and destroys them.",
            subcommands = {CacheCommands.Create.class, CacheCommands.Set.class, CacheCommands.Destroy.class})
    static final class Caches extends LookThrough {
        /** For picocli. */
        Caches() {}

        @Override
        String path() {
            return "/api/v1/caches";
        }
    }

    /** What has happened. */
    @Command(name = "events", description = "Prints the latest events.")
    static final class Events extends LookThrough {
        /** For picocli. */
        Events() {}

        @Override
        String path() {
            return "/api/v1/events";
        }
    }

    /** Whether the process is of use. */
    @Command(name = "health", description = "Prints whether the process is of use, and why; ends with 3 if it is not.")
    static final class Health extends Look {
        /** For picocli. */
        Health() {}

        @Override
        String path() {
            return "/health/ready";
        }

        @Override
        public Integer call() {
            Server.Reply reply = server().send("GET", path(), Optional.empty());
            print(reply.json());
            return reply.status() == OK ? 0 : FyerNode.EXIT_UNREACHABLE;
        }
    }
}
