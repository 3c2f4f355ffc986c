package io.fyercache.jcache.expiry;

import io.fyercache.core.entry.Expiry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
    private final Supplier<? extends ExpiryPolicy> policy;
    private final AtomicBoolean logged = new AtomicBoolean();

    CustomExpiry(String cacheName, Supplier<? extends ExpiryPolicy> policy) {
        this.cacheName = cacheName;
        this.policy = policy;
    }

    @Override
    public long afterCreation(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atCreation(ask(ExpiryPolicy::getExpiryForCreation)));
    }

    @Override
    public long afterUpdate(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atChange(ask(ExpiryPolicy::getExpiryForUpdate)));
    }

    @Override
    public long afterAccess(long nowMillis) {
        return LifeSpan.deadline(nowMillis, LifeSpan.atChange(ask(ExpiryPolicy::getExpiryForAccess)));
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

    private @Nullable Duration ask(Function<ExpiryPolicy, @Nullable Duration> question) {
        // Outside: if there is no policy here, an entry must not live for ever for that.
        ExpiryPolicy asked = policy.get();
        try {
            return question.apply(asked);
        } catch (RuntimeException e) {
            if (logged.compareAndSet(false, true)) {
                LOGGER.log(
                        Level.WARNING,
                        () -> "cache '" + cacheName + "': expiry policy "
                                + asked.getClass().getName()
                                + " failed; new entries live for ever and others keep their deadline whenever it"
                                + " does (logged once)",
                        e);
            }
            return null;
        }
    }
}
