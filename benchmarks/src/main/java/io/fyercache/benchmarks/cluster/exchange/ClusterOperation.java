package io.fyercache.benchmarks.cluster.exchange;

/** The operations of a cluster's cache that are measured. */
public enum ClusterOperation {
    /** {@code get} of an entry that is there. */
    GET("get"),
    /** {@code put} of another value for an entry that is there. */
    PUT("put"),
    /** {@code invoke} of a processor that reads the value and sets another. */
    INVOKE("invoke"),
    /** {@code getAll} of 50 entries that are there. */
    GET_ALL("getAll"),
    /** {@code putAll} of 50 other values for entries that are there. */
    PUT_ALL("putAll");

    private final String id;

    ClusterOperation(String id) {
        this.id = id;
    }

    /** The name in cell names. */
    public String id() {
        return id;
    }
}
