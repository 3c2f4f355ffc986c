package io.fyercache.benchmarks.contestant;

import java.util.List;

/** The caches that are compared, each under the name that tables and the command line use. */
public enum Contestant {
    FYERCACHE("fyercache", Role.OURS) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return OpenProvider.byClassName("io.fyercache.jcache.FyerCachingProvider");
        }

        @Override
        public ClusterMember join(Seat seat) {
            return FyerMember.join(seat);
        }
    },
    CAFFEINE("caffeine", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return OpenProvider.byClassName("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");
        }
    },
    CACHE2K("cache2k", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return Cache2kPeer.open();
        }
    },
    EHCACHE("ehcache", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return OpenProvider.byClassName("org.ehcache.jsr107.EhcacheCachingProvider");
        }
    },
    HAZELCAST("hazelcast", Role.PEER) {
        @Override
        public List<String> jvmOptions() {
            return HazelcastPeer.JVM_OPTIONS;
        }

        @Override
        public OpenProvider open(Class<?> valueType) {
            return HazelcastPeer.open();
        }

        @Override
        public ClusterMember join(Seat seat) {
            return HazelcastMember.join(seat);
        }
    },
    INFINISPAN("infinispan", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return InfinispanPeer.open(valueType);
        }

        @Override
        public ClusterMember join(Seat seat) {
            return InfinispanMember.join(seat);
        }
    },
    IGNITE("ignite", Role.PEER) {
        @Override
        public List<String> jvmOptions() {
            return IgnitePeer.JVM_OPTIONS;
        }

        @Override
        public OpenProvider open(Class<?> valueType) {
            return IgnitePeer.open();
        }

        @Override
        public ClusterMember join(Seat seat) {
            return IgniteMember.join(seat);
        }
    },
    CAFFEINE_RAW("caffeine-raw", Role.LIMIT),
    CHM("chm", Role.LIMIT);

    private final String id;
    private final Role role;

    Contestant(String id, Role role) {
        this.id = id;
        this.role = role;
    }

    /** The name in tables and on the command line. */
    public String id() {
        return id;
    }

    /** What it is compared as. */
    public Role role() {
        return role;
    }

    /** Whether it keeps its entries on the Java heap. */
    public boolean onHeap() {
        return this != IGNITE;
    }

    /** Whether the members of its clusters need ZooKeeper. */
    public boolean needsZooKeeper() {
        return this == FYERCACHE;
    }

    /** What its JVM must be started with, besides what all are. */
    public List<String> jvmOptions() {
        return List.of();
    }

    /**
     * Opens the provider in this JVM, which must have been started with {@link #jvmOptions}.
     *
     * @param valueType what its caches will hold, for providers that serialize different types by different means
     * @throws UnsupportedOperationException if this is a {@link Role#LIMIT}, see {@link LimitMaps}
     * @throws IllegalStateException if the provider does not open
     */
    public OpenProvider open(Class<?> valueType) {
        throw new UnsupportedOperationException(id + " is no JCache provider");
    }

    /**
     * Starts a member of a cluster in this JVM, which must have been started with {@link #jvmOptions}. Its cache is partitioned, with one
     * backup that has every write before it is acknowledged; everything else is the contestant's default.
     *
     * @throws UnsupportedOperationException if it forms no clusters, see {@link #clustered}
     * @throws RuntimeException if the member does not start; the message says why
     */
    public ClusterMember join(Seat seat) {
        throw new UnsupportedOperationException(id + " forms no clusters");
    }

    /** Those that form clusters. */
    public static List<Contestant> clustered() {
        return List.of(FYERCACHE, HAZELCAST, INFINISPAN, IGNITE);
    }
}
