package io.fyercache.jcache.expiry;

import io.fyercache.core.entry.Expiry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A user's own policy, asked each time.
 *
 * <p>A policy that throws does not fail the operation: a new entry lives for ever, any other keeps its deadline, as in the reference
 * implementation. The first exception of a cache is logged.
 */
final class CustomExpiry implements Expiry {
    private static final Logger LOGGER = System.getLogger(CustomExpiry.class.getName());

    private final String cacheName;
    private final ExpiryPolicy policy;
    private final AtomicBoolean logged = new AtomicBoolean();

    CustomExpiry(String cacheName, ExpiryPolicy policy) {
        this.cacheName = cacheName;
        this.policy = policy;
    }

    @Override
    public long afterCreation(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atCreation(ask(policy::getExpiryForCreation)));
    }

    @Override
    public long afterUpdate(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atChange(ask(policy::getExpiryForUpdate)));
    }

    @Override
    public long afterAccess(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atChange(ask(policy::getExpiryForAccess)));
    }

    @Override
    public boolean isEternal() {
        return false;
    }

    @Override
    public boolean changesOnAccess() {
        return true;
    }

    @Override
    public boolean runsUserCode() {
        return true;
    }

    private @Nullable Duration ask(Supplier<@Nullable Duration> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (logged.compareAndSet(false, true)) {
                LOGGER.log(
                        Level.WARNING,
                        () -> "cache '" + cacheName + "': expiry policy "
                                + policy.getClass().getName()
                                + " failed; new entries live for ever and others keep their deadline whenever it"
                                + " does (logged once)",
                        e);
            }
            return null;
        }
    }
}
