package io.fyercache.sharded.transport.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Both sides show a certificate of a trusted authority, over TLS 1.3. A member's certificate must name the host at which the member is
 * registered, so a client's certificate does not make a member. Immutable.
 */
public final class MutualTls implements TransportSecurity {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3");

    private final SslContext connecting;
    private final SslContext accepting;

    private MutualTls(SslContextBuilder connecting, SslContextBuilder accepting) {
        try {
            this.connecting = restricted(connecting).build();
            this.accepting =
                    restricted(accepting).clientAuth(ClientAuth.REQUIRE).build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(
                    "TLS: cannot be set up (expected: a certificate with its key, authorities, and TLS 1.3)", e);
        }
        TlsRehearsal.of(this.connecting, this.accepting);
    }

    /**
     * Uses keys and authorities that the JDK has loaded.
     *
     * @throws IllegalArgumentException if they cannot be used
     */
    public static MutualTls of(KeyManagerFactory keys, TrustManagerFactory authorities) {
        return new MutualTls(
                SslContextBuilder.forClient().keyManager(keys).trustManager(authorities),
                SslContextBuilder.forServer(keys).trustManager(authorities));
    }

    /**
     * Reads PEM files, now and not again.
     *
     * @param certificates of this process, its own first and those that vouch for it after
     * @param key of the first certificate, as PKCS #8
     * @param password what the key is encrypted with; null if it is not
     * @param authorities whose certificates are believed
     * @throws IllegalArgumentException if a file cannot be read or is not what it should be
     */
    public static MutualTls ofPemFiles(Path certificates, Path key, @Nullable String password, Path authorities) {
        File chain = certificates.toFile();
        File believed = authorities.toFile();
        try {
            return new MutualTls(
                    SslContextBuilder.forClient()
                            .keyManager(chain, key.toFile(), password)
                            .trustManager(believed),
                    SslContextBuilder.forServer(chain, key.toFile(), password).trustManager(believed));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage()
                            + " (expected: PEM files with certificates, their key as PKCS #8, and a password if it is"
                            + " encrypted)",
                    e);
        }
    }

    private static SslContextBuilder restricted(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.JDK).protocols(PROTOCOLS);
    }

    SslContext connecting() {
        return connecting;
    }

    SslContext accepting() {
        return accepting;
    }

    @Override
    public String toString() {
        return "MutualTls[TLS 1.3]";
    }
}
