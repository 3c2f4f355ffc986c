package io.fyercache.configuration;

import io.fyercache.core.codec.CodecLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * The catalog of all settings of a cache, and the only place where their names, ranges, defaults and meanings are written.
 *
 * <p>{@link ConfigurationBuilder} and the file reader check by it; tests hold the JSON Schema and {@code docs/configuration.md} against it.
 */
final class CacheSettings {

    /** A hundred years: longer is meant to be eternal, and nanoseconds in a {@code long} end at 292 years. */
    private static final Duration LONGEST_TIME = Duration.ofDays(36_500);

    /** The resolution of deadlines; a shorter time would be none. */
    private static final Duration SHORTEST_TIME = Duration.ofMillis(1);

    /** A database that may be a day behind is no system of record. */
    private static final Duration LONGEST_WRITE_DELAY = Duration.ofDays(1);

    /** A caller that would wait longer for a load, or for room, has gone long ago. */
    private static final Duration LONGEST_QUEUE_WAIT = Duration.ofHours(1);

    /** Who may be an hour behind needs no bus, but an expiry. */
    private static final Duration LONGEST_STALENESS = Duration.ofHours(1);

    /** A Java package or class, or a pattern of them; the stars stand alone and last. */
    private static final String CLASS_PATTERN = "[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*(\\.\\*\\*?)?";

    static final Setting<Class<?>> KEY_TYPE = Setting.withDefault(
            "keyType",
            new ValueType.TypeName(),
            Object.class,
            "The class of keys; each key is checked against it.",
            "java.lang.Long");

    static final Setting<Class<?>> VALUE_TYPE = Setting.withDefault(
            "valueType",
            new ValueType.TypeName(),
            Object.class,
            "The class of values; each value is checked against it.",
            "com.acme.Order");

    static final Setting<Boolean> STORE_BY_VALUE = Setting.withDefault(
            "storeByValue",
            new ValueType.Flag(),
            true,
            "Whether the cache keeps copies, so that changing an object after the put does not change the cache.",
            "false");

    static final Setting<Topology> TOPOLOGY = Setting.optional(
            "topology",
            new ValueType.Choice<>(Topology.class),
            "Where the entries are; off is local in one JVM and partitioned in a cluster.",
            "invalidated");

    static final Setting<Boolean> STATISTICS = Setting.withDefault(
            "statistics",
            new ValueType.Flag(),
            false,
            "Whether hits, misses and times are counted and shown through JMX.",
            "true");

    static final Setting<Boolean> MANAGEMENT = Setting.withDefault(
            "management", new ValueType.Flag(), false, "Whether the configuration is shown through JMX.", "true");

    static final Setting<Boolean> READ_THROUGH = Setting.withDefault(
            "readThrough",
            new ValueType.Flag(),
            false,
            "Whether a read of a missing key calls the loader; needs a loader.",
            "true");

    static final Setting<Boolean> WRITE_THROUGH = Setting.withDefault(
            "writeThrough",
            new ValueType.Flag(),
            false,
            "Whether each write calls the writer first; needs a writer.",
            "true");

    static final Setting<Factory<?>> LOADER = Setting.optional(
            "loader",
            new ValueType.Instance(CacheLoader.class),
            "Loads the values of missing keys.",
            "com.acme.OrderLoader");

    static final Setting<Factory<?>> WRITER = Setting.optional(
            "writer",
            new ValueType.Instance(CacheWriter.class),
            "Writes changes to the system of record.",
            "com.acme.OrderWriter");

    static final Setting<Factory<? extends ExpiryPolicy>> EXPIRY = Setting.withDefault(
            "expiry",
            new ValueType.Expiration(),
            EternalExpiryPolicy.factoryOf(),
            "When entries expire.",
            "{ modified: 10m }");

    static final Setting<Set<CacheEntryListenerConfiguration<?, ?>>> LISTENERS = Setting.withDefault(
            "listeners",
            new ValueType.Listeners(),
            Set.of(),
            "Listeners to created, updated, removed and expired entries.",
            "[ { class: com.acme.OrderListener, filter: com.acme.BigOrders, oldValue: true, synchronous: false } ]");

    static final Setting<Long> MAXIMUM_ENTRIES = Setting.optional(
            "maximumEntries",
            new ValueType.Count(1, Long.MAX_VALUE),
            "How many entries the cache keeps; beyond, the least useful ones are evicted. Excludes maximumWeight.",
            "10000");

    static final Setting<Long> MAXIMUM_WEIGHT = Setting.optional(
            "maximumWeight",
            new ValueType.Count(1, Long.MAX_VALUE),
            "How much weight the cache keeps, in the weigher's unit; needs a weigher. Excludes maximumEntries.",
            "67108864");

    static final Setting<Factory<?>> WEIGHER = Setting.optional(
            "weigher",
            new ValueType.Instance(EntryWeigher.class),
            "Says how much each entry weighs; needs maximumWeight.",
            "com.acme.OrderWeigher");

    static final Setting<Factory<?>> EVICTION_LISTENER = Setting.optional(
            "evictionListener",
            new ValueType.Instance(EvictionListener.class),
            "Hears of entries evicted to keep within the maximum; needs maximumEntries or maximumWeight.",
            "com.acme.EvictedOrders");

    static final Setting<Long> LOAD_MAXIMUM_CONCURRENT_LOADS = Setting.withDefault(
            "load.maximumConcurrentLoads",
            new ValueType.Count(1, 4096),
            // More than the connections that a database commonly grants one client, and few enough to protect it from a
            // herd.
            64L,
            "How many calls of the loader may run at a time for this cache.",
            "16");

    static final Setting<Duration> LOAD_QUEUE_WAIT = Setting.withDefault(
            "load.loadQueueWait",
            new ValueType.TimeSpan(Duration.ZERO, LONGEST_QUEUE_WAIT),
            Duration.ofSeconds(10),
            "How long a caller waits until it may call the loader before its load fails.",
            "2s");

    static final Setting<Double> LOAD_REFRESH_AHEAD = Setting.optional(
            "load.refreshAhead",
            new ValueType.Share(),
            "The share of the time to live after which a read reloads the entry in the background.",
            "0.8");

    static final Setting<Duration> LOAD_STALE_ON_ERROR = Setting.optional(
            "load.staleOnError",
            new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_TIME),
            "How long past its deadline an entry is still served when its reload fails.",
            "5m");

    static final Setting<Duration> LOAD_MISS_TIME_TO_LIVE = Setting.optional(
            "load.missTimeToLive",
            new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_TIME),
            "How long the cache remembers that the loader knows no value for a key.",
            "30s");

    static final Setting<Duration> WRITE_BEHIND_DELAY = Setting.optional(
            "writeBehind.delay",
            new ValueType.TimeSpan(Duration.ZERO, LONGEST_WRITE_DELAY),
            "How long a change waits before it is written; what changes again meanwhile is written once. Has the cache write behind; needs"
                    + " writeThrough.",
            "1s");

    static final Setting<Long> WRITE_BEHIND_BATCH_SIZE = Setting.withDefault(
            "writeBehind.batchSize",
            new ValueType.Count(1, 10_000),
            // What a database commonly takes in one round trip with nearly all that batches save.
            100L,
            "How many changes are written together at most.",
            "500");

    static final Setting<Long> WRITE_BEHIND_MAXIMUM_QUEUED = Setting.withDefault(
            "writeBehind.maximumQueued",
            new ValueType.Count(1, 1_000_000),
            // What a database that does a thousand writes in a second has done in ten; some megabytes besides the
            // values.
            10_000L,
            "How many keys may have a change that is not written, dead letters included, in a cluster on each member; beyond, changes of other keys"
                    + " wait for room.",
            "100000");

    static final Setting<Duration> WRITE_BEHIND_QUEUE_WAIT = Setting.withDefault(
            "writeBehind.queueWait",
            new ValueType.TimeSpan(Duration.ZERO, LONGEST_QUEUE_WAIT),
            Duration.ofSeconds(10),
            "How long a change waits for room before it fails; 0s fails at once.",
            "0s");

    static final Setting<Duration> WRITE_BEHIND_RETRY_PAUSE = Setting.withDefault(
            "writeBehind.retryPause",
            new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_WRITE_DELAY),
            Duration.ofSeconds(1),
            "The time until a change that could not be written is tried again, doubled each time; up to half of it is left out by chance.",
            "100ms");

    static final Setting<Duration> WRITE_BEHIND_LONGEST_RETRY_PAUSE = Setting.withDefault(
            "writeBehind.longestRetryPause",
            new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_WRITE_DELAY),
            Duration.ofMinutes(1),
            "What that time grows to; not less than retryPause.",
            "10s");

    static final Setting<Long> WRITE_BEHIND_ATTEMPTS = Setting.withDefault(
            "writeBehind.attempts",
            new ValueType.Count(1, 1_000),
            // Ten minutes and more, by the default pauses: a database that is restarted makes no dead letters.
            20L,
            "How often a change is tried before it is a dead letter.",
            "5");

    static final Setting<Duration> WRITE_BEHIND_DRAIN_LIMIT = Setting.withDefault(
            "writeBehind.drainLimit",
            new ValueType.TimeSpan(Duration.ZERO, LONGEST_QUEUE_WAIT),
            Duration.ofSeconds(30),
            "How long a cache that is closed, in a cluster destroyed, goes on writing before it says what is left.",
            "2m");

    static final Setting<URI> INVALIDATION_BUS = Setting.optional(
            "invalidation.bus",
            new ValueType.Address(),
            "The topic by which processes tell each other what has changed; needs topology: invalidated. Off is the transport of the cluster.",
            "kafka://broker:9092/caches");

    static final Setting<Boolean> INVALIDATION_SYNCHRONOUS = Setting.withDefault(
            "invalidation.synchronous",
            new ValueType.Flag(),
            true,
            "Whether a change waits until the bus has confirmed that the others will hear of it; in a cluster, that they have.",
            "false");

    static final Setting<Duration> INVALIDATION_MAXIMUM_STALENESS = Setting.withDefault(
            "invalidation.maximumStaleness",
            new ValueType.TimeSpan(Duration.ofMillis(30), LONGEST_STALENESS),
            // Five heartbeats: one that is late does no harm.
            Duration.ofSeconds(5),
            "How long the cache goes on answering from memory when nothing comes by the bus.",
            "2s");

    static final Setting<Duration> INVALIDATION_HEARTBEAT = Setting.withDefault(
            "invalidation.heartbeat",
            new ValueType.TimeSpan(Duration.ofMillis(10), Duration.ofMinutes(1)),
            Duration.ofSeconds(1),
            "How often this process says that it lives; at most a third of maximumStaleness.",
            "500ms");

    static final Setting<Duration> INVALIDATION_CONFIRM_LIMIT = Setting.withDefault(
            "invalidation.confirmLimit",
            new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_QUEUE_WAIT),
            // Twice the staleness, for which a change in a cluster waits for who has died, or for a new relay.
            Duration.ofSeconds(10),
            "How long a change waits for the bus before it fails, or for room before all keys are told instead.",
            "1s");

    static final Setting<Long> NEAR_MAXIMUM_ENTRIES = Setting.optional(
            "near.maximumEntries",
            new ValueType.Count(1, 10_000_000),
            "How many entries each process keeps near that has read them from other members. Has the cache read near; needs topology: partitioned.",
            "10000");

    static final Setting<Duration> NEAR_MAXIMUM_STALENESS = Setting.withDefault(
            "near.maximumStaleness",
            new ValueType.TimeSpan(Duration.ofMillis(200), Duration.ofMinutes(1)),
            // Ten heartbeats, and twice what a takeover takes: who leads has long been asked again, and one question or
            // two may be lost.
            Duration.ofSeconds(1),
            "How long an entry is read near without word from the member that leads it.",
            "500ms");

    static final Setting<ClassAdmission> SERIALIZATION_ADMISSION = Setting.withDefault(
            "serialization.admission",
            new ValueType.Choice<>(ClassAdmission.class),
            ClassAdmission.APPLICATION_CLASSES,
            "Which classes Java deserialization may create: all that the application can reach except known attacks,"
                    + " or only the allowed ones.",
            "allow-list");

    static final Setting<List<String>> SERIALIZATION_ALLOWED_CLASSES = Setting.withDefault(
            "serialization.allowedClasses",
            new ValueType.Names(
                    CLASS_PATTERN,
                    "class names or patterns, such as com.acme.Order, com.acme.* (package) or com.acme.** (and below)"),
            List.of(),
            "The classes that the allow-list admits besides the JDK's common value types; needs admission: allow-list.",
            "[ com.acme.orders.** ]");

    static final Setting<Long> SERIALIZATION_MAX_DEPTH = Setting.withDefault(
            "serialization.maxDepth",
            new ValueType.Count(1, CodecLimits.LARGEST_MAX_DEPTH),
            20L,
            "The greatest depth of an object graph that is deserialized.",
            "40");

    static final Setting<Long> SERIALIZATION_MAX_REFERENCES = Setting.withDefault(
            "serialization.maxReferences",
            new ValueType.Count(1, 100_000_000),
            100_000L,
            "The greatest number of references in an object graph that is deserialized.",
            "500000");

    static final Setting<Long> SERIALIZATION_MAX_BYTES = Setting.withDefault(
            "serialization.maxBytes",
            new ValueType.ByteCount(1 << 10, 1 << 30),
            16L << 20,
            "The greatest length of one encoded key or value.",
            "1MiB");

    static final Setting<Long> SERIALIZATION_MAX_ARRAY_LENGTH = Setting.withDefault(
            "serialization.maxArrayLength",
            new ValueType.Count(1, 1_000_000_000),
            1_000_000L,
            "The greatest length of an array that is deserialized.",
            "65536");

    static final Setting<List<String>> SERIALIZATION_CODECS = Setting.withDefault(
            "serialization.codecs",
            new ValueType.Names("[A-Za-z0-9][A-Za-z0-9._-]*", "names of codecs, such as java"),
            List.of(),
            "The codecs to try first, in this order.",
            "[ java ]");

    static final Setting<Long> ASYNC_LISTENER_QUEUE = Setting.withDefault(
            "asyncListenerQueue",
            new ValueType.Count(1, 1_000_000),
            // About a second of events at a rate that listeners commonly keep up with; some 500 KiB when full.
            8192L,
            "How many events may wait for the asynchronous listeners; beyond, writers wait.",
            "1024");

    /** All settings, in the order in which they are documented and printed. */
    static final List<Setting<?>> ALL = List.of(
            KEY_TYPE,
            VALUE_TYPE,
            STORE_BY_VALUE,
            TOPOLOGY,
            STATISTICS,
            MANAGEMENT,
            READ_THROUGH,
            WRITE_THROUGH,
            LOADER,
            WRITER,
            EXPIRY,
            LISTENERS,
            ASYNC_LISTENER_QUEUE,
            MAXIMUM_ENTRIES,
            MAXIMUM_WEIGHT,
            WEIGHER,
            EVICTION_LISTENER,
            LOAD_MAXIMUM_CONCURRENT_LOADS,
            LOAD_QUEUE_WAIT,
            LOAD_REFRESH_AHEAD,
            LOAD_STALE_ON_ERROR,
            LOAD_MISS_TIME_TO_LIVE,
            WRITE_BEHIND_DELAY,
            WRITE_BEHIND_BATCH_SIZE,
            WRITE_BEHIND_MAXIMUM_QUEUED,
            WRITE_BEHIND_QUEUE_WAIT,
            WRITE_BEHIND_RETRY_PAUSE,
            WRITE_BEHIND_LONGEST_RETRY_PAUSE,
            WRITE_BEHIND_ATTEMPTS,
            WRITE_BEHIND_DRAIN_LIMIT,
            INVALIDATION_BUS,
            INVALIDATION_SYNCHRONOUS,
            INVALIDATION_MAXIMUM_STALENESS,
            INVALIDATION_HEARTBEAT,
            INVALIDATION_CONFIRM_LIMIT,
            NEAR_MAXIMUM_ENTRIES,
            NEAR_MAXIMUM_STALENESS,
            SERIALIZATION_ADMISSION,
            SERIALIZATION_ALLOWED_CLASSES,
            SERIALIZATION_MAX_DEPTH,
            SERIALIZATION_MAX_REFERENCES,
            SERIALIZATION_MAX_BYTES,
            SERIALIZATION_MAX_ARRAY_LENGTH,
            SERIALIZATION_CODECS);

    static final Setting<Duration> EXPIRY_CREATED = expiryTime(
            "created", "The time to live from the creation of an entry on; updates and reads do not change it.", "10m");

    static final Setting<Duration> EXPIRY_MODIFIED =
            expiryTime("modified", "The time to live from the creation or last update of an entry on.", "10m");

    static final Setting<Duration> EXPIRY_ACCESSED =
            expiryTime("accessed", "The time to live from the creation or last read of an entry on.", "30m");

    static final Setting<Duration> EXPIRY_TOUCHED = expiryTime(
            "touched", "The time to live from the creation, last update or last read of an entry on.", "30m");

    static final Setting<Duration> EXPIRY_CREATION = expiryTime(
            "creation", "The time to live of a new entry; without it, eternal. Goes with update and access.", "1h");

    static final Setting<Duration> EXPIRY_UPDATE = expiryTime(
            "update",
            "The time to live after an update; without it, updates leave the deadline. Goes with creation and access.",
            "1h");

    static final Setting<Duration> EXPIRY_ACCESS = expiryTime(
            "access",
            "The time to live after a read; without it, reads leave the deadline. Goes with creation and update.",
            "10m");

    static final Setting<Factory<?>> EXPIRY_POLICY = Setting.part(
            "expiry.policy",
            new ValueType.Instance(ExpiryPolicy.class),
            "Decides about each entry.",
            "com.acme.NightlyExpiry");

    /** What {@link #EXPIRY} is made of when it is a map in a file. */
    static final List<Setting<?>> EXPIRY_PARTS = List.of(
            EXPIRY_CREATED,
            EXPIRY_MODIFIED,
            EXPIRY_ACCESSED,
            EXPIRY_TOUCHED,
            EXPIRY_CREATION,
            EXPIRY_UPDATE,
            EXPIRY_ACCESS,
            EXPIRY_POLICY);

    static final Setting<Factory<?>> LISTENER_CLASS = Setting.part(
            "listeners.class",
            new ValueType.Instance(CacheEntryListener.class),
            "Hears of the events; every listener needs it.",
            "com.acme.OrderListener");

    static final Setting<Factory<?>> LISTENER_FILTER = Setting.part(
            "listeners.filter",
            new ValueType.Instance(CacheEntryEventFilter.class),
            "Decides which events the listener hears of; without it, all.",
            "com.acme.BigOrders");

    static final Setting<Boolean> LISTENER_OLD_VALUE = Setting.withDefault(
            "listeners.oldValue",
            new ValueType.Flag(),
            false,
            "Whether the listener needs the value from before the event.",
            "true");

    static final Setting<Boolean> LISTENER_SYNCHRONOUS = Setting.withDefault(
            "listeners.synchronous",
            new ValueType.Flag(),
            false,
            "Whether the operation waits for the listener.",
            "true");

    /** What each of the {@link #LISTENERS} is made of in a file. */
    static final List<Setting<?>> LISTENER_PARTS =
            List.of(LISTENER_CLASS, LISTENER_FILTER, LISTENER_OLD_VALUE, LISTENER_SYNCHRONOUS);

    private CacheSettings() {}

    private static Setting<Duration> expiryTime(String key, String meaning, String example) {
        return Setting.part("expiry." + key, new ValueType.TimeSpan(SHORTEST_TIME, LONGEST_TIME), meaning, example);
    }
}
