package io.fyercache.node;

import io.fyercache.management.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about the entries of a cache. */
final class EntryCommands {
    private EntryCommands() {}

    /** A command about one entry. */
    private abstract static class OfEntry extends CacheCommand {
        @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
        private String key = "";

        abstract @Nullable Object askForEntry(Server asked, String entry);

        @Override
        final @Nullable Object ask(Server asked, String path) {
            return askForEntry(asked, path + "/entry?key=" + Server.encoded(key));
        }
    }

    /** Shows an entry. */
    @Command(name = "get", description = "Prints an entry; it may be loaded for that.")
    static final class Get extends OfEntry {
        /** For picocli. */
        Get() {}

        @Override
        @Nullable
        Object askForEntry(Server asked, String entry) {
            return asked.get(entry);
        }
    }

    /** Puts an entry. */
    @Command(name = "put", description = "Puts an entry.")
    static final class Put extends OfEntry {
        @Parameters(index = "2", paramLabel = "JSON", description = "The value, such as 7 or '\"text\"'.")
        private String value = "";

        @Option(names = "--ttl", paramLabel = "TIME", description = "Its time to live, such as 10s or 5m.")
        private @Nullable String timeToLive;

        /** For picocli. */
        Put() {}

        @Override
        @Nullable
        Object askForEntry(Server asked, String entry) {
            String lasting = timeToLive == null ? "" : "&ttl=" + Server.encoded(timeToLive);
            return asked.change("PUT", entry + lasting, Optional.of(value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Removes an entry. */
    @Command(name = "remove", description = "Removes an entry, also by the cache's writer.")
    static final class Remove extends OfEntry {
        /** For picocli. */
        Remove() {}

        @Override
        @Nullable
        Object askForEntry(Server asked, String entry) {
            return asked.change("DELETE", entry, Optional.empty());
        }
    }

    private static @Nullable Object invalidate(Server asked, String path, String way, Object what) {
        return asked.change("POST", path + "/invalidations", Optional.of(Json.write(Map.of(way, what))));
    }

    /** Drops entries. */
    @Command(name = "invalidate", description = "Drops entries, and tells no writer.")
    static final class Invalidate extends CacheCommand {
        @ArgGroup(multiplicity = "1")
        private Which which = new Which();

        /** One of both. */
        static final class Which {
            @Option(names = "--key", paramLabel = "KEY", description = "That of one entry.")
            private @Nullable String key;

            @Option(names = "--prefix", paramLabel = "TEXT", description = "With which keys begin.")
            private @Nullable String prefix;

            Which() {}
        }

        /** For picocli. */
        Invalidate() {}

        @Override
        @Nullable
        Object ask(Server asked, String path) {
            String key = which.key;
            String prefix = which.prefix;
            return key == null
                    ? invalidate(asked, path, "prefix", prefix == null ? "" : prefix)
                    : invalidate(asked, path, "key", key);
        }
    }

    /** Drops all entries. */
    @Command(name = "clear", description = "Drops all entries of a cache, and tells no writer.")
    static final class Clear extends CacheCommand {
        /** For picocli. */
        Clear() {}

        @Override
        @Nullable
        Object ask(Server asked, String path) {
            return invalidate(asked, path, "all", true);
        }
    }
}
