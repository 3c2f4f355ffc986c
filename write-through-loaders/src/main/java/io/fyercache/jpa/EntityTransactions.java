package io.fyercache.jpa;

import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StandardDialect;
import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.through.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Changes entities in transactions, each on an entity manager of its own, since one that has failed is of no more use (Jakarta
 * Persistence, 3.3.3).
 *
 * <p>Used by one thread.
 *
 * @param change changes entities of a transaction
 * @param kindOfConflict whom a conflict of versions concerns
 */
record EntityTransactions<T>(
        Entities<?, ?> entities, BiConsumer<EntityManager, List<T>> change, FailureKind kindOfConflict)
        implements Transactions<T> {

    /** Knows what errors mean by their SQLSTATE; which database it is, nobody says here. */
    private static final StandardDialect ANY = new StandardDialect(IdentifierRules.STANDARD);

    @Override
    public void commit(List<T> items) {
        try {
            entities.inTransaction(manager -> change.accept(manager, items), EntityTransaction::commit);
        } catch (RuntimeException e) {
            throw isConflict(e) ? new VersionConflict(e) : e;
        }
    }

    /** At the commit it is the cause of a {@code RollbackException}. */
    private static boolean isConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public FailureKind endFailed(Exception failure) {
        if (failure instanceof VersionConflict) {
            return kindOfConflict;
        }
        return entities.factory().isOpen() ? FailureKind.gravest(failure, ANY::classify) : FailureKind.DATABASE;
    }
}
