package io.fyercache.hibernate.region;

import io.fyercache.core.codec.CodecException;
import io.fyercache.jcache.FyerCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a region, which may fail: a cluster may have no primary for a key, or an entry may not decode. An application goes on with its
 * database then. A read is a miss, what is offered is not kept, and a change is as {@link WriteFailure} has it.
 *
 * <p>Failures are counted. The first one is logged, and then the next success. Entries that are whole, but of another version of the classes, are counted apart. Thread-safe.
 */
public final class RegionCache {
    private static final Logger LOGGER = System.getLogger(RegionCache.class.getName());

    private final String name;
    private final Cache<Object, Object> cache;
    private final WriteFailure writeFailure;
    private final LongAdder failures = new LongAdder();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder mismatches = new LongAdder();
    private final AtomicBoolean mismatchTold = new AtomicBoolean();

    /** Makes the region's view of {@code cache}. */
    public RegionCache(Cache<Object, Object> cache, WriteFailure writeFailure) {
        this.name = cache.getName();
        this.cache = cache;
        this.writeFailure = writeFailure;
    }

    /** Returns the name of the cache: the region's, with its prefix. */
    String name() {
        return name;
    }

    /** Returns the value of a key; null if there is none, or the cache fails. One that cannot be decoded is dropped. */
    @Nullable
    Object read(Object key) {
        try {
            return worked(cache.get(key));
        } catch (RuntimeException e) {
            failed("read", e);
            if (isDamage(e)) {
                dropDamaged(key);
            }
            return null;
        }
    }

    /** Returns the value of a key; null if there is none. */
    @Nullable
    Object readOrFail(Object key) {
        try {
            return worked(cache.get(key));
        } catch (RuntimeException e) {
            throw failed("read", e);
        }
    }

    /** Runs a processor that may as well not run; false, too, if the cache fails. */
    boolean offer(Object key, EntryProcessor<Object, Object, Boolean> processor) {
        try {
            return worked(cache.invoke(key, processor));
        } catch (RuntimeException e) {
            failed("write", e);
            return false;
        }
    }

    /** Puts what may as well not be put; does nothing if the cache fails. */
    void offer(Object key, Object value) {
        try {
            cache.put(key, value);
            worked(true);
        } catch (RuntimeException e) {
            failed("write", e);
        }
    }

    /**
     * Runs a processor that announces a change before the commit.
     *
     * @return false if the cache fails and {@link WriteFailure} has the transaction go on
     * @throws CacheException if the cache fails and the transaction is to
     */
    boolean announce(Object key, EntryProcessor<Object, Object, Boolean> processor) {
        try {
            cache.invoke(key, processor);
            return worked(true);
        } catch (RuntimeException e) {
            return goOnOrFail(e);
        }
    }

    /**
     * Removes an entry that a change makes stale.
     *
     * @throws CacheException if the cache fails and the transaction is to. After the commit Hibernate only logs it
     */
    void remove(Object key) {
        try {
            cache.remove(key);
            worked(true);
        } catch (RuntimeException e) {
            goOnOrFail(e);
        }
    }

    /**
     * Runs a processor that tells of a change after the commit.
     *
     * @throws CacheException if the cache fails; Hibernate logs it
     */
    boolean conclude(Object key, EntryProcessor<Object, Object, Boolean> processor) {
        try {
            return worked(cache.invoke(key, processor));
        } catch (RuntimeException e) {
            throw failed("write", e);
        }
    }

    /**
     * Removes an entry because the application, or the end of a change of many, says so.
     *
     * @throws CacheException if the cache fails
     */
    void evict(Object key) {
        try {
            cache.remove(key);
            worked(true);
        } catch (RuntimeException e) {
            throw failed("evict", e);
        }
    }

    /**
     * Removes all entries.
     *
     * @throws CacheException if the cache fails. Some may be gone
     */
    void evictAll() {
        try {
            cache.clear();
            worked(true);
        } catch (RuntimeException e) {
            throw failed("evict", e);
        }
    }

    /** Returns how many entries are kept, soft locks counted; in a cluster, those of all members. 0 if the cache fails. */
    long size() {
        try {
            return cache.unwrap(FyerCache.class).size();
        } catch (RuntimeException e) {
            failed("read", e);
            return 0;
        }
    }

    /** Counts a key that the cache cannot have. */
    void refused(RuntimeException why) {
        failed("take a key", why);
    }

    /** Counts a read that has found an entry of another fingerprint, and so nothing. */
    void mismatched() {
        mismatches.increment();
        if (mismatchTold.compareAndSet(false, true)) {
            LOGGER.log(
                    Level.INFO,
                    () -> "region " + name
                            + ": it has entries of another version of the entities' classes, or of Hibernate, than"
                            + " this process has; they are misses until they are loaded anew, and counted only from now on");
        }
    }

    /** Returns the cache itself, of which everything throws that fails. */
    public Cache<?, ?> cache() {
        return cache;
    }

    /** Returns how many operations have failed. */
    public long failures() {
        return failures.sum();
    }

    /** Returns how many reads have found an entry of another version of the classes. */
    public long mismatches() {
        return mismatches.sum();
    }

    private <T> T worked(T result) {
        if (failing.get() && failing.compareAndSet(true, false)) {
            LOGGER.log(
                    Level.INFO, () -> "region " + name + ": its cache works again, " + failures() + " failures so far");
        }
        return result;
    }

    /** Counts a failure, and returns what to throw, if anything is. */
    private CacheException failed(String what, RuntimeException failure) {
        failures.increment();
        if (failing.compareAndSet(false, true)) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "region " + name + ": its cache failed to " + what
                            + "; reads are misses until it works again, further failures are counted only",
                    failure);
        }
        return new CacheException("region " + name + ": its cache failed to " + what, failure);
    }

    private boolean goOnOrFail(RuntimeException failure) {
        CacheException failed = failed("write", failure);
        if (writeFailure == WriteFailure.FAIL) {
            throw failed;
        }
        return false;
    }

    private static boolean isDamage(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodecException) {
                return true;
            }
        }
        return false;
    }

    /** An entry of a class that has changed since would fail every reader. */
    private void dropDamaged(Object key) {
        try {
            cache.invoke(key, new DamageRemoval());
        } catch (RuntimeException stillFails) {
            failures.increment();
        }
    }
}
