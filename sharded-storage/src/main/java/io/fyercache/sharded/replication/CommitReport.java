package io.fyercache.sharded.replication;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a primary says of entries that it commits together: to listeners and to whoever counts, by way of its host, and to those who wait for an
 * answer. A new primary commits all that it cannot know to have been told, and so tells it again (V1). Used by one thread.
 */
final class CommitReport implements CommitWitness {
    private final ReplicaHost host;
    private final long generation;
    private final ReplicaLog log;
    private final NewestEntries newest;
    private final LoggedOperations operations;

    /** Null if this primary serves no longer. */
    private final @Nullable BoundedEntries served;

    /** Of the entry that is being carried out; empty if nobody is to hear of it. */
    private List<CommittedChange> changes = List.of();

    CommitReport(
            ReplicaHost host,
            long generation,
            ReplicaLog log,
            NewestEntries newest,
            LoggedOperations operations,
            @Nullable BoundedEntries served) {
        this.host = host;
        this.generation = generation;
        this.log = log;
        this.newest = newest;
        this.operations = operations;
        this.served = served;
    }

    @Override
    public void carriedOut(Effect effect, @Nullable StoredEntry before) {
        EncodedValue old = before == null ? null : before.value();
        if (effect instanceof Effect.Store store) {
            note(store, store.value(), old);
        } else if (effect instanceof Effect.ExpireAtOnce expired) {
            note(expired, expired.value(), expired.value());
        } else if (effect instanceof Effect.Remove remove && old != null) {
            note(remove, old, old);
            if (remove.notice() == Notice.EXPIRED || remove.notice() == Notice.EXPIRED_UNHEARD) {
                host.expired(remove.key());
            } else if (remove.notice() == Notice.EVICTED) {
                host.evicted(remove.key(), old);
            }
        }
    }

    private void note(Effect effect, EncodedValue value, @Nullable EncodedValue old) {
        EntryChange.Kind heard = effect.notice().heard();
        if (heard != null) {
            if (changes.isEmpty()) {
                changes = new ArrayList<>(1);
            }
            EntryKey key = effect.key();
            changes.add(new CommittedChange(key.cache(), new EntryChange(heard, key.key(), value, old)));
        }
    }

    @Override
    public void committed(LogEntry entry) {
        newest.committed(entry);
        host.committed(entry);
        if (served != null) {
            entry.effects().forEach(effect -> served.changed(effect.key()));
        }
        if (!changes.isEmpty()) {
            log.changesHandedOver(entry.number());
            host.changed(new CommittedChanges(generation, entry.number(), changes));
            changes = List.of();
        }
        // A caller that has to wait for listeners will be answered when the changes have arrived.
        operations.committed(entry);
    }
}
