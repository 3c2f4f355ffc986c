package io.fyercache.sharded.transport.netty;

/** Why a connection was closed by this side. */
public enum Refusal {
    /** The handshake took too long. */
    TOO_SLOW,
    /** Too many connections had not finished their handshakes. */
    TOO_MANY_HALF_OPEN,
    /** What came is no frame of the protocol. */
    GARBLED,
    /** A frame is empty, or larger than it may be. */
    OVERSIZED,
    /** The peer speaks no version of the transport that this side speaks. */
    UNKNOWN_VERSION,
    /** The peer uses another kind of {@link TransportSecurity}. */
    OTHER_SECURITY,
    /** The peer belongs to another cluster. */
    WRONG_CLUSTER,
    /** The peer does not know the secret, or repeated what it has overheard. */
    WRONG_SECRET,
    /** The peer says that it is this process itself. */
    REFLECTED,
    /** The peer means another member, or another life of one, or is one that was not meant. */
    ANOTHER_LIFE,
    /** TLS: the peer has no certificate that is believed, or speaks no TLS. */
    TLS_FAILED,
    /** TLS: the member's certificate does not name the host at which the member is registered, or nobody has told of the member yet. */
    WRONG_NAME,
    /** A message is not what the codec writes. */
    DAMAGED_MESSAGE,
    /** A message is not for the peer to send; see {@link io.fyercache.sharded.transport.Peer#maySend}. */
    FORBIDDEN_MESSAGE,
    /** Without security, an address is not one of this machine. */
    EXPOSED
}
