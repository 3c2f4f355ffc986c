package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** How much a process knows of each partition that it reads near. The process's thread says it, all others read by it. */
public final class NearLeases {
    /** Null until it is known which partitions there are. */
    private volatile @Nullable Partitions partitions;

    private record Partitions(PartitionLayout layout, AtomicReferenceArray<@Nullable NearLease> leases) {}

    /** Says which partitions there are. Only the first time counts: that never changes. */
    public void know(PartitionLayout layout) {
        if (partitions == null) {
            partitions = new Partitions(layout, new AtomicReferenceArray<>(layout.count()));
        }
    }

    /** Returns which partition an entry is in; less than 0 if that is not known. Any thread may ask. */
    public int partition(EntryKey key) {
        Partitions known = partitions;
        return known == null ? -1 : key.partition(known.layout());
    }

    /** Returns what is known of the partition of an entry; null if nothing is. Any thread may ask. */
    public @Nullable NearLease of(EntryKey key) {
        Partitions known = partitions;
        return known == null ? null : known.leases().get(key.partition(known.layout()));
    }

    /** Says that nothing is known of a partition. */
    public void end(int partition) {
        Partitions known = partitions;
        if (known != null) {
            known.leases().set(partition, null);
        }
    }

    /** Says how much is known of a partition, unless more is said already. */
    public void extend(int partition, NearLease lease) {
        Partitions known = partitions;
        if (known == null) {
            return;
        }
        NearLease present = known.leases().get(partition);
        if (present == null || present.era() != lease.era() || lease.asOfNanos() - present.asOfNanos() > 0) {
            known.leases().set(partition, lease);
        }
    }
}
