package io.fyercache.jcache.expiry;

import io.fyercache.configuration.PerOperationExpiry;
import io.fyercache.core.entry.Expiry;
import java.util.function.Supplier;
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
     * <p>The five policies of JSR-107, and the one that a file spells out, are final and always answer the same: they are asked once, here. A
     * user's own is asked each time.
     *
     * @param cacheName the cache, for what is logged
     */
    public static Expiry of(String cacheName, ExpiryPolicy policy) {
        boolean standard = policy instanceof EternalExpiryPolicy
                || policy instanceof CreatedExpiryPolicy
                || policy instanceof ModifiedExpiryPolicy
                || policy instanceof AccessedExpiryPolicy
                || policy instanceof TouchedExpiryPolicy
                || policy instanceof PerOperationExpiry;
        if (!standard) {
            return ofUser(cacheName, () -> policy);
        }
        FixedExpiry fixed = new FixedExpiry(
                LifeSpan.atCreation(policy.getExpiryForCreation()),
                LifeSpan.atChange(policy.getExpiryForUpdate()),
                LifeSpan.atChange(policy.getExpiryForAccess()));
        return fixed.isEternal() ? Expiry.ETERNAL : fixed;
    }

    /**
     * Returns the expiry of a cache with a policy of the user's own.
     *
     * @param cacheName the cache, for what is logged
     * @param policy returns it; what it throws fails the operation that needs the policy
     */
    public static Expiry ofUser(String cacheName, Supplier<? extends ExpiryPolicy> policy) {
        return new CustomExpiry(cacheName, policy);
    }
}
