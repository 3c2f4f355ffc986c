package io.fyercache.sharded.replication;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.PlacedChange;
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
    private final PartitionCopy copy;
    private final NewestEntries newest;
    private final LoggedOperations operations;

    /** Null if this primary serves no longer. */
    private final @Nullable ServedEntries served;

    /** Of the entry that is being carried out; empty if nobody is to hear of it. */
    private List<CommittedChange> changes = List.of();

    /** How many of its effects were carried out before. */
    private int effects;

    CommitReport(
            ReplicaHost host,
            long generation,
            LoggedCopy data,
            NewestEntries newest,
            LoggedOperations operations,
            @Nullable ServedEntries served) {
        this.host = host;
        this.generation = generation;
        this.log = data.log();
        this.copy = data.copy();
        this.newest = newest;
        this.operations = operations;
        this.served = served;
    }

    @Override
    public void carriedOut(long number, Effect effect, @Nullable StoredEntry before) {
        EncodedValue old = before == null ? null : before.value();
        if (effect instanceof Effect.Store store) {
            note(number, store, store.value(), old);
        } else if (effect instanceof Effect.ExpireAtOnce expired) {
            note(number, expired, expired.value(), expired.value());
        } else if (effect instanceof Effect.Remove remove && old != null) {
            note(number, remove, old, old);
            if (remove.notice() == Notice.EXPIRED) {
                host.expired(remove.key());
            } else if (remove.notice() == Notice.EVICTED) {
                host.evicted(remove.key(), old);
            }
        }
    }

    /** V3: who listens is said by the entries before. */
    private void note(long number, Effect effect, EncodedValue value, @Nullable EncodedValue old) {
        int index = effects++;
        EntryChange.Kind heard = effect.notice().heard();
        ListenerRegister register = copy.listeners();
        if (heard == null || register == null) {
            return;
        }
        EntryKey key = effect.key();
        List<Listening> listeners = register.of(key.cache(), heard);
        if (!listeners.isEmpty()) {
            if (changes.isEmpty()) {
                changes = new ArrayList<>(1);
            }
            PlacedChange placed = new PlacedChange(
                    PlacedChange.place(number, index), key.cache(), new EntryChange(heard, key.key(), value, old));
            changes.add(new CommittedChange(placed, listeners));
        }
    }

    @Override
    public void committed(LogEntry entry) {
        newest.committed(entry);
        host.committed(entry);
        if (served != null) {
            for (Effect effect : entry.effects()) {
                if (!(effect instanceof Effect.Listen)) {
                    served.changed(effect.key());
                }
            }
        }
        boolean awaited = false;
        if (!changes.isEmpty()) {
            CommittedChanges told = new CommittedChanges(generation, entry.number(), changes);
            awaited = told.areAwaited();
            log.changesHandedOver(entry.number());
            host.changed(told);
            changes = List.of();
        }
        effects = 0;
        operations.committed(entry, awaited);
    }
}
