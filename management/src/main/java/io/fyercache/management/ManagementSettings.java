package io.fyercache.management;

import io.fyercache.management.certificate.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a process is managed.
 *
 * @param bind where it is asked; port 0 is any that is free
 * @param tokenFile has the tokens of those who may, and is made if it is missing; empty if every user of this machine may do everything
 * @param exposure who can reach it
 * @param tls by what it shows who it is; empty if it speaks in plain text
 */
public record ManagementSettings(
        InetSocketAddress bind, Optional<Path> tokenFile, Exposure exposure, Optional<TlsFiles> tls) {
    /** The port that is used if nobody says another one. */
    public static final int DEFAULT_PORT = 8_085;

    /**
     * Checks that nobody can reach it who should not.
     *
     * @throws IllegalArgumentException if others than this machine's users can, without tokens or although nothing was said of that
     */
    public ManagementSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException(
                    "bind: " + bind + " (expected: a host that can be looked up, or an address of this machine)");
        }
        boolean loopback = bind.getAddress().isLoopbackAddress();
        if (!loopback && tokenFile.isEmpty()) {
            throw new IllegalArgumentException("bind: " + bind
                    + " without a token file (expected: a loopback address, or a token file); whoever reaches that address could read and"
                    + " change everything");
        } else if (!loopback && exposure == Exposure.LOOPBACK_ONLY && tls.isEmpty()) {
            throw new IllegalArgumentException("bind: " + bind
                    + " in plain text (expected: a certificate for TLS; or a loopback address, behind something that speaks TLS; or"
                    + " Exposure.TRUSTED_NETWORK, if the network's wires are trusted)");
        }
    }

    /** Settings without TLS. */
    public ManagementSettings(InetSocketAddress bind, Optional<Path> tokenFile, Exposure exposure) {
        this(bind, tokenFile, exposure, Optional.empty());
    }

    /** Returns these with TLS. */
    public ManagementSettings withTls(TlsFiles files) {
        return new ManagementSettings(bind, tokenFile, exposure, Optional.of(files));
    }
}
