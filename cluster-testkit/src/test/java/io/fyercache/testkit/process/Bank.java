package io.fyercache.testkit.process;

import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;

/** What all tellers have in common: the accounts and the rate, and how their session factories are made. */
final class Bank {
    static final int ACCOUNTS = 6;

    /** What is on each account in the beginning. */
    static final long BALANCE = 1_000;

    /** Longer than a teller stands still, and than any transaction takes. */
    static final String LOCK_TIMEOUT = "10s";

    private Bank() {}

    /** Opens a session factory on the bank's database. */
    static SessionFactory open(String database, Map<String, Object> settings) {
        return new MetadataSources(new StandardServiceRegistryBuilder()
                        .applySetting("hibernate.connection.url", database)
                        .applySetting("hibernate.connection.pool_size", 8)
                        .applySetting("hibernate.cache.use_query_cache", true)
                        .applySetting("hibernate.generate_statistics", true)
                        .applySetting("hibernate.session.events.log", false)
                        .applySettings(settings)
                        .build())
                .addAnnotatedClass(BankAccount.class)
                .addAnnotatedClass(BankRate.class)
                .buildMetadata()
                .buildSessionFactory();
    }
}
