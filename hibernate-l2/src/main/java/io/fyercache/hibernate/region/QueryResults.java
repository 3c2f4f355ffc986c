package io.fyercache.hibernate.region;

/** Where the results of queries are, if entities are in a cluster. */
public enum QueryResults {
    /** In the JVM that asked: a hit takes no message, and each process asks the database for itself. */
    LOCAL,
    /** In the cluster, for all its processes. */
    SHARED
}
