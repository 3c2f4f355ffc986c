package io.fyercache.node;

import io.fyercache.management.ManagementSettings;
import io.fyercache.management.certificate.TlsFiles;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a process is told that is run: where its configuration is, and how it is asked. */
final class ProcessOptions {
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
    }

    @ArgGroup(exclusive = false)
    private @Nullable Tls tls;

    /** By what it shows who it is. */
    static final class Tls {
        @Option(
                names = "--tls-certificate",
                paramLabel = "FILE",
                required = true,
                description =
                        "Its certificate for TLS as PEM, with those that vouch for it; read again when it has changed.")
        private Path certificate = Path.of("");

        @Option(
                names = "--tls-key",
                paramLabel = "FILE",
                required = true,
                description = "The key of it, PKCS #8 as PEM.")
        private Path key = Path.of("");

        @Option(
                names = "--tls-key-password-file",
                paramLabel = "FILE",
                description = "Has the password of the key, if that is encrypted.")
        private @Nullable Path passwordFile;

        Tls() {}

        TlsFiles files() {
            return new TlsFiles(certificate, key, Optional.ofNullable(passwordFile));
        }
    }

    /** For picocli. */
    ProcessOptions() {}

    URI source() {
        Path file = source.config;
        if (file == null) {
            return source.cluster == null ? URI.create("") : source.cluster;
        } else if (!Files.isReadable(file)) {
            throw new RefusedException(
                    "--config: " + file + " cannot be read (expected: a file that this process may read)");
        }
        return file.toAbsolutePath().toUri();
    }

    Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }

    Optional<TlsFiles> tls() {
        return Optional.ofNullable(tls).map(Tls::files);
    }

    // Whoever asks for a name here asks for one of this machine, and for its first address.
    @SuppressWarnings("AddressSelection")
    InetSocketAddress http() {
        int colon = http.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    http.substring(0, Math.max(0, colon)), Integer.parseInt(http.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("--http: " + http + " (expected: host:port, such as 127.0.0.1:8085)");
        }
    }
}
