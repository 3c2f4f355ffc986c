package io.fyercache.testkit.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;

/**
 * Writes down what clients do to a cache and what it answers, for {@link LinearizabilityChecker}.
 *
 * <p>Each thread gets a view of the cache for itself, which is a client; what it records goes to a buffer of its own, so
 * that recording does not order what the test wants to race. The history may be asked for at any time: what is in flight
 * then has an unknown outcome. Values must be immutable and equal by {@code equals} alone (no arrays); the checker finds
 * most, and fastest, if no value is written twice. Thread-safe.
 */
public final class HistoryRecorder {
    /**
     * Operations that one client may record, by default: at some 150 bytes each, 15 MB for a client. The checker wants a few
     * hundred for each key.
     */
    public static final int DEFAULT_MAX_OPERATIONS_OF_CLIENT = 100_000;

    private final LongSupplier nanoClock;
    private final int maxOperationsOfClient;
    private final Predicate<? super RuntimeException> hadNoEffect;

    @GuardedBy("this")
    private final List<ClientRecorder> clients = new ArrayList<>();

    /**
     * Makes a recorder with the default bound, to which every exception means that the outcome is unknown.
     *
     * @param nanoClock one clock for all clients that never steps back, in nanoseconds from any origin: {@code
     *     System::nanoTime}. Where histories of several JVMs are put together, it has to be the same in all of them
     */
    public HistoryRecorder(LongSupplier nanoClock) {
        this(nanoClock, DEFAULT_MAX_OPERATIONS_OF_CLIENT, exception -> false);
    }

    /**
     * Makes a recorder.
     *
     * @param nanoClock as above
     * @param maxOperationsOfClient 1 or more; the one after the last throws {@link IllegalStateException}
     * @param hadNoEffect tells of an exception from the cache whether it proves that the operation had no effect and never
     *     will; if in doubt it does not, for then a fault may be missed but none is made up
     * @throws IllegalArgumentException if {@code maxOperationsOfClient} is less than 1
     */
    public HistoryRecorder(
            LongSupplier nanoClock, int maxOperationsOfClient, Predicate<? super RuntimeException> hadNoEffect) {
        if (maxOperationsOfClient < 1) {
            throw new IllegalArgumentException(
                    "maxOperationsOfClient: " + maxOperationsOfClient + " (expected: 1 or more)");
        }
        this.nanoClock = nanoClock;
        this.maxOperationsOfClient = maxOperationsOfClient;
        this.hadNoEffect = hadNoEffect;
    }

    /**
     * Returns a view of {@code cache} for one thread, which records all operations on single keys, and those on many as one
     * for each key. Iterators are not recorded and do not remove. What concerns keys that a recorder cannot know of
     * ({@code clear()}, {@code removeAll()}, {@code loadAll}) is refused with {@link UnsupportedOperationException}.
     * {@code invoke} wraps the processor in one that also reads the value; where processors travel, the test kit has to be
     * where they go.
     *
     * @throws IllegalArgumentException if the cache reads through: it would answer what no client has written
     */
    public <K, V> Cache<K, V> record(Cache<K, V> cache) {
        refuseReadThrough(cache);
        return new RecordedCache<>(cache, newClient());
    }

    /** Returns a client that records what it is told, for caches that are no {@link Cache}. */
    public synchronized ClientRecorder newClient() {
        ClientRecorder client =
                new ClientRecorder("client-" + (clients.size() + 1), nanoClock, maxOperationsOfClient, hadNoEffect);
        clients.add(client);
        return client;
    }

    /** Returns what has been recorded so far, of a cache that drops no values. */
    public synchronized History history() {
        List<Operation> operations = new ArrayList<>();
        for (ClientRecorder client : clients) {
            operations.addAll(client.operations());
        }
        return History.of(operations);
    }

    private static <K, V> void refuseReadThrough(Cache<K, V> cache) {
        @SuppressWarnings("unchecked") // Every cache has a Configuration, whatever its type parameters.
        Configuration<K, V> configuration = cache.getConfiguration(Configuration.class);
        if (configuration instanceof CompleteConfiguration<K, V> complete && complete.isReadThrough()) {
            throw new IllegalArgumentException("cache '" + cache.getName() + "' reads through (expected: values come "
                    + "from recorded operations only); record a cache with readThrough off");
        }
    }
}
