package io.fyercache.jpa;

import io.fyercache.jdbc.dialect.Dialect;
import io.fyercache.jdbc.dialect.FailureKind;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.dialect.StandardDialect;
import io.fyercache.jdbc.dialect.VersionConflict;
import io.fyercache.jdbc.fence.FenceFailure;
import io.fyercache.jdbc.fence.Fenced;
import io.fyercache.jdbc.fence.WriterFence;
import io.fyercache.jdbc.through.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.OptimisticLockException;
import java.sql.Connection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes entities in transactions, each behind the fence first, and on an entity manager of its own, since one that has failed is of no more use
 * (Jakarta Persistence, 3.3.3).
 *
 * <p>Used by one thread.
 *
 * @param change changes entities of a transaction
 * @param kindOfConflict whom a conflict of versions concerns
 */
record EntityTransactions<T>(
        Entities<?, ?> entities,
        WriterFence fence,
        BiConsumer<EntityManager, List<T>> change,
        FailureKind kindOfConflict)
        implements Transactions<Fenced<T>> {

    /** Knows what errors mean by their SQLSTATE; which database it is, nobody says here. */
    private static final StandardDialect ANY = new StandardDialect(IdentifierRules.STANDARD);

    @Override
    public void commit(List<Fenced<T>> items) {
        try {
            entities.inTransaction(
                    manager -> {
                        hold(manager, items);
                        change.accept(manager, Fenced.items(items));
                    },
                    EntityTransaction::commit);
        } catch (RuntimeException e) {
            throw known(e);
        }
        fence.committed(items);
    }

    /** The first thing that the transaction does, as a fence may begin it anew. */
    private void hold(EntityManager manager, List<Fenced<T>> items) {
        if (fence.isThere()) {
            manager.<Connection>runWithConnection(
                    connection -> fence.hold(connection, connection::prepareStatement, Dialect::of, items));
        }
    }

    /** Returns what the failure is of those that have a name here: persistence providers wrap what they are thrown. */
    private static RuntimeException known(RuntimeException failure) {
        FenceFailure ofFence = cause(failure, FenceFailure.class);
        if (ofFence != null) {
            return ofFence;
        }
        // At the commit it is the cause of a RollbackException.
        return cause(failure, OptimisticLockException.class) == null ? failure : new VersionConflict(failure);
    }

    private static <X extends Throwable> @Nullable X cause(Throwable failure, Class<X> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    @Override
    public FailureKind endFailed(Exception failure) {
        if (failure instanceof VersionConflict) {
            return kindOfConflict;
        }
        return entities.factory().isOpen() ? FailureKind.gravest(failure, ANY::classify) : FailureKind.DATABASE;
    }
}
