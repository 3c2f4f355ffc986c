package io.fyercache.configuration;

/** Where the entries of a cache are. */
public enum Topology {
    /** In this JVM, and nowhere else. */
    LOCAL,
    /** In the cluster that the manager's URI names: each at the primary of its key's partition, and at backups. */
    PARTITIONED,
    /** In that cluster, all on every member: each is led by one, which orders its changes, and read everywhere. */
    REPLICATED,
    /** In each JVM its own; a key that one changes is dropped by all others, who are told by a bus, or by the cluster that they are in. */
    INVALIDATED
}
