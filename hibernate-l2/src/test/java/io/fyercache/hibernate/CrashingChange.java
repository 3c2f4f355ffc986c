package io.fyercache.hibernate;

import io.fyercache.hibernate.model.Ledger;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

/**
 * A program that changes a ledger as a client of a cluster, and is gone between the prepare and the commit of its transaction.
 *
 * <p>Its arguments are the URI of the cluster, that of the database, and the timeout of locks.
 */
final class CrashingChange {
    /** How it ends, and ends in no other case. */
    static final int GONE = 42;

    private CrashingChange() {}

    public static void main(String[] arguments) throws Exception {
        try (CachedDatabase database =
                        CachedDatabase.openShared("unused", settings(arguments[0], arguments[1], arguments[2]));
                Session session = database.factory().openSession()) {
            var transactions = NarayanaPlatform.transactionManagerOfTests();
            transactions.begin();
            transactions
                    .getTransaction()
                    .enlistResource(new HeldCommit(() -> Runtime.getRuntime().halt(GONE)));
            session.joinTransaction();
            session.find(Ledger.class, 1).add(50);
            transactions.commit();
        }
    }

    /** Returns the settings of a session factory with JTA whose regions are in a cluster. */
    static Map<String, Object> settings(String cacheUri, String databaseUrl, String lockTimeout) {
        Map<String, Object> settings = new HashMap<>(NarayanaPlatform.settings(databaseUrl));
        settings.put("hibernate.fyercache.uri", cacheUri);
        settings.put("hibernate.fyercache.lock_timeout", lockTimeout);
        return settings;
    }
}
