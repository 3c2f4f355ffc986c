package io.fyercache.core.load;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the loader of one cache: within the {@linkplain LoadBudget budget}, counted and timed, and in the background for values that
 * are due for refreshing. That a key is loaded once at a time is not decided here: callers hold the key.
 *
 * <p>Thread-safe.
 */
public final class LoadCoordinator {

    /** How long a failed reload is not repeated while a stale value serves, in milliseconds: a database in trouble needs rest. */
    public static final long RETRY_PAUSE_MILLIS = 1_000;

    /** How many keys may be waiting for, or in, a background refresh. More are refreshed at a later read, or load when they expire. */
    static final int MAX_REFRESHES = 1_000;

    private final EntryLoader loader;
    private final LoadSettings settings;
    private final LoadBudget budget;
    private final CacheCounters counters;
    private final Clock clock;
    private final Executor background;
    private final Set<Object> refreshing = ConcurrentHashMap.newKeySet();

    /** Of the keys whose reload failed: when their old value must not serve any longer. At most as many as there are entries. */
    private final ConcurrentMap<Object, Long> staleUntil = new ConcurrentHashMap<>();

    /** Makes the coordinator of a cache. */
    public LoadCoordinator(
            EntryLoader loader, LoadSettings settings, CacheCounters counters, Clock clock, Executor background) {
        this.loader = loader;
        this.settings = settings;
        this.budget = new LoadBudget(settings);
        this.counters = counters;
        this.clock = clock;
        this.background = background;
    }

    /** Returns how this cache loads. */
    public LoadSettings settings() {
        return settings;
    }

    /**
     * Asks the loader for one value.
     *
     * @throws LoadBudgetException if too many loads were under way for too long
     */
    public @Nullable Object load(Object key) {
        return measured(1, () -> loader.load(key));
    }

    /**
     * Asks the loader for several values at once; those it does not know are left out.
     *
     * @throws LoadBudgetException if too many loads were under way for too long
     */
    public Map<Object, Object> loadAll(Collection<?> keys) {
        return measured(keys.size(), () -> loader.loadAll(keys));
    }

    /**
     * Loads {@code key} in the background, unless that is under way, and hands what the loader found to {@code keep}. A failure is
     * counted and otherwise without effect: the present value still serves.
     */
    public void refresh(Object key, Consumer<@Nullable Object> keep) {
        if (refreshing.size() >= MAX_REFRESHES || !refreshing.add(key)) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    keep.accept(load(key));
                } catch (RuntimeException e) {
                    // Counted by measured(); nobody waits for this value.
                } finally {
                    refreshing.remove(key);
                }
            });
        } catch (RejectedExecutionException e) {
            refreshing.remove(key);
        }
    }

    /**
     * Returns until when the old value of a key may serve whose reload fails: a fixed time after the deadline that it had when the
     * reloads began to fail.
     */
    public long staleUntil(Object key, long deadlineMillis) {
        return staleUntil.computeIfAbsent(key, first -> deadlineMillis + settings.staleOnErrorMillis());
    }

    /** Forgets which keys were served stale until {@code nowMillis} or earlier. */
    public void forgetStale(long nowMillis) {
        if (!staleUntil.isEmpty()) {
            staleUntil.values().removeIf(until -> until <= nowMillis);
        }
    }

    private <T extends @Nullable Object> T measured(int keys, Supplier<T> call) {
        budget.acquire();
        long start = clock.nanoTime();
        boolean done = false;
        try {
            T loaded = call.get();
            done = true;
            return loaded;
        } finally {
            budget.release();
            if (done) {
                counters.load(keys, clock.nanoTime() - start);
            } else {
                counters.loadFailure();
            }
        }
    }
}
