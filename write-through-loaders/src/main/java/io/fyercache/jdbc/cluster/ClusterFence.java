package io.fyercache.jdbc.cluster;

import io.fyercache.core.fence.FencingToken;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.jdbc.fence.Fence;
import io.fyercache.jdbc.fence.PrimaryEpoch;
import io.fyercache.jdbc.fence.PrimaryEpochs;
import org.jspecify.annotations.Nullable;

/** Fences for the writers of caches that a cluster of FyerCache has. */
public final class ClusterFence {

    private ClusterFence() {}

    /**
     * A fence in a table, for {@code JdbcCacheWriter.builder(...).fencedBy(...)}.
     *
     * @param table the name of the {@link io.fyercache.jdbc.fence.FenceTable}, in the database that the writer writes to
     */
    public static Fence in(String table) {
        return new Fence(table, TokensOfCall.INSTANCE);
    }

    /** What the cluster says of the call that the thread is in. */
    private enum TokensOfCall implements PrimaryEpochs {
        INSTANCE;

        @Override
        public @Nullable PrimaryEpoch of(Object key) {
            return WriteFence.current().token(key).map(TokensOfCall::epoch).orElse(null);
        }

        private static PrimaryEpoch epoch(FencingToken token) {
            return new PrimaryEpoch(token.cluster(), token.partition(), token.epoch());
        }
    }
}
