package io.fyercache.benchmarks.speed;

/** The operations that are measured. */
public enum Operation {
    /** {@code get} of an entry that is there. */
    GET("get"),
    /** {@code put} of another value for an entry that is there. */
    PUT("put"),
    /** {@code invoke} of a processor that reads the value and sets another. */
    INVOKE("invoke"),
    /** 95 gets to 5 puts, over keys by Zipf's law. */
    ZIPF("zipf"),
    /** {@code getAll} of 50 keys that are there. */
    GET_ALL("getAll");

    private final String id;

    Operation(String id) {
        this.id = id;
    }

    /** The name in cell names, and of the benchmark method. */
    public String id() {
        return id;
    }
}
