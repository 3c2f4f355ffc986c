package io.fyercache.testkit.simulation;

import io.fyercache.sharded.member.StorageMember;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.replication.PartitionReplica;
import io.fyercache.sharded.replication.ReplicaState;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in a cluster after every step, whatever goes wrong ({@code docs/protocol.md}, invariants). It sees all members at one moment,
 * as none of them can.
 */
final class Invariants {
    private final Supplier<List<SimulatedLife>> lives;
    private final List<CommittedEntries> committed = new ArrayList<>();
    private final List<HeardChanges> heard = new ArrayList<>();
    private @Nullable PartitionTable table;
    private boolean nothingFails;

    /** Makes the checks of a cluster whose present members that supplies. */
    Invariants(int partitions, Supplier<List<SimulatedLife>> lives) {
        this.lives = lives;
        for (int partition = 0; partition < partitions; partition++) {
            committed.add(new CommittedEntries());
            heard.add(new HeardChanges());
        }
    }

    /** Says that from now on whatever happens to the copies is planned, as nothing fails. */
    void nothingFails() {
        nothingFails = true;
    }

    /** Looks at a member after it has done something. */
    void check(SimulatedLife life) {
        StorageMember member = life.member();
        for (int partition = 0; member != null && partition < member.replicaCount(); partition++) {
            PartitionReplica replica = member.replica(partition);
            if (replica.state() == ReplicaState.BACKUP) {
                checkCarriedOut(replica, partition);
            } else if (replica.isLeased(life.clockNanos())) {
                checkOneReader(life, partition);
            }
        }
    }

    /** I2: what a backup has carried out a primary has committed. */
    private void checkCarriedOut(PartitionReplica replica, int partition) {
        PartitionRecord record = replica.record();
        if (record != null) {
            long last = committed.get(partition).last(record.epoch().generation());
            if (replica.lastCommitted() > last) {
                throw new AssertionError(
                        "I2: only " + last + " is committed of partition " + partition + ": " + replica);
            }
        }
    }

    /** I3. */
    private void checkOneReader(SimulatedLife reader, int partition) {
        for (SimulatedLife other : lives.get()) {
            PartitionReplica replica = replica(other, partition);
            if (other != reader
                    && replica != null
                    && replica.isLeased(other.clockNanos())
                    && !isProvisional(replica(reader, partition), replica)) {
                throw new AssertionError(
                        "I3: two may answer reads of partition " + partition + ": " + reader + " and " + other);
            }
        }
    }

    /** L3: tells whether one of the two is in a later generation, which makes allowance for the earlier one. */
    private static boolean isProvisional(@Nullable PartitionReplica one, PartitionReplica other) {
        PartitionEpoch first =
                Objects.requireNonNull(Objects.requireNonNull(one).record()).epoch();
        PartitionEpoch second = Objects.requireNonNull(other.record()).epoch();
        return first.generation() != second.generation()
                && (first.generation() > second.generation() ? first : second).standing() == Standing.PROVISIONAL;
    }

    /** Returns the latest time that any partition has had. */
    long latestMillis() {
        return committed.stream()
                .mapToLong(CommittedEntries::latestMillis)
                .max()
                .orElse(0);
    }

    private static @Nullable PartitionReplica replica(SimulatedLife life, int partition) {
        StorageMember member = life.member();
        return member == null || partition >= member.replicaCount() ? null : member.replica(partition);
    }

    /**
     * I1, I7, and that the partition's time does not run back: a primary says that it has committed an entry. Tells whether it is the first to
     * say so.
     *
     * @param known the record that it knows, which may be newer than any table that was seen here
     */
    boolean committed(int partition, PartitionRecord known, LogEntry entry) {
        boolean first = committed.get(partition).committed(known.epoch().generation(), entry);
        if (first) {
            heard.get(partition).committed(known.epoch().generation(), entry);
        }
        PartitionRecord seen = table == null ? known : table.record(partition);
        PartitionRecord record = seen.version() > known.version() ? seen : known;
        if (record.epoch().generation() == known.epoch().generation()) {
            checkInSync(partition, record, entry);
        }
        return first;
    }

    private void checkInSync(int partition, PartitionRecord record, LogEntry entry) {
        for (SimulatedLife life : lives.get()) {
            PartitionReplica replica = replica(life, partition);
            if (replica != null && record.inSync().contains(self(life)) && replica.lastEntry() < entry.number()) {
                throw new AssertionError("I1: " + entry + " of partition " + partition + " is committed and not at "
                        + life + ": " + replica);
            }
        }
    }

    /** Returns what processes have heard of a partition. */
    HeardChanges heard(int partition) {
        return heard.get(partition);
    }

    /** B6: a member waits no more for its listeners. */
    void changesGivenUp(int partition, long generation, long number) {
        heard.get(partition).givenUp(generation, number);
    }

    /** Returns what is not as it should be when everything has been told. */
    List<String> wounds() {
        List<String> wounds = new ArrayList<>();
        heard.forEach(each -> wounds.addAll(each.wounds()));
        return wounds;
    }

    /** Returns how many entries were evicted. */
    int evicted() {
        return heard.stream().mapToInt(HeardChanges::evicted).sum();
    }

    /** Returns the keys of a partition's entries, of those caches, that have values by now. */
    Set<EntryKey> keys(int partition, long generation, IntPredicate caches) {
        return heard.get(partition).keysOf(generation, caches);
    }

    private static @Nullable Incarnation self(SimulatedLife life) {
        StorageMember member = life.member();
        return member == null ? null : member.self();
    }

    /** I5 and I6: the table has changed, perhaps more than once. */
    void changed(PartitionTable next) {
        PartitionTable before = table;
        for (int partition = 0; before != null && partition < next.partitionCount(); partition++) {
            checkGrowth(before.record(partition), next.record(partition));
        }
        table = next;
    }

    private void checkGrowth(PartitionRecord before, PartitionRecord next) {
        boolean grows = next.version() > before.version()
                && next.epoch().number() >= before.epoch().number()
                && next.epoch().generation() >= before.epoch().generation();
        if (!grows && !next.equals(before)) {
            throw new AssertionError("I5: " + before + " became " + next);
        }
        boolean fewer = next.inSync().size() < before.inSync().size();
        if (nothingFails && fewer && !next.inSync().containsAll(next.target())) {
            throw new AssertionError("I6: " + before + " became " + next);
        }
    }
}
