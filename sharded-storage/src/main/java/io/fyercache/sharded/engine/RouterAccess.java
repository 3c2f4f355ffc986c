package io.fyercache.sharded.engine;

import io.fyercache.sharded.client.CallOutcome;
import java.util.List;

/**
 * How the callers of caches get at the router of their process, which one thread owns, and wait for it: blocked while that thread works, or
 * working themselves. Thread-safe.
 */
public interface RouterAccess {

    /**
     * Returns how many partitions the cluster has, once that is known.
     *
     * @throws ClusterUnavailableException if that takes too long
     */
    int partitions();

    /** Makes all calls at once, and returns what has become of each when all have ended, in the same order. */
    List<CallOutcome> carryOut(List<Submission> submissions);
}
