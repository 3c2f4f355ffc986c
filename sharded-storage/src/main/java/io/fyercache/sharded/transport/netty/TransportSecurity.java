package io.fyercache.sharded.transport.netty;

/** How peers know who they talk to. All processes of a cluster use the same way. */
public sealed interface TransportSecurity permits MutualTls, TransportSecurity.None, TransportSecurity.SharedSecret {

    /**
     * Peers prove that they know a secret, and so that they belong to the cluster. What they send afterwards is neither encrypted nor
     * protected from being changed on the way: for networks whose wires are trusted.
     */
    record SharedSecret(Secret secret) implements TransportSecurity {}

    /** Nobody proves anything: whoever reaches the port may read and change everything. */
    record None(Exposure exposure) implements TransportSecurity {}

    /** From where a transport without security may be reached. */
    enum Exposure {
        /** From this machine: it listens and connects on loopback addresses only. */
        LOOPBACK_ONLY,
        /** From everywhere; whoever says so has protected the network otherwise. */
        ANYWHERE
    }
}
