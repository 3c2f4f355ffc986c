package io.fyercache.sharded.replication;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.engine.BatchWriter;
import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DueWrite;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteQueueFullException;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult.Failed;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.message.codec.UnwrittenForm;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a cache of a cluster writes behind: what of a decision its database is told later (Q1), and how it is told then. As thread-safe as the writer.
 *
 * @param cacheName what errors call the cache
 * @param settings say when, and how much may wait
 */
record WritingBehind(String cacheName, WriteBehindSettings settings, BatchWriter writer) {
    /**
     * Milliseconds, 20 s, for which a change waits for room at most, whatever the settings say: callers wait for 30 s, and those whose time is over
     * do not learn that nothing has happened.
     */
    static final long LONGEST_ROOM_WAIT_MILLIS = 20_000;

    /** Returns how a cache writes behind; null if it does not. */
    static @Nullable WritingBehind of(CacheDefinition definition) {
        return definition.writer() == null || definition.writeBehind() == null
                ? null
                : new WritingBehind(definition.name(), definition.writeBehind(), new BatchWriter(definition.writer()));
    }

    /** Q1: returns by what effect is kept what the database is to be told because of a decision; null if that is nothing. */
    static @Nullable Effect effect(EntryKey key, Decision decision, KeyState state) {
        EncodedValue written;
        switch (decision.writeThrough()) {
            case WRITE -> written = (EncodedValue) Objects.requireNonNull(decision.writtenValue());
            case DELETE -> written = null;
            default -> {
                return null;
            }
        }
        UnwrittenChange before = state.unwritten();
        long since = before == null ? state.partitionMillis() : before.sinceMillis();
        return store(key, new UnwrittenChange(written, since));
    }

    /** Returns the effect by which a change of a key is kept. */
    static Effect store(EntryKey key, UnwrittenChange change) {
        return new Effect.Store(key.unwritten(), UnwrittenForm.encode(change), Expiry.NEVER, Notice.NONE);
    }

    /** Returns the effect by which that is forgotten which the database was to be told of a key. */
    static Effect remove(EntryKey key) {
        return new Effect.Remove(key.unwritten(), Notice.NONE);
    }

    /** Q6: returns for how long a change waits for room. */
    long roomWaitNanos() {
        return roomWaitMillis() * 1_000_000;
    }

    private long roomWaitMillis() {
        return Math.min(settings.queueWaitMillis(), LONGEST_ROOM_WAIT_MILLIS);
    }

    /** Q6: returns what a caller is told whose change has found none. */
    Failed noRoom() {
        return new Failed(
                WriteQueueFullException.class.getName(),
                "cache '" + cacheName + "': " + settings.maximumQueued()
                        + " keys have changes that are not written, on the member that has the entry, dead letters included, and none was"
                        + " written within " + roomWaitMillis()
                        + " ms (expected: room for one more); the database is slower than the changes, or fails: see the dead letters,"
                        + " and the member's log");
    }

    /** Has changes written. Runs user code. */
    BatchOutcome write(List<DueWrite<EntryKey, UnwrittenChange>> batch, WriteFence fence) {
        return writer.fencedBy(fence)
                .write(batch.stream()
                        .map(each -> new DueWrite<Object, Change>(
                                each.key().key(), new Change(each.change().value())))
                        .toList());
    }
}
