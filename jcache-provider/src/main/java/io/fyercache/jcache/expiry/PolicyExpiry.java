package io.fyercache.jcache.expiry;

import io.fyercache.core.entry.Expiry;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** Finds the cheapest {@link Expiry} that does what an {@link ExpiryPolicy} says. */
public final class PolicyExpiry {

    private PolicyExpiry() {}

    /**
     * Returns the expiry of a cache.
     *
     * <p>The five policies of JSR-107 always answer the same: they are asked once, here. A subclass of them may answer differently each
     * time, so that it counts as a user's own policy, which is asked each time.
     *
     * @param cacheName the cache, for what is logged
     */
    public static Expiry of(String cacheName, ExpiryPolicy policy) {
        Class<?> type = policy.getClass();
        boolean standard = type == EternalExpiryPolicy.class
                || type == CreatedExpiryPolicy.class
                || type == ModifiedExpiryPolicy.class
                || type == AccessedExpiryPolicy.class
                || type == TouchedExpiryPolicy.class;
        if (!standard) {
            return new CustomExpiry(cacheName, policy);
        }
        FixedExpiry fixed = new FixedExpiry(
                LifeSpan.atCreation(policy.getExpiryForCreation()),
                LifeSpan.atChange(policy.getExpiryForUpdate()),
                LifeSpan.atChange(policy.getExpiryForAccess()));
        return fixed.isEternal() ? Expiry.ETERNAL : fixed;
    }
}
