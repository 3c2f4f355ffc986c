package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import io.fyercache.testkit.simulation.SimulatedDatabase.Statements;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How long callers wait while three members become five and three again, in virtual time: the budget of docs/protocol.md, 12. Messages take up to
 * a millisecond, and ZooKeeper is as slow as one on disks that others use, too.
 */
class HandOverTimesTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final int WORLDS = 3;
    private static final ClusterShape SHAPE = new ClusterShape(3, 2, 32);

    /** Each packet takes up to 3 ms, and a transaction four of them. */
    private static final ZooKeeperFaults SLOW_DISKS = new ZooKeeperFaults(100, 0, 3 * MILLIS, 0, 0, 0, 0);

    /** Between two operations of a caller. */
    private static final long REST_NANOS = 2 * MILLIS;

    /** To the primary, to its backup, and back. */
    private static final long LONGEST_WAY_NANOS = 4 * MILLIS;

    /** The longest waits of callers, in nanoseconds. */
    private final List<Long> ofMoved = new ArrayList<>();

    private final List<Long> ofOthers = new ArrayList<>();

    @Test
    void membersComeAndGo_callersWaitForAMoment_andOnlyThoseOfPartitionsThatMove() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            comeAndGo(seed);
        }
        Collections.sort(ofMoved);
        Collections.sort(ofOthers);

        assertThat(ofMoved).as("partitions that moved").hasSizeGreaterThan(50);
        assertThat(at(ofMoved, 50)).as("median of %s", ofMoved).isLessThan(15 * MILLIS);
        assertThat(at(ofMoved, 100)).as("longest of %s", ofMoved).isLessThan(50 * MILLIS);
        assertThat(ofOthers).as("partitions that stayed").hasSizeGreaterThan(50);
        assertThat(at(ofOthers, 100)).as("longest of %s", ofOthers).isLessThan(LONGEST_WAY_NANOS);
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    private void comeAndGo(long seed) {
        Random random = new Random(seed);
        ClusterSimulation world = ClusterSimulation.uninhabited(
                random, SHAPE, timeline -> new SimulatedCaches(timeline, random, Statements.ON_TIME), SLOW_DISKS);
        world.runFor(5 * SECOND);
        ClientProcess process = world.startProcess(Manner.ORDINARY);
        world.runFor(SECOND);
        List<Caller> callers = IntStream.range(0, SHAPE.partitions())
                .mapToObj(partition -> new Caller(world, process, partition))
                .toList();
        callers.forEach(Caller::call);
        world.runFor(SECOND);

        int one = world.addNode(0, 0);
        int other = world.addNode(100 * MILLIS, 0);
        observe(world, callers, () -> world.runFor(6 * SECOND));
        SimulatedLife first = world.lifeOn(one);
        SimulatedLife second = world.lifeOn(other);
        observe(world, callers, () -> {
            world.leave(first);
            world.leave(second);
            world.runUntil(() -> first.isOver() && second.isOver());
        });
    }

    /** Notes the longest wait of each caller while something happens. */
    private void observe(ClusterSimulation world, List<Caller> callers, Runnable happening) {
        List<Long> epochs = epochs(world);
        callers.forEach(Caller::forget);
        happening.run();
        List<Long> epochsAfter = epochs(world);
        for (int partition = 0; partition < SHAPE.partitions(); partition++) {
            boolean moved = epochsAfter.get(partition) > epochs.get(partition);
            (moved ? ofMoved : ofOthers).add(callers.get(partition).longestNanos);
        }
    }

    private static List<Long> epochs(ClusterSimulation world) {
        return IntStream.range(0, SHAPE.partitions())
                .mapToObj(partition -> world.epochOf(partition).number())
                .toList();
    }

    /** Reads and writes one key, one operation after the other, all the time. */
    private static final class Caller {
        private final ClusterSimulation world;
        private final ClientProcess process;
        private final EntryKey key;
        private int count;
        private long longestNanos;

        Caller(ClusterSimulation world, ClientProcess process, int partition) {
            this.world = world;
            this.process = process;
            this.key = new EntryKey(SimulatedCaches.PLAIN, keyOf(partition));
        }

        private static EncodedKey keyOf(int partition) {
            byte[] bytes;
            int number = 0;
            do {
                bytes = ("key" + number++).getBytes(StandardCharsets.UTF_8);
            } while (KeyHash.partition(KeyHash.of(bytes), SHAPE.partitions()) != partition);
            return new EncodedKey(bytes);
        }

        void forget() {
            longestNanos = 0;
        }

        void call() {
            long begun = world.timeline().nowNanos();
            process.submit(key, nextTask(), 10 * SECOND, outcome -> {
                assertThat(outcome).isInstanceOf(CallOutcome.Answered.class);
                longestNanos = Math.max(longestNanos, world.timeline().nowNanos() - begun);
                world.timeline().after(REST_NANOS, this::call);
            });
        }

        private Task nextTask() {
            count++;
            return count % 2 == 0
                    ? Task.Read.READ
                    : new Task.Write(new EntryOperation.Put(SimulatedCaches.encoded("value" + count)));
        }
    }
}
