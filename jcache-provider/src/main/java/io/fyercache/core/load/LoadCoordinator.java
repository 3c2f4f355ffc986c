package io.fyercache.core.load;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.time.Clock;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.UnwrittenChanges;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final long UNDER_WAY = Long.MAX_VALUE;

    private static final Logger LOG = System.getLogger(LoadCoordinator.class.getName());

    private final EntryLoader loader;
    private volatile LoadSettings settings;
    private final LoadBudget budget;
    private final CacheCounters counters;
    private final Clock clock;
    private final Executor background;
    private final UnwrittenChanges unwritten;

    /** The keys that must not be refreshed before a time, in milliseconds: {@link #UNDER_WAY}, or the end of the pause after a failure. */
    private final ConcurrentMap<Object, Long> refreshes = new ConcurrentHashMap<>();

    /** Of the keys whose reload failed: how their old value serves. At most as many as there are entries. */
    private final ConcurrentMap<Object, Stale> stale = new ConcurrentHashMap<>();

    /**
     * A value that serves although its time is over.
     *
     * @param untilMillis when it must not serve any longer
     * @param pauseMillis when the next reload may be tried: the deadline that the entry has until then, by which it is known again
     */
    private record Stale(long untilMillis, long pauseMillis) {}

    /** Makes the coordinator of a cache that writes each change before it keeps it, or none. */
    public LoadCoordinator(
            EntryLoader loader, LoadSettings settings, CacheCounters counters, Clock clock, Executor background) {
        this(loader, settings, counters, clock, background, UnwrittenChanges.NONE);
    }

    /**
     * Makes the coordinator of a cache.
     *
     * @param unwritten what the database does not know yet: it is loaded from there
     */
    public LoadCoordinator(
            EntryLoader loader,
            LoadSettings settings,
            CacheCounters counters,
            Clock clock,
            Executor background,
            UnwrittenChanges unwritten) {
        this.loader = loader;
        this.settings = settings;
        this.budget = new LoadBudget(settings);
        this.counters = counters;
        this.clock = clock;
        this.background = background;
        this.unwritten = unwritten;
    }

    /** Returns how this cache loads. */
    public LoadSettings settings() {
        return settings;
    }

    /** Loads otherwise from now on; loads under way go on as they began. */
    public void adjust(LoadSettings next) {
        budget.adjust(next);
        settings = next;
    }

    /**
     * Returns one value: what the database is to be told of the key, if it does not know that yet, else what the loader finds there.
     *
     * @throws LoadBudgetException if too many loads were under way for too long
     */
    public @Nullable Object load(Object key) {
        return load(key, unwritten);
    }

    /** Returns one value as {@link #load(Object)} does, for whoever knows what the database does not know yet of this key. */
    public @Nullable Object load(Object key, UnwrittenChanges known) {
        Change change = known.find(key);
        return change == null ? measured(1, () -> loader.load(key)) : change.value();
    }

    /**
     * Returns several values as {@link #load} does, of those that the loader is asked for at once; those it does not know are left out.
     *
     * @throws LoadBudgetException if too many loads were under way for too long
     */
    public Map<Object, Object> loadAll(Collection<?> keys) {
        return loadAll(keys, unwritten);
    }

    /** Returns several values as {@link #loadAll(Collection)} does, for whoever knows what the database does not know yet of these keys. */
    public Map<Object, Object> loadAll(Collection<?> keys, UnwrittenChanges known) {
        Map<Object, Object> found = new HashMap<>();
        List<Object> asked = new ArrayList<>(keys.size());
        for (Object key : keys) {
            Change change = known.find(key);
            if (change == null) {
                asked.add(key);
            } else if (change.value() != null) {
                found.put(key, change.value());
            }
        }
        if (!asked.isEmpty()) {
            found.putAll(measured(asked.size(), () -> loader.loadAll(asked)));
        }
        return found;
    }

    /**
     * Loads {@code key} in the background, unless that is under way or failed a moment ago, and hands what the loader found to {@code
     * keep}. A failure is counted and otherwise without effect: the present value still serves.
     */
    public void refresh(Object key, Consumer<@Nullable Object> keep) {
        if (!startRefresh(key)) {
            return;
        }
        try {
            background.execute(() -> {
                boolean loaded = false;
                try {
                    Object fresh = load(key);
                    loaded = true;
                    keep.accept(fresh);
                } catch (RuntimeException e) {
                    if (loaded) {
                        LOG.log(Level.WARNING, "a value was refreshed, and keeping it or telling of it failed", e);
                    } // Else counted by measured(); nobody waits for this value.
                } finally {
                    endRefresh(key, loaded);
                }
            });
        } catch (RejectedExecutionException e) {
            refreshes.remove(key);
        }
    }

    private boolean startRefresh(Object key) {
        Long notBefore = refreshes.get(key);
        if (notBefore == null) {
            return refreshes.size() < MAX_REFRESHES && refreshes.putIfAbsent(key, UNDER_WAY) == null;
        }
        return notBefore <= clock.millis() && refreshes.replace(key, notBefore, UNDER_WAY);
    }

    private void endRefresh(Object key, boolean loaded) {
        if (loaded) {
            refreshes.remove(key);
        } else {
            refreshes.put(key, clock.millis() + RETRY_PAUSE_MILLIS);
        }
    }

    /**
     * Returns the next deadline of an old value whose reload failed: the end of a pause, but not later than a fixed time after the
     * deadline that it had when the reloads began to fail. Not after {@code nowMillis} if it must not serve any longer.
     *
     * @param deadlineMillis the deadline that the entry has now
     */
    public long pauseReloads(Object key, long deadlineMillis, long nowMillis) {
        return stale.compute(key, (same, before) -> {
                    long until = before != null && before.pauseMillis() == deadlineMillis
                            ? before.untilMillis()
                            : saturatedSum(deadlineMillis, settings.staleOnErrorMillis());
                    return new Stale(until, Math.min(until, nowMillis + RETRY_PAUSE_MILLIS));
                })
                .pauseMillis();
    }

    /** Tells whether an entry with this deadline is an old value that serves because its reload failed: it must not live longer by use. */
    public boolean servesStale(Object key, long deadlineMillis) {
        if (stale.isEmpty()) {
            return false;
        }
        Stale found = stale.get(key);
        return found != null && found.pauseMillis() == deadlineMillis;
    }

    /** Forgets what was over by {@code nowMillis}: values that served too long, pauses after failures. */
    public void forgetPast(long nowMillis) {
        if (!stale.isEmpty()) {
            stale.values().removeIf(each -> each.untilMillis() <= nowMillis);
        }
        if (!refreshes.isEmpty()) {
            refreshes.values().removeIf(notBefore -> notBefore <= nowMillis);
        }
    }

    /** Tells whether nothing is remembered of any key. */
    public boolean isIdle() {
        return stale.isEmpty() && refreshes.isEmpty();
    }

    /** Returns how many keys wait for, or are in, a background refresh. */
    public long refreshesUnderWay() {
        return refreshes.values().stream()
                .filter(notBefore -> notBefore == UNDER_WAY)
                .count();
    }

    private static long saturatedSum(long millis, long more) {
        return millis > Long.MAX_VALUE - more ? Long.MAX_VALUE : millis + more;
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
