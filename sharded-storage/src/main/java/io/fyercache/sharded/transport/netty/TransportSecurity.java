package io.fyercache.sharded.transport.netty;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How peers know who they talk to. All processes of a cluster use the same way. */
public sealed interface TransportSecurity permits MutualTls, TransportSecurity.None, TransportSecurity.SharedSecret {

    /**
     * Peers prove that they know a secret, and so that they belong to the cluster. What they send afterwards is neither encrypted nor
     * protected from being changed on the way: for networks whose wires are trusted.
     *
     * @param secret by which this process proves that it belongs to the cluster
     * @param accepted from others besides: while a cluster changes its secret, some of its processes show the next one, and some the former
     */
    record SharedSecret(Secret secret, Optional<Secret> accepted) implements TransportSecurity {
        /** Has one secret alone. */
        public SharedSecret(Secret secret) {
            this(secret, Optional.empty());
        }

        /** Returns all that others may show. */
        List<Secret> believed() {
            return Stream.concat(Stream.of(secret), accepted.stream()).toList();
        }
    }

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
