package io.fyercache.testkit.simulation;

import io.fyercache.core.codec.ClassFilter;
import io.fyercache.core.codec.CodecChain;
import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.sharded.engine.CallTerms;
import io.fyercache.sharded.topology.KeyHash;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.testkit.simulation.ClientProcess.Manner;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.cache.CacheManager;

/**
 * A whole cluster in virtual time, for tests of applications: members, ZooKeeper and network are simulated in the thread of the test, and
 * everything above them is the code of production. An operation of a cache lets the world go on until it is answered, which takes
 * milliseconds of virtual time, and none of a sleeping test. A test kills members, cuts them off and stops ZooKeeper, and looks at what its
 * application does.
 *
 * <p>All chance comes from a seed: the same seed and the same calls are the same world, as long as one thread uses it. After each step the
 * world checks what must always hold of a cluster, and throws an {@link AssertionError} that tells what has happened if it does not.
 *
 * <p>Nodes are counted from 0. User code that runs in the cluster, such as a loader, must not use its caches; listeners may. Thread-safe; of
 * several threads each drives the world while it waits.
 */
public final class SimulatedCluster implements AutoCloseable {
    /** How long {@link #awaitWhole} waits, virtually: longer than a lost session, a grace, and copying take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClusterSimulation world;
    private final int nodes;
    private final CodecChain keys = CodecChain.of(SimulatedCluster.class.getClassLoader(), ClassFilter.standard());
    private final FyerCachingProvider provider;
    private final CacheManager manager;

    private SimulatedCluster(Builder builder) {
        Random random = new Random(builder.seed);
        this.nodes = builder.members;
        ClusterShape shape =
                new ClusterShape(builder.members, builder.copies, PartitionLayout.with(builder.partitions));
        UserCaches[] caches = new UserCaches[1];
        this.world =
                ClusterSimulation.uninhabited(random, shape, timeline -> caches[0] = new UserCaches(timeline, random));
        CallTerms terms = new CallTerms(builder.minInSync, builder.patience);
        DrivenRouter router = new DrivenRouter(world, world.startProcess(Manner.ORDINARY));
        this.provider = new FyerCachingProvider(
                new WorldClock(world.timeline()), new SimulatedEngines(caches[0], terms, router));
        awaitWhole();
        this.manager = provider.getCacheManager(
                URI.create(SimulatedEngines.SCHEME + ":seed-" + builder.seed), SimulatedCluster.class.getClassLoader());
    }

    /** Begins to describe the cluster that a seed makes: any number, to be printed by a test that fails. */
    public static Builder ofSeed(long seed) {
        return new Builder(seed);
    }

    /** What a cluster is to be like: three members that keep two copies of each of 16 partitions, unless it says otherwise. */
    public static final class Builder {
        private final long seed;
        private int members = 3;
        private int copies = 2;
        private int partitions = 16;
        private int minInSync = 1;
        private Duration patience = CallTerms.STANDARD.patience();

        private Builder(long seed) {
            this.seed = seed;
        }

        /**
         * Sets how many members there are.
         *
         * @throws IllegalArgumentException if that is not 1..100
         */
        public Builder members(int number) {
            members = checked("members", number, 100);
            return this;
        }

        /**
         * Sets how many copies there are of each entry, as far as there are members.
         *
         * @throws IllegalArgumentException if that is not 1..{@value PartitionRecord#MAX_COPIES}
         */
        public Builder copies(int number) {
            copies = checked("copies", number, PartitionRecord.MAX_COPIES);
            return this;
        }

        /**
         * Sets into how many partitions the keys are divided.
         *
         * @throws IllegalArgumentException if that is not 1..1,024
         */
        public Builder partitions(int number) {
            partitions = checked("partitions", number, 1_024);
            return this;
        }

        /**
         * Sets how many copies must be in sync for a change.
         *
         * @throws IllegalArgumentException if that is not 1..{@value PartitionRecord#MAX_COPIES}
         */
        public Builder minInSync(int number) {
            minInSync = checked("minInSync", number, PartitionRecord.MAX_COPIES);
            return this;
        }

        /** Sets how long an operation of a cache waits for an answer, virtually; {@link CallTerms} says what is possible. */
        public Builder patience(Duration duration) {
            patience = duration;
            return this;
        }

        private static int checked(String name, int number, int largest) {
            if (number < 1 || number > largest) {
                throw new IllegalArgumentException(name + ": " + number + " (expected: 1.." + largest + ")");
            }
            return number;
        }

        /** Starts the cluster, and returns it when all copies are there. */
        public SimulatedCluster start() {
            return new SimulatedCluster(this);
        }
    }

    /** Returns the manager of the application's caches, which are in the cluster. It is closed with this. */
    public CacheManager cacheManager() {
        return manager;
    }

    // ---- what goes wrong

    /** Kills the member on a node; none comes in its place. */
    public void kill(int node) {
        synchronized (world) {
            world.kill(checked(node));
        }
    }

    /** Starts a member on a node, empty, if none is there. */
    public void restart(int node) {
        synchronized (world) {
            world.start(checked(node), 0);
        }
    }

    /** Lets the member on a node stand still for a while, as in a long collection of garbage; nothing happens if there is none. */
    public void pause(int node, Duration duration) {
        synchronized (world) {
            SimulatedLife life = world.lifeOn(checked(node));
            if (life != null) {
                world.pause(life, duration.toNanos());
            }
        }
    }

    /** Lets nothing pass between two nodes for a while, or until {@link #heal}. */
    public void cut(int one, int other, Duration duration) {
        synchronized (world) {
            world.cutOff(checked(one), checked(other), duration.toNanos());
        }
    }

    /** Lets nothing pass between two nodes until {@link #heal}. */
    public void cut(int one, int other) {
        synchronized (world) {
            world.cutOneWay(checked(one), checked(other));
            world.cutOneWay(other, one);
        }
    }

    /** Joins all that was cut. */
    public void heal() {
        synchronized (world) {
            world.heal();
        }
    }

    /** Lets ZooKeeper be down for a while. */
    public void zooKeeperDown(Duration duration) {
        synchronized (world) {
            world.zooKeeperDown(duration.toNanos());
        }
    }

    private int checked(int node) {
        if (node < 0 || node >= nodes) {
            throw new IllegalArgumentException("node: " + node + " (expected: 0.." + (nodes - 1) + ")");
        }
        return node;
    }

    // ---- time, and how it is

    /** Lets time pass. */
    public void advance(Duration duration) {
        synchronized (world) {
            world.runFor(duration.toNanos());
        }
    }

    /** Returns the virtual time in nanoseconds: a clock for a {@link io.fyercache.testkit.history.HistoryRecorder}. */
    public long nanoTime() {
        synchronized (world) {
            return world.timeline().nowNanos();
        }
    }

    /** Returns the node whose member is the primary of a key, as long as its cache has no codecs of its own. */
    public int primaryOf(Object key) {
        synchronized (world) {
            return world.primaryOf(partitionOf(key)).node();
        }
    }

    /** Returns a node whose member is a backup of a key; {@link #primaryOf} says of which keys. */
    public int backupOf(Object key) {
        synchronized (world) {
            return world.backupOf(partitionOf(key)).node();
        }
    }

    private int partitionOf(Object key) {
        return KeyHash.partition(KeyHash.of(keys.encodeKey(key)), world.layout().spread());
    }

    /** Returns what keeps the cluster from being whole: copies that are missing, being made, or different. Empty if nothing. */
    public List<String> wounds() {
        synchronized (world) {
            return world.wounds();
        }
    }

    /**
     * Lets time pass until each partition has as many copies as there can be, all alike.
     *
     * @throws AssertionError if that takes longer than a minute
     */
    public void awaitWhole() {
        long end = nanoTime() + PATIENCE.toNanos();
        while (!wounds().isEmpty()) {
            if (nanoTime() > end) {
                throw new AssertionError("not whole after " + PATIENCE + ": " + wounds() + "; " + this);
            }
            advance(Duration.ofMillis(10));
        }
    }

    /** Closes the manager and its caches. Nothing is left: the cluster had no threads. */
    @Override
    public void close() {
        provider.close();
    }

    /** Tells what has happened in the world, and who is what. */
    @Override
    public String toString() {
        synchronized (world) {
            return world.toString();
        }
    }
}
