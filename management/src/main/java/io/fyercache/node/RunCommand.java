package io.fyercache.node;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.management.Exposure;
import io.fyercache.management.Management;
import io.fyercache.management.ManagementSettings;
import io.fyercache.management.certificate.TlsFiles;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ProcessOptions options = new ProcessOptions();

    @Option(
            names = "--trusted-network",
            description = "Lets it listen in plain text on addresses that others reach; needs a token file.")
    private boolean trustedNetwork;

    /** For picocli. */
    RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Optional<TlsFiles> files = options.tls();
        ManagementSettings settings = new ManagementSettings(
                options.http(),
                options.tokenFile(),
                trustedNetwork ? Exposure.TRUSTED_NETWORK : Exposure.LOOPBACK_ONLY,
                files);
        FyerCachingProvider provider = new FyerCachingProvider();
        CacheManager manager = provider.getCacheManager(options.source(), RunCommand.class.getClassLoader());
        CountDownLatch drained = new CountDownLatch(1);
        Management management;
        try {
            management = Management.start(manager, settings, drained::countDown);
        } catch (RuntimeException e) {
            provider.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(provider, management), "fyercache-leaving"));
        say(SERVES + (files.isPresent() ? "https://" : "http://")
                + settings.bind().getHostString() + ":" + management.port());
        drained.await();
        return 0; // And the process ends, as it does when it is asked to by a signal.
    }

    private static void end(FyerCachingProvider provider, Management management) {
        management.leave();
        provider.close();
        try {
            management.left();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        management.close();
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
        }
    }
}
