package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;

/** Thrown when a contestant's cluster fails at one operation, while it may well do the others. */
final class OperationFailure extends ClusterFailure {
    private static final long serialVersionUID = 1L;

    private final ClusterOperation operation;

    OperationFailure(ClusterOperation operation, ClusterFailure cause) {
        super(cause.reason(), cause);
        this.operation = operation;
    }

    /** What was asked of it. */
    ClusterOperation operation() {
        return operation;
    }
}
