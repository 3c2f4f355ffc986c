package io.fyercache.sharded.member;

import io.fyercache.core.fence.FencingToken;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.UserCodeCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fences of calls that a member makes of writers: of each key, by its bytes, the partition, and the epoch of the primary that has it written (U3).
 * Immutable.
 *
 * @param cluster the cluster's identity
 */
public record MemberFences(String cluster) {
    /** Returns the fence of a call; none if it is to load something, and calls no writer. */
    public WriteFence of(int partition, UserCodeCall call) {
        return call.task() instanceof Task.Write
                ? WriteFence.of(call.key().key(), token(partition, call.epoch()))
                : WriteFence.NONE;
    }

    /** Returns the fence of calls that are made together, each of another key; none if they are to load something. */
    public WriteFence ofCalls(List<PlacedCall> calls) {
        Map<Object, FencingToken> tokens = new LinkedHashMap<>();
        for (PlacedCall each : calls) {
            if (each.call().task() instanceof Task.Write) {
                tokens.put(
                        each.call().key().key(),
                        token(each.partition(), each.call().epoch()));
            }
        }
        return WriteFence.of(tokens);
    }

    /** Returns the fence of changes that have waited, each of another key. */
    public WriteFence ofWrites(List<PlacedWrite> writes) {
        Map<Object, FencingToken> tokens = new LinkedHashMap<>();
        writes.forEach(each -> tokens.put(each.write().key().key(), token(each.partition(), each.epoch())));
        return WriteFence.of(tokens);
    }

    private FencingToken token(int partition, long epoch) {
        return new FencingToken(cluster, partition, epoch);
    }
}
