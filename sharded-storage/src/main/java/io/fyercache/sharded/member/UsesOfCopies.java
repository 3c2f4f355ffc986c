package io.fyercache.sharded.member;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Used;
import io.fyercache.sharded.reading.RecentUses;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Tells primaries which entries of caches with bounds were read from their backups' copies here (E5). Used by the member's thread. */
final class UsesOfCopies {
    private final RecentUses recent = new RecentUses();

    /** Returns where uses are noted. Any thread may. */
    RecentUses recent() {
        return recent;
    }

    /** Sends what has been noted to whoever is primary by the table. */
    void tell(PartitionTable table, Incarnation self, BiConsumer<Incarnation, MemberMessage> send) {
        TreeMap<Incarnation, List<EntryKey>> byPrimary = new TreeMap<>();
        for (EntryKey key : recent.take()) {
            int partition = key.partition(table.layout());
            byPrimary
                    .computeIfAbsent(table.record(partition).primary(), primary -> new ArrayList<>())
                    .add(key);
        }
        byPrimary.remove(self); // It has taken over since, and its order begins anew.
        byPrimary.forEach((primary, keys) -> send.accept(primary, new Used(keys)));
    }
}
