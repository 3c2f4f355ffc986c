package io.fyercache.sharded.engine;

import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.engine.NearSettings;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the callers of caches get at the router of their process, which one thread owns, and wait for it: blocked while that thread works, or
 * working themselves. Thread-safe.
 */
public interface RouterAccess {

    /**
     * Returns which partitions the cluster has, once that is known.
     *
     * @throws ClusterUnavailableException if that takes too long
     */
    PartitionLayout layout();

    /**
     * Has listeners told from now on of what this process hears of a cache, instead of those before: keys and values are encoded ones, and
     * {@link ListenerThread} runs them.
     *
     * @return what to tell all partitions, so that they let this process hear of changes
     */
    Task.Listen listen(int cache, ChangeListeners listeners);

    /** Takes in that all partitions have been told: from now on this process sees to it that none forgets. */
    void listens(int cache, Task.Listen told);

    /**
     * Answers a read at once, on the caller's thread, if a copy in this process may (R7); returns null if the cluster must be asked.
     *
     * @param task one that reads an entry
     */
    @Nullable
    Done readAtHand(EntryKey key, Task task);

    /** Has this process keep entries of a cache near from now on (N); it is read by what this returns. */
    NearCache openNear(int cache, NearSettings settings);

    /** Has it keep none of them any more. */
    void closeNear(NearCache near);

    /** Returns the time of the clock that {@link #pause} goes by, in nanoseconds. */
    long nanoTime();

    /** Lets so many nanoseconds pass for the caller, or fewer. */
    void pause(long nanos);

    /** Makes all calls at once, and returns what has become of each when all have ended, in the same order. */
    List<CallOutcome> carryOut(List<Submission> submissions);
}
