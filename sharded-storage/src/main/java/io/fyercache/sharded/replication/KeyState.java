package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import org.jspecify.annotations.Nullable;

/**
 * What a primary knows of a key when an operation on it is decided. Immutable.
 *
 * @param entry the live entry, null for none
 * @param unwritten what the database is still to be told of the key, null if nothing
 * @param partitionMillis the partition's time
 */
public record KeyState(
        @Nullable StoredEntry entry, @Nullable UnwrittenChange unwritten, long partitionMillis) {

    /** Makes the state of a key of which the database knows everything. */
    public KeyState(@Nullable StoredEntry entry, long partitionMillis) {
        this(entry, null, partitionMillis);
    }

    /** Returns the value of the live entry, null for none. */
    @Nullable
    EncodedValue value() {
        return entry == null ? null : entry.value();
    }
}
