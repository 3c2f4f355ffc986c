package io.fyercache.sharded.reading;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all threads of a process may read of the copies that its member has (R7). The member's thread gives leaves and withdraws them: once it has,
 * no read that ends later counts.
 */
public final class ReadLeaves {
    private final PartitionLayout layout;
    private final AtomicReferenceArray<@Nullable ReadLeave> leaves;

    /** Makes those of a cluster with these partitions, all without leave. */
    public ReadLeaves(PartitionLayout layout) {
        this.layout = layout;
        this.leaves = new AtomicReferenceArray<>(layout.count());
    }

    /** What is answered of an entry. */
    @FunctionalInterface
    public interface EntryAnswer<T> {
        /** Returns what is to be said of an entry, or of its absence; null if that is not for this holder's copy to say. */
        @Nullable
        T of(@Nullable StoredEntry entry, Holder holder);
    }

    /** Gives leave to read a partition, instead of what was given before; withdraws that if it is null. */
    public void set(int partition, @Nullable ReadLeave leave) {
        leaves.set(partition, leave);
    }

    /**
     * Reads an entry, if there is leave to. Any thread may.
     *
     * @param answer called once at most
     * @return the answer, or null
     */
    public <T> @Nullable T read(EntryKey key, EntryAnswer<T> answer, LongSupplier nanoClock) {
        int partition = key.partition(layout);
        ReadLeave leave = leaves.get(partition);
        if (leave == null || !leave.covers(key)) {
            return null;
        }
        T read = answer.of(leave.entries().find(key), leave.holder());
        // That it lasts now is what counts: then it did when the entry was read.
        boolean counts = read != null && !leave.isOver(nanoClock.getAsLong()) && leaves.get(partition) == leave;
        return counts ? read : null;
    }
}
