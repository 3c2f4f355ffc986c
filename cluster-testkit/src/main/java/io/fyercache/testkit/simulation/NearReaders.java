package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.near.NearCache;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who reads a cache near in a world, and the judge of what they find (N1 to N4): processes of their own, one of which asks for nothing as long as it finds a key near, and processes
 * of members, which keep near what these have no copy of.
 */
final class NearReaders {
    /** In the larger worlds fewer than there are keys, so that some have to go. */
    private static final int ENTRIES = 8;

    private static final long STALENESS_NANOS = 1_000_000_000;

    /** Clocks of processes run a two-hundredth faster or slower than true time. */
    private static final long STALENESS_BY_ANY_CLOCK = STALENESS_NANOS / 100 * 101;

    private static final int KEYS = 2;

    /** Of those that have a process to themselves, in each partition. */
    private static final int CLIENTS = 4;

    /** The members of so many nodes have processes that read near, from the first node on. */
    private static final int READING_NODES = 2;

    private final ClusterSimulation world;
    private final NearPromises promises = new NearPromises(STALENESS_BY_ANY_CLOCK);

    /** Of those partitions entries are read near; none as long as nobody does. */
    private List<? extends ClientWorld> partitions = List.of();

    private final List<NearCache> ofMembers = new ArrayList<>();

    /** Has nobody read anything. */
    NearReaders(ClusterSimulation world) {
        this.world = world;
    }

    /** Has clients read near from now on, in these partitions. */
    void begin(List<? extends ClientWorld> read) {
        partitions = List.copyOf(read);
        List<ClientProcess> processes =
                List.of(world.startProcess(Manner.FAITHFUL), world.startProcess(Manner.RESTLESS));
        processes.forEach(NearReaders::open);
        for (ClientWorld partition : partitions) {
            for (int client = 0; client < CLIENTS; client++) {
                ClientProcess process = processes.get(client % processes.size());
                world.add(
                        number -> SimulatedClient.of(SimulatedCaches.NEAR, partition, process, number, KEYS, CLIENTS));
            }
        }
        ClientProcess alone = world.startProcess(Manner.FAITHFUL);
        open(alone);
        world.add(number -> SimulatedClient.content(SimulatedCaches.NEAR, partitions.get(0), alone, number, KEYS));
    }

    private static NearCache open(ClientProcess process) {
        return process.openNear(SimulatedCaches.NEAR, ENTRIES, STALENESS_NANOS);
    }

    /** Starts what uses caches in the process of a node's members; null if nothing does. */
    @Nullable
    ClientProcess startOn(int node) {
        if (partitions.isEmpty() || node >= READING_NODES) {
            return null;
        }
        ClientProcess process = world.startProcessOn(node);
        ofMembers.add(open(process));
        for (ClientWorld partition : partitions) {
            world.add(number -> SimulatedClient.of(SimulatedCaches.NEAR, partition, process, number, KEYS, 1));
        }
        return process;
    }

    /** Tells whether anybody reads near. */
    boolean isAnybody() {
        return !partitions.isEmpty();
    }

    /** Takes in what is committed, each entry once. */
    void committed(LogEntry entry) {
        for (Effect effect : entry.effects()) {
            if (effect.key().cache() == SimulatedCaches.NEAR) {
                EncodedValue value = effect instanceof Effect.Store store ? store.value() : null;
                promises.committed(effect.key(), value, world.timeline().nowNanos());
            }
        }
    }

    /** Returns how many reads processes of members have answered near. */
    long readByMembers() {
        return ofMembers.stream().mapToLong(near -> near.figures().hits()).sum();
    }

    /** Returns the judge. */
    NearPromises promises() {
        return promises;
    }
}
