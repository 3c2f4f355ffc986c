package io.fyercache.sharded.listening;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.CommittedChange;
import io.fyercache.sharded.replication.CommittedChanges;
import java.util.ArrayList;
import java.util.List;

/** Changes, each the only one of its entry. */
final class Placed {
    static final int CACHE = 3;
    private static final ChangeInterest EVERYTHING = new ChangeInterest(15, 0, 15);

    private Placed() {}

    /** Returns the change that an entry of the log has brought about, with a value of so many bytes. */
    static PlacedChange change(long entry, int bytes) {
        return new PlacedChange(
                PlacedChange.place(entry, 0),
                CACHE,
                new EntryChange(
                        EntryChange.Kind.CREATED,
                        new EncodedKey(new byte[] {(byte) entry}),
                        new EncodedValue(new byte[bytes]),
                        null));
    }

    static PlacedChange change(long entry) {
        return change(entry, 10);
    }

    static List<PlacedChange> changes(long... entries) {
        List<PlacedChange> changes = new ArrayList<>();
        for (long entry : entries) {
            changes.add(change(entry));
        }
        return changes;
    }

    /** Returns what a primary hands out, to be told to these. */
    static CommittedChanges committed(long generation, long entry, int bytes, long... clients) {
        List<Listening> listeners = new ArrayList<>();
        for (long client : clients) {
            listeners.add(new Listening(CACHE, client, 1, EVERYTHING));
        }
        return new CommittedChanges(generation, entry, List.of(new CommittedChange(change(entry, bytes), listeners)));
    }
}
