package io.fyercache.benchmarks.cluster;

/** Thrown when a contestant's cluster does not do what is asked of it; the message is the reason, one line, for the report. */
public class ClusterFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ClusterFailure(String reason) {
        super(reason);
    }

    ClusterFailure(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
