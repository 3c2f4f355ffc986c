package io.fyercache.sharded.transport.netty;

import io.fyercache.sharded.transport.netty.TransportSecurity.None;
import io.fyercache.sharded.transport.netty.TransportSecurity.SharedSecret;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says to people why a member and this process do not come together, as far as who connects can know: a member that refuses somebody closes the
 * connection and says nothing, so what is left is how far the handshake had come. Immutable.
 */
final class RefusalText {
    private static final String SAME_SECURITY =
            " (expected: the same in all processes); compare secretFile and the tls settings of both";

    private final TransportSecurity own;

    /** How far this side had come with its handshake. */
    enum Step {
        /** Nothing was said but what TLS says, if it is used. */
        CONNECTED,
        /** This side has said hello. */
        HELLO,
        /** This side has proved who it is. */
        PROOF
    }

    RefusalText(TransportSecurity own) {
        this.own = own;
    }

    private String ownKind() {
        if (own instanceof None) {
            return "no security";
        }
        return own instanceof SharedSecret ? "a secret" : "TLS";
    }

    /** This side has refused. */
    String byThisSide(Refusal reason, @Nullable Throwable cause) {
        return switch (reason) {
            case UNKNOWN_VERSION ->
                "it speaks no version of the transport that this process speaks (expected: one in common); replace the older"
                        + " release";
            case OTHER_SECURITY -> "it uses another security than this process, which has " + ownKind() + SAME_SECURITY;
            case WRONG_CLUSTER -> "it belongs to another cluster (expected: the one of this place in ZooKeeper)";
            case WRONG_SECRET ->
                "it does not know the secret of this process (expected: the same secret in all processes); compare secretFile of"
                        + " both";
            case WRONG_NAME ->
                "its certificate does not name its host (expected: among the alternative names); sign it another one, or let it"
                        + " advertise a host that the certificate names";
            case TLS_FAILED ->
                "TLS with it fails: " + message(cause)
                        + " (expected: TLS in all processes, and certificates of authorities that both believe)";
            case ANOTHER_LIFE -> "another member is there by now (expected: the one that ZooKeeper tells of)";
            case EXPOSED ->
                "it is on another machine, and this process has no security (expected: a secret, or TLS, to reach other machines)";
            default -> "what it says is not what members say: " + reason + SAME_SECURITY;
        };
    }

    /** The member has ended the connection. */
    String byMember(Step step) {
        return switch (step) {
            case CONNECTED ->
                "it ends the connection before anything is said, while this process has " + ownKind() + SAME_SECURITY;
            case HELLO ->
                own instanceof MutualTls
                        ? "it does not accept the certificate of this process, or means another cluster: it ends the connection"
                                + " after TLS (expected: a certificate of an authority that it believes, at its time)"
                        : "it ends the connection when it hears that this process has " + ownKind() + SAME_SECURITY;
            case PROOF ->
                own instanceof SharedSecret
                        ? "it does not accept the secret of this process (expected: the same secret in all processes); compare"
                                + " secretFile of both"
                        : "it does not let this process in (expected: a member of the same cluster that runs)";
        };
    }

    /** TLS was agreed on, as this side had thought, and the member has objected then: TLS 1.3 lets a server look at certificates last. */
    String byAlert(SSLException alert) {
        return "it does not accept the certificate of this process: " + message(alert)
                + " (expected: one of an authority that it believes, at its time)";
    }

    /** Nobody has objected, and the time was over. */
    static String tooSlow(Duration limit) {
        return "the handshake with it takes longer than " + limit.toMillis()
                + " ms (expected: less); set a longer connectTimeout if machines or networks are slow";
    }

    static String unknownHost() {
        return "its host cannot be looked up (expected: a name or address that all processes reach it by); set advertise there";
    }

    private static String message(@Nullable Throwable cause) {
        Throwable root = cause;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null ? "no reason is given" : String.valueOf(root.getMessage());
    }
}
