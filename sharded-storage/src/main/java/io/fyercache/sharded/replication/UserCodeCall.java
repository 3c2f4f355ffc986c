package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * What a primary wants to have run, while it holds the key: everything that {@link HostedCache#run} needs. Immutable.
 *
 * @param epoch the number of the primary's epoch, to be told to whatever can refuse the calls of earlier ones
 * @param number counts the calls of a partition in an epoch, from 1
 * @param task an operation in which user code has a say, or a read: of a missing value, which is to be loaded, or of one whose expiry policy
 *     is to be asked
 * @param state of the key as the operation finds it
 * @param client who asked
 * @param batch the operation of the client on many keys that it is for
 */
public record UserCodeCall(
        long epoch, long number, EntryKey key, Request.Task task, KeyState state, long client, Request.Batch batch) {

    /** Returns the live entry as the operation finds it, null for none. */
    public @Nullable StoredEntry current() {
        return state.entry();
    }

    /** Returns the partition's time when the call was made. */
    public long partitionMillis() {
        return state.partitionMillis();
    }
}
