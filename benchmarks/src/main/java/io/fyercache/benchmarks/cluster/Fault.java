package io.fyercache.benchmarks.cluster;

import java.time.Duration;

/** What happens to a cluster while two of its members write. */
public enum Fault {
    /** The third member ends at once, by {@code kill -9}. */
    KILL("kill"),
    /** The third member's process is stopped where it is, for 15 s. */
    STOP("stop"),
    /** A fourth member joins. */
    JOIN("join");

    /** How long a stopped process stands still. */
    public static final Duration STOPPED = Duration.ofSeconds(15);

    private final String word;

    Fault(String word) {
        this.word = word;
    }

    /** The name of its cell, such as {@code cluster/kill}. */
    public String id() {
        return "cluster/" + word;
    }
}
