package io.fyercache.hibernate.region;

import java.util.HashSet;
import java.util.Set;
import org.hibernate.cache.spi.AbstractCacheTransactionSynchronization;
import org.hibernate.cache.spi.DomainDataRegion;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * What the cache knows of a session: when its transaction began, and which regions it does without until that ends, because it has changed many rows by
 * one statement. No soft locks say which: what is cached may not be what it has made of them, and what it loads may not be committed.
 *
 * <p>Used by the session's thread.
 */
public final class SessionContext extends AbstractCacheTransactionSynchronization {
    private final Set<DomainDataRegion> without = new HashSet<>();

    /** Makes the context of a session that has just been opened. */
    public SessionContext(RegionFactory factory) {
        super(factory);
    }

    /** Returns when the transaction of a session began, or the session itself if it has had none. */
    static long startOf(SharedSessionContractImplementor session) {
        return session.getCacheTransactionSynchronization().getCachingTimestamp();
    }

    /** Has a session do without {@code region} until its transaction ends. */
    static void leave(SharedSessionContractImplementor session, DomainDataRegion region) {
        if (session.getCacheTransactionSynchronization() instanceof SessionContext context) {
            context.without.add(region);
        }
    }

    /** Tells whether a session reads and fills {@code region}. */
    static boolean uses(SharedSessionContractImplementor session, DomainDataRegion region) {
        return !(session.getCacheTransactionSynchronization() instanceof SessionContext context)
                || !context.without.contains(region);
    }

    /** Has the session use all regions again: whichever way the transaction has ended, what it finds from now on is committed. */
    @Override
    public void transactionCompleted(boolean successful) {
        without.clear();
    }
}
