package io.fyercache.benchmarks.contestant;

/** Where the entries of a measured cache are, and by whom they are read. */
public enum CacheForm {
    /** Each on one member, and on one other that has every write before it is acknowledged. */
    PARTITIONED("cluster", Entries.SHARED),
    /** The same, and somebody asks each member for its metrics and its health all the time. */
    OBSERVED("management", Entries.SHARED),
    /** As {@link #PARTITIONED} with two others. */
    PARTITIONED_TWICE("topology/partitioned-twice", Entries.SHARED),
    /** All on every member, which reads its own; every member has every write before it is acknowledged. */
    REPLICATED("topology/replicated", Entries.SHARED),
    /** As {@link #PARTITIONED}; what is measured is a client beside each member, which keeps what it has read. */
    NEAR("topology/near", Entries.SHARED),
    /** Each member has its own, and drops what another one changes. */
    INVALIDATED("topology/invalidated", Entries.KEPT_IN_STEP),
    /** Entities of a database, which the session factory of each member keeps in its second-level cache. */
    ENTITIES("hibernate", Entries.OF_EACH),
    /** Each JVM has its own, and there is no cluster. */
    LOCAL("topology/local", Entries.OF_EACH);

    private final String id;
    private final Entries entries;

    private enum Entries {
        SHARED,
        KEPT_IN_STEP,
        OF_EACH
    }

    CacheForm(String id, Entries entries) {
        this.id = id;
        this.entries = entries;
    }

    /** How the names of its cells begin. */
    public String id() {
        return id;
    }

    /** Whether each member finds what another one has put. */
    public boolean isShared() {
        return entries == Entries.SHARED;
    }

    /** Whether the cache is one of a cluster, whose members have to know each other first. */
    public boolean isOfCluster() {
        return entries != Entries.OF_EACH;
    }
}
