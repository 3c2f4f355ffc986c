package io.fyercache.sharded.transport.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Which host the peer's certificate names, where TLS is used. Thread-safe. */
final class TlsPeer {
    private TlsPeer() {}

    /** Tells whether the peer may be a member at that host. Without TLS everybody may. */
    static boolean isAt(Channel channel, String host) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return true;
        }
        try {
            X509Certificate shown = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
            return CertifiedHost.isNamed(shown, host);
        } catch (SSLPeerUnverifiedException e) {
            // The connection has ended meanwhile.
            return false;
        }
    }
}
