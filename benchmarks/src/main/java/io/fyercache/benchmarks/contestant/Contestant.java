package io.fyercache.benchmarks.contestant;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The caches that are compared, each under the name that tables and the command line use. */
public enum Contestant {
    FYERCACHE("fyercache", Role.OURS, List.of()) {
        @Override
        public OpenProvider open() {
            return OpenProvider.byClassName("io.fyercache.jcache.FyerCachingProvider");
        }
    },
    CAFFEINE("caffeine", Role.PEER, List.of()) {
        @Override
        public OpenProvider open() {
            return OpenProvider.byClassName("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");
        }
    },
    CACHE2K("cache2k", Role.PEER, List.of()) {
        @Override
        public OpenProvider open() {
            return Cache2kPeer.open();
        }
    },
    EHCACHE("ehcache", Role.PEER, List.of()) {
        @Override
        public OpenProvider open() {
            return OpenProvider.byClassName("org.ehcache.jsr107.EhcacheCachingProvider");
        }
    },
    HAZELCAST("hazelcast", Role.PEER, HazelcastPeer.JVM_OPTIONS) {
        @Override
        public OpenProvider open() {
            return HazelcastPeer.open();
        }
    },
    INFINISPAN("infinispan", Role.PEER, List.of()) {
        @Override
        public OpenProvider open() {
            return InfinispanPeer.open();
        }
    },
    IGNITE("ignite", Role.PEER, IgnitePeer.JVM_OPTIONS) {
        @Override
        public OpenProvider open() {
            return IgnitePeer.open();
        }
    },
    CAFFEINE_RAW("caffeine-raw", Role.LIMIT, List.of()),
    CHM("chm", Role.LIMIT, List.of());

    private final String id;
    private final Role role;
    private final List<String> jvmOptions;

    Contestant(String id, Role role, List<String> jvmOptions) {
        this.id = id;
        this.role = role;
        this.jvmOptions = jvmOptions;
    }

    /** The name in tables and on the command line. */
    public String id() {
        return id;
    }

    /** What it is compared as. */
    public Role role() {
        return role;
    }

    /** What its JVM must be started with, besides what all are. */
    public List<String> jvmOptions() {
        return jvmOptions;
    }

    /**
     * Opens the provider in this JVM, which must have been started with {@link #jvmOptions}.
     *
     * @throws UnsupportedOperationException if this is a {@link Role#LIMIT}, see {@link LimitMaps}
     * @throws IllegalStateException if the provider does not open
     */
    public OpenProvider open() {
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
