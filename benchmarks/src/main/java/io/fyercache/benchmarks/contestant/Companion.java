package io.fyercache.benchmarks.contestant;

/** What runs beside the members of a cluster, in a process of its own on loopback. */
public enum Companion {
    /** A ZooKeeper server with its defaults. */
    ZOOKEEPER,
    /** A server of H2 that keeps its databases in memory. */
    DATABASE
}
