package io.fyercache.jcache;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Compute if absent, once for all who ask: the cache-aside pattern with single flight, for data that has no loader. One caller computes the
 * value of a cold key; all others, in whatever thread and process of the cluster, wait for it and get its value, or its failure.
 *
 * <pre>{@code
 * CacheAside<Long, Quote> quotes = CacheAside.of(cache);
 *
 * Quote quote = quotes.get(4711L, id -> market.ask(id)); // one call of the market, however many ask at once
 * }</pre>
 *
 * <p><b>How.</b> Who finds no value claims the key: by {@link Cache#putIfAbsent}, in a cache beside the cache, named after it with
 * {@value #CLAIMS}, which has the keys of the first and short texts. It then computes, puts the value by {@code putIfAbsent} too, and gives the
 * claim back. A claim expires after {@link Limits#computation}; if the process that made it dies, or the function does not return, then
 * somebody else takes over. Who waits in the computing process is woken; others ask again, after 1 ms at first and after 50 ms at last.
 *
 * <p><b>Why not in an entry processor.</b> That would hold the key until the function returns, with nobody to take over, and it would have
 * to travel to the member that has the key, which a lambda cannot. So the function always runs on the caller's thread, and may use whatever
 * is there. Where it could travel, or another JVM has the means to compute as well, a {@link javax.cache.integration.CacheLoader} does
 * more: it holds the key, refreshes, and loads many keys at once.
 *
 * <p><b>What is promised.</b>
 *
 * <ul>
 *   <li>While a claim lasts, nobody else computes that key by this means. A computation that outlasts its claim may run beside the one that
 *       took over; its caller gets a value, but what it computed is not stored, as it may be from long ago.
 *   <li>What the application has put meanwhile stays, and is what the callers get.
 *   <li>What the function throws passes to its caller as it is. Those who waited get a {@link CacheAsideException}. Whoever asks afterwards
 *       computes anew.
 *   <li>{@code null} from the function means that there is nothing. Those who waited get {@code null}, too; it is not remembered.
 * </ul>
 *
 * <p><b>What is not.</b> A {@code remove} ends no computation: one that has begun before stores what it found, unless it outlasts its
 * claim. A loader would be waited for. So give the cache an expiry policy. And no more than {@value #MAXIMUM_CLAIMS} keys should be
 * computed at once, for claims beyond that are dropped.
 *
 * <p>Thread-safe; to be made once for a cache and kept, as threads that share it are woken rather than ask again. All processes of a
 * cluster must have the same {@link Limits#computation}.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class CacheAside<K, V> {

    /** What the name of the cache of claims ends with, after the name of the cache. */
    public static final String CLAIMS = ".claims";

    /**
     * The most claims kept, on each member where there are members: some ten megabytes. Who asks for that many absent keys within a
     * computation's limit scans, and then a key that is computed twice matters less than the memory.
     */
    public static final int MAXIMUM_CLAIMS = 100_000;

    private static final Logger LOGGER = System.getLogger(CacheAside.class.getName());

    /** The first pause before a claim of another process is looked at again: about what a quick query takes. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The longest pause, to which the first is doubled: 20 questions a second of each who waits, and soon enough for people. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The pause of those who are woken: they look for what wakes nobody, such as a claim that has expired. */
    private static final long WOKEN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final EngineCache<K, V> cache;
    private final EngineCache<K, String> claims;
    private final Limits limits;
    private final Clock clock;

    /** What threads compute through this object, by the token of its claim. */
    private final Map<String, Computation> running = new ConcurrentHashMap<>();

    /**
     * How long it may take.
     *
     * @param computation how long one caller may compute until another takes over, 100 ms..1 h; the same in all processes
     * @param patience how long a caller waits for others, 1 ms..1 h; that it computes itself does not count
     */
    public record Limits(Duration computation, Duration patience) {
        private static final Duration SHORTEST_COMPUTATION = Duration.ofMillis(100);
        private static final Duration SHORTEST_PATIENCE = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofHours(1);

        /** 10 s, far above what callers of a cache wait for, and 30 s, which lets two fail to return before it ends. */
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30));

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a duration is out of its range
         */
        public Limits {
            requireRange("computation", computation, SHORTEST_COMPUTATION);
            requireRange("patience", patience, SHORTEST_PATIENCE);
        }

        private static void requireRange(String name, Duration given, Duration shortest) {
            Objects.requireNonNull(given, name + ": null (expected: a duration)");
            if (given.compareTo(shortest) < 0 || given.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + ": " + given + " (expected: " + shortest + ".." + LONGEST
                        + "); choose one in the range");
            }
        }
    }

    private CacheAside(EngineCache<K, V> cache, EngineCache<K, String> claims, Limits limits, Clock clock) {
        this.cache = cache;
        this.claims = claims;
        this.limits = limits;
        this.clock = clock;
    }

    /** Computes for a cache, with {@link Limits#DEFAULT}; otherwise as {@link #of(Cache, Limits)}. */
    public static <K, V> CacheAside<K, V> of(Cache<K, V> cache) {
        return of(cache, Limits.DEFAULT);
    }

    /**
     * Computes for a cache. Opens the cache of claims, which stays open until its manager is closed.
     *
     * @throws IllegalArgumentException if the cache is none of FyerCache's, if it reads through, since its loader knows the values then
     * @throws io.fyercache.configuration.CacheDiffersException if it has claims with another limit already
     * @throws IllegalStateException if it is closed
     * @throws javax.cache.CacheException if the cache of claims cannot be opened
     */
    public static <K, V> CacheAside<K, V> of(Cache<K, V> cache, Limits limits) {
        Objects.requireNonNull(cache, "cache: null (expected: a cache of FyerCache)");
        Objects.requireNonNull(limits, "limits: null (expected: limits); Limits.DEFAULT will do");
        EngineCache<K, V> ours = ours(cache);
        ours.lifecycle().requireOpen();
        FyerConfiguration<K, V> configuration = ours.lifecycle().configuration();
        if (configuration.isReadThrough()) {
            throw new IllegalArgumentException(
                    "cache '" + ours.getName() + "': readThrough: true (expected: false, as its"
                            + " loader knows the values); use cache.get, or configure it without readThrough");
        }
        FyerConfiguration<K, String> ofClaims = FyerConfiguration.builder(configuration.getKeyType(), String.class)
                .storeByValue(configuration.isStoreByValue())
                .serialization(configuration.serialization())
                .expiry(ModifiedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(
                        TimeUnit.MILLISECONDS, limits.computation().toMillis())))
                .maximumEntries(MAXIMUM_CLAIMS)
                .build();
        EngineCacheManager manager = ours.getCacheManager();
        EngineCache<K, String> claims = manager.openCache(ours.getName() + CLAIMS, ofClaims);
        return new CacheAside<>(ours, claims, limits, manager.clock());
    }

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static <K, V> EngineCache<K, V> ours(Cache<K, V> cache) {
        try {
            return cache.unwrap(EngineCache.class);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cache '" + cache.getName() + "': " + cache.getClass().getName()
                            + " (expected: a cache of FyerCache); take it from a manager of FyerCachingProvider",
                    e);
        }
    }

    /**
     * Returns the value of a key: from the cache, or as the function computes it here, or as somebody else does meanwhile.
     *
     * @param function computes the value of the key, null if there is none; called once at most, on this thread, and not if another's value
     *     comes. It may use other keys, in one order, and must not ask for this one
     * @return null if there is no value
     * @throws CacheAsideException if another computed and failed, or took longer than {@link Limits#patience}, or the thread was
     *     interrupted while it waited; it then is interrupted still
     * @throws IllegalStateException if the cache is closed, or if the function asks for the key that it computes
     * @throws RuntimeException what the function throws, as it is, and what {@link Cache#get} and {@link Cache#putIfAbsent} throw; others
     *     may compute then
     */
    public @Nullable V get(K key, Function<? super K, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function: null (expected: what computes the value)");
        V present = cache.get(key);
        if (present != null) {
            return present;
        }
        Claim mine = Claim.computing(UUID.randomUUID().toString());
        long start = clock.nanoTime();
        Claim awaited = null;
        Computation here = null;
        while (true) {
            Claim claim = claim(key, mine, awaited);
            if (claim.equals(mine)) {
                return compute(key, mine, function);
            }
            if (claim.isOver()) {
                throwIfFailed(claim, here);
                return null;
            }
            awaited = claim;
            here = running.get(claim.token());
            awaitEnd(key, claim, here, start);
            V value = cache.get(key);
            if (value != null) {
                return value;
            }
        }
    }

    /**
     * Claims the key, unless somebody computes it.
     *
     * @return {@code mine}, or the claim of another; one that is over only if this thread has awaited it, for what came of a computation
     *     before this call is no answer to it
     */
    private Claim claim(K key, Claim mine, @Nullable Claim awaited) {
        while (true) {
            if (claims.putIfAbsent(key, mine.text())) {
                return mine;
            }
            String text = claims.get(key);
            if (text == null) {
                continue; // It has ended in between.
            }
            Claim other = Claim.parse(text);
            if (!other.isOver() || (awaited != null && other.isOf(awaited))) {
                return other;
            }
            if (claims.replace(key, text, mine.text())) {
                return mine;
            }
        }
    }

    private @Nullable V compute(K key, Claim mine, Function<? super K, ? extends @Nullable V> function) {
        Computation computation = new Computation();
        running.put(mine.token(), computation);
        Claim end = null;
        try {
            // Whoever had the claim before may have put a value since this thread looked; asking so counts no second
            // miss.
            V value = cache.containsKey(key) ? cache.get(key) : null;
            if (value != null) {
                return value;
            }
            value = function.apply(key);
            if (value == null) {
                end = mine.foundNothing();
                return null;
            }
            return store(key, mine, value);
        } catch (RuntimeException | Error e) {
            computation.failed(e);
            end = mine.failed(e);
            throw e;
        } finally {
            release(key, mine, end);
            running.remove(mine.token());
            computation.end();
        }
    }

    /** Stores a value, if the claim has not ended and nobody has put another; returns what the caller is to get. */
    private V store(K key, Claim mine, V value) {
        boolean inTime = mine.text().equals(claims.get(key));
        if (!inTime) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cache.getName() + "': a computation took longer than " + limits.computation()
                            + ", and its value is not stored; make it quicker, or allow more by Limits");
        }
        if (inTime && cache.putIfAbsent(key, value)) {
            return value;
        }
        V other = cache.get(key);
        return other == null ? value : other;
    }

    /** Gives the claim back, or leaves for those who wait what came of it. If that fails, it expires. */
    private void release(K key, Claim mine, @Nullable Claim end) {
        try {
            boolean wasMine =
                    end == null ? claims.remove(key, mine.text()) : claims.replace(key, mine.text(), end.text());
            LOGGER.log(Level.TRACE, () -> "released a claim" + (wasMine ? "" : " that had expired"));
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cache.getName() + "': a claim could not be given back and expires by itself",
                    e);
        }
    }

    /**
     * Waits until a claim of another is over or gone.
     *
     * @param here the computation, if it is one of this process
     */
    private void awaitEnd(K key, Claim claim, @Nullable Computation here, long startNanos) {
        if (here != null && here.isOfThisThread()) {
            throw new IllegalStateException("cache '" + cache.getName()
                    + "': the function asks for the key that it computes (expected: other keys); compute it without");
        }
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (claim.text().equals(claims.get(key))) {
            cache.lifecycle().requireOpen();
            long leftNanos = limits.patience().toNanos() - (clock.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                throw new CacheAsideException(
                        "cache '" + cache.getName() + "': no value after a patience of " + limits.patience()
                                + ", while another computes it (expected: a value by then); ask again, or allow more by Limits",
                        null);
            }
            if (here != null && !here.hasEnded()) {
                pause(() -> here.await(Math.min(leftNanos, WOKEN_PAUSE_NANOS)));
            } else {
                long nanos = Math.min(leftNanos, pauseNanos);
                pause(() -> LockSupport.parkNanos(this, nanos));
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
        }
    }

    /** What lets time pass. */
    @FunctionalInterface
    private interface Pause {
        void take() throws InterruptedException;
    }

    private void pause(Pause pause) {
        try {
            pause.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CacheAsideException(
                    "cache '" + cache.getName() + "': interrupted while another computes the value (expected: time to"
                            + " wait); ask again",
                    null);
        }
    }

    private void throwIfFailed(Claim claim, @Nullable Computation here) {
        if (claim.state() == Claim.State.FAILED) {
            throw new CacheAsideException(
                    "cache '" + cache.getName() + "': another caller's computation of the value failed: "
                            + claim.reason() + "; ask again",
                    here == null ? null : here.failure());
        }
    }

    /** {@code CacheAside[quotes]}. */
    @Override
    public String toString() {
        return "CacheAside[" + cache.getName() + "]";
    }
}
