package io.fyercache.node;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a process until it is asked to end (SIGTERM, SIGINT); then it hands over what it holds, and says meanwhile that it is not ready. */
@Command(
        name = "run",
        description = {
            "Runs a member, or whatever the configuration says, until it is asked to end (SIGTERM). Then it hands over what it holds, and ends."
        })
final class RunCommand implements Callable<Integer> {
    /** What it says first when it serves. */
    static final String SERVES = "serves: ";

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + ManagementSettings.DEFAULT_PORT,
            description = "Where it is asked, by default ${DEFAULT-VALUE}; port 0 is any that is free.")
    private String http = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Tokens of those who may ask; made if it is missing. Without it every user of this machine may.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--trusted-network",
            description = "Lets it listen in plain text on addresses that others reach; needs a token file.")
    private boolean trustedNetwork;

    /** Where the configuration is: one of both. */
    static final class Source {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "A configuration file, with the cluster and the caches (docs/configuration.md).")
        private @Nullable Path config;

        @Option(
                names = "--cluster",
                paramLabel = "URI",
                description = "A cluster, such as zk://host:2181/orders?bind=10.0.0.7:7000.")
        private @Nullable URI cluster;

        Source() {}

        URI uri() {
            Path file = config;
            if (file == null) {
                return cluster == null ? URI.create("") : cluster;
            } else if (!Files.isReadable(file)) {
                throw new RefusedException(
                        "--config: " + file + " cannot be read (expected: a file that this process may read)");
            }
            return file.toAbsolutePath().toUri();
        }
    }

    /** For picocli. */
    RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        ManagementSettings settings = new ManagementSettings(
                address(http),
                Optional.ofNullable(tokenFile),
                trustedNetwork ? Exposure.TRUSTED_NETWORK : Exposure.LOOPBACK_ONLY);
        FyerCachingProvider provider = new FyerCachingProvider();
        CacheManager manager = provider.getCacheManager(source.uri(), RunCommand.class.getClassLoader());
        Management management;
        try {
            management = Management.start(manager, settings);
        } catch (RuntimeException e) {
            provider.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(provider, management), "fyercache-leaving"));
        say(SERVES + "http://" + settings.bind().getHostString() + ":" + management.port());
        new CountDownLatch(1).await();
        return 0;
    }

    private static void end(FyerCachingProvider provider, Management management) {
        management.leave();
        provider.close();
        management.close();
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
        }
    }

    // Whoever asks for a name here asks for one of this machine, and for its first address.
    @SuppressWarnings("AddressSelection")
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("--http: " + text + " (expected: host:port, such as 127.0.0.1:8085)");
        }
    }
}
