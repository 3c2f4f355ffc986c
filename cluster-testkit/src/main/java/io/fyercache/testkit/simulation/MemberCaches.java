package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.BatchOutcome;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.write.DueWrite;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.replication.UserCodeCall;
import io.fyercache.sharded.replication.UserCodeOutcome;
import io.fyercache.testkit.history.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The caches as the members of a simulated cluster have them, and where their user code runs. */
interface MemberCaches {

    /** Returns a cache as a member has it. */
    HostedCache cache(SimulatedLife member, int number);

    /** Tells whether there is a cache of that number. */
    default boolean has(int number) {
        return true;
    }

    /** Closes what a member has of the user's objects of a cache that there is no more (Z5). */
    default void giveUp(SimulatedLife member, int number) {
        // There are none.
    }

    /**
     * Tells whether it is checked what is answered when a partition is lost: for this it must be known which cache has which policy, and all
     * that is asked is kept.
     */
    default boolean areLossesChecked() {
        return false;
    }

    /** Tells whether it is checked that a member's order of a cache with bounds knows what the member serves of it (E5). */
    default boolean isOrderChecked(int number) {
        return false;
    }

    /** Returns the entries of such caches that a member serves, by what its orders know. */
    default Set<EntryKey> orderedKeys(SimulatedLife member) {
        return Set.of();
    }

    /**
     * Returns the load by which an entry of the log came about, as an operation of a history; null if there was none, or histories are recorded
     * by the caches' users alone.
     */
    default @Nullable Operation load(long generation, LogEntry entry) {
        return null;
    }

    /** Takes in what is committed in a partition, each entry once. */
    default void committed(long generation, LogEntry entry) {
        // Nobody judges.
    }

    /**
     * Returns what is not as it should be in the databases when all has been written.
     *
     * @param generationOf returns the present generation of a key's partition
     */
    default List<String> wounds(ToLongFunction<EncodedKey> generationOf) {
        return List.of();
    }

    /** Has changes of a cache that writes behind written on a member, and tells what came of it some time later. */
    void write(
            SimulatedLife member,
            int cache,
            List<DueWrite<EntryKey, UnwrittenChange>> batch,
            WriteFence fence,
            Consumer<BatchOutcome> told);

    /** Takes in that a primary on that member has evicted an entry. */
    void evicted(SimulatedLife member, EntryKey key, EncodedValue value);

    /** Runs user code on a member, and tells what came of it some time later. */
    void run(SimulatedLife member, UserCodeCall call, WriteFence fence, Consumer<UserCodeOutcome> told);

    /** Runs user code on a member for several calls of a cache at once, and tells what came of each some time later. */
    void runTogether(
            SimulatedLife member, List<UserCodeCall> calls, WriteFence fence, Consumer<List<UserCodeOutcome>> told);
}
