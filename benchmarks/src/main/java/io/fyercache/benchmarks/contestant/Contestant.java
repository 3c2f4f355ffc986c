package io.fyercache.benchmarks.contestant;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The caches that are compared, each under the name that tables and the command line use. */
public enum Contestant {
    FYERCACHE("fyercache", Role.OURS) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return OpenProvider.byClassName("io.fyercache.jcache.FyerCachingProvider");
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
    },
    INFINISPAN("infinispan", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return InfinispanPeer.open(valueType);
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
     * The contestant of a name.
     *
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static Contestant ofId(String id) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("provider: %s (expected: one of %s)"
                        .formatted(
                                id, Arrays.stream(values()).map(Contestant::id).collect(Collectors.joining(", ")))));
    }
}
