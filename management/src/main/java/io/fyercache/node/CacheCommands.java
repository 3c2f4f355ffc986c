package io.fyercache.node;

import io.fyercache.management.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about caches as a whole. */
final class CacheCommands {
    private CacheCommands() {}

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a cache. */
    @Command(
            name = "create",
            description = {
                "Makes a cache: what the settings do not say comes from the configuration file of the process, by the cache's name."
                        + " If it is there and the same, nothing happens."
            })
    static final class Create extends CacheCommand {
        @Option(
                names = "--settings",
                paramLabel = "JSON",
                defaultValue = "{}",
                description =
                        "Its settings, such as '{\"maximumEntries\": 10000, \"expiry\": {\"created\": \"10m\"}}'.")
        private String settings = "";

        /** For picocli. */
        Create() {}

        @Override
        @Nullable
        Object ask(Server asked, String path) {
            Map<String, @Nullable Object> wish = new LinkedHashMap<>();
            wish.put("name", cache());
            wish.put("settings", Json.read(bytes(settings)));
            return asked.change("POST", CACHES, Optional.of(Json.write(wish)));
        }
    }

    /** Changes a cache. */
    @Command(
            name = "set",
            description =
                    "Changes settings of a cache while it is used, in the whole cluster: bounds, expiry, loading, statistics.")
    static final class Set extends CacheCommand {
        @Parameters(
                index = "1",
                paramLabel = "JSON",
                description = "What changes, such as '{\"maximumEntries\": 10000}'.")
        private String settings = "";

        /** For picocli. */
        Set() {}

        @Override
        @Nullable
        Object ask(Server asked, String path) {
            return asked.change("PATCH", path, Optional.of(bytes(settings)));
        }
    }

    /** Destroys a cache. */
    @Command(name = "destroy", description = "Destroys a cache with all of its entries, in the whole cluster.")
    static final class Destroy extends CacheCommand {
        @Option(names = "--confirm", paramLabel = "CACHE", required = true, description = "Its name, once more.")
        private String confirmed = "";

        /** For picocli. */
        Destroy() {}

        @Override
        @Nullable
        Object ask(Server asked, String path) {
            return asked.change("DELETE", path + "?confirm=" + Server.encoded(confirmed), Optional.empty());
        }
    }
}
