package io.fyercache.node;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command about a cache, which asks a process and prints what it answers. */
abstract class CacheCommand implements Callable<Integer> {
    /** Where caches are asked for. */
    static final String CACHES = "/api/v1/caches";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Server server = new Server();

    @Parameters(index = "0", paramLabel = "CACHE", description = "The name of the cache.")
    private String cache = "";

    /** Returns the name of the cache. */
    final String cache() {
        return cache;
    }

    /**
     * Asks the process; returns its answer.
     *
     * @param path where the cache is asked for
     */
    abstract @Nullable Object ask(Server asked, String path);

    @Override
    public final Integer call() {
        Object answer = ask(server, CACHES + "/" + Server.encoded(cache));
        if (spec != null) {
            PlainText.print(answer, spec.commandLine().getOut());
        }
        return 0;
    }
}
