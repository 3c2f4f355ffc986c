package io.fyercache.benchmarks.contestant;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

        @Override
        public ClusterMember join(Seat seat, CacheForm form) {
            return HazelcastMember.join(seat, form);
        }
    },
    INFINISPAN("infinispan", Role.PEER) {
        @Override
        public OpenProvider open(Class<?> valueType) {
            return InfinispanPeer.open(valueType);
        }

        @Override
        public ClusterMember join(Seat seat, CacheForm form) {
            return InfinispanMember.join(seat, form);
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
        public ClusterMember join(Seat seat, CacheForm form) {
            return IgniteMember.join(seat, form);
        }
    },
    CAFFEINE_RAW("caffeine-raw", Role.LIMIT),
    CHM("chm", Role.LIMIT),
    /** A cache of each JVM. */
    FYERCACHE_LOCAL("fyercache-local", CacheForm.LOCAL),
    /** A partitioned cache with as many copies as three members have of a replicated one. */
    FYERCACHE_TWICE("fyercache-2-backups", CacheForm.PARTITIONED_TWICE),
    /** Members that have no management. */
    FYERCACHE_UNOBSERVED("fyercache-unobserved", CacheForm.PARTITIONED);

    private final String id;
    private final Role role;
    private final @Nullable CacheForm onlyForm;

    Contestant(String id, Role role) {
        this(id, role, null);
    }

    /** FyerCache in one form, whichever is asked for. */
    Contestant(String id, CacheForm form) {
        this(id, Role.OURS_ELSE, form);
    }

    Contestant(String id, Role role, @Nullable CacheForm onlyForm) {
        this.id = id;
        this.role = role;
        this.onlyForm = onlyForm;
    }

    /** The name in tables and on the command line. */
    public String id() {
        return id;
    }

    /** What it is compared as. */
    public Role role() {
        return role;
    }

    private boolean isOurs() {
        return role == Role.OURS || role == Role.OURS_ELSE;
    }

    /** Whether it keeps its entries on the Java heap. */
    public boolean onHeap() {
        return this != IGNITE;
    }

    /** The form in which it is measured where one is asked for. */
    public CacheForm measuredAs(CacheForm form) {
        return onlyForm == null ? form : onlyForm;
    }

    /** What the members of its clusters need beside them. */
    public List<Companion> companions(CacheForm form) {
        if (isOurs()) {
            return FyerMember.companions(form);
        }
        return form == CacheForm.ENTITIES ? List.of(Companion.DATABASE) : List.of();
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
     * Starts a member of a cluster in this JVM, which must have been started with {@link #jvmOptions}. What the form does not say is the contestant's
     * default.
     *
     * @param form one that this is {@link #measuredAs}
     * @throws UnsupportedOperationException if it forms no clusters, see {@link #clustered}, or has no caches of that form; the message says why
     * @throws RuntimeException if the member does not start; the message says why
     */
    public ClusterMember join(Seat seat, CacheForm form) {
        if (isOurs()) {
            return form == CacheForm.ENTITIES
                    ? EntityMember.join(seat, FyerMember.secondLevelCache(seat))
                    : FyerMember.join(seat, form);
        }
        throw new UnsupportedOperationException(id + " forms no clusters");
    }

    /** Those that are measured in one JVM. */
    public static List<Contestant> inOneJvm() {
        return Arrays.stream(values())
                .filter(contestant -> contestant.role != Role.OURS_ELSE)
                .toList();
    }

    /** Those that form clusters. */
    public static List<Contestant> clustered() {
        return List.of(FYERCACHE, HAZELCAST, INFINISPAN, IGNITE);
    }

    /** Those of them for which there is a region factory for Hibernate's present line. */
    public static List<Contestant> withRegionFactories() {
        return List.of(FYERCACHE, INFINISPAN);
    }

    /** Members that are managed, and members that are not. */
    public static List<Contestant> managed() {
        return List.of(FYERCACHE, FYERCACHE_UNOBSERVED);
    }

    /** Those that form clusters, and what FyerCache in clusters is held against. */
    public static List<Contestant> inTopologies() {
        return List.of(FYERCACHE, HAZELCAST, INFINISPAN, IGNITE, FYERCACHE_LOCAL, FYERCACHE_TWICE);
    }
}
