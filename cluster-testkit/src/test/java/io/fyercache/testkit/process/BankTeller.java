package io.fyercache.testkit.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hibernate.SessionEventListener;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/** A process that transfers money and looks at accounts and the rate, by several threads, until a file is there. Then it stays, as a member with its regions. */
public final class BankTeller {
    /** Printed when it begins. */
    static final String OPEN = "OPEN";

    /** Printed when it has ended its work, with what it has found in the cache. */
    static final String CLOSED = "CLOSED";

    private static final int THREADS = 3;

    private final SessionFactory factory;
    private final BankLedger ledger;

    private BankTeller(SessionFactory factory, BankLedger ledger) {
        this.factory = factory;
        this.ledger = ledger;
    }

    /**
     * Runs it.
     *
     * @param arguments the database's URL, the file that ends the work, the file of its ledger, and settings, each as {@code name=value}
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        for (String setting : List.of(arguments).subList(3, arguments.length)) {
            int sign = setting.indexOf('=');
            settings.put(setting.substring(0, sign), setting.substring(sign + 1));
        }
        Path end = Path.of(arguments[1]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (SessionFactory factory = Bank.open(arguments[0], settings);
                BankLedger ledger = new BankLedger(Path.of(arguments[2]))) {
            BankTeller teller = new BankTeller(factory, ledger);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random();
                ends.add(threads.submit(() -> {
                    while (!Files.exists(end)) {
                        teller.serve(random);
                    }
                }));
            }
            System.out.println(OPEN);
            for (Future<?> each : ends) {
                each.get();
            }
            Statistics statistics = factory.getStatistics();
            System.out.println(CLOSED + " " + statistics.getSecondLevelCacheHitCount() + " hits, "
                    + statistics.getQueryCacheHitCount() + " of queries");
            Thread.currentThread().join();
        } finally {
            threads.shutdownNow();
        }
    }

    private void serve(Random random) {
        long account = random.nextInt(Bank.ACCOUNTS);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> transfer(account, random.nextInt(Bank.ACCOUNTS), random.nextInt(5) == 0);
            case 3 -> readCollection(account);
            case 4 -> readQuery(account);
            case 5 -> readSum();
            case 6, 7 -> readRate();
            default -> readEntity(account);
        }
    }

    private void transfer(long from, long to, boolean rolledBack) {
        if (from == to) {
            return;
        }
        long[] changes = new long[2];
        try {
            factory.inTransaction(session -> {
                changes[0] = session.find(BankAccount.class, from).add(-1);
                changes[1] = session.find(BankAccount.class, to).add(1);
                if (rolledBack) {
                    session.flush();
                    throw new RolledBack();
                }
            });
        } catch (RuntimeException refused) {
            // Somebody else was quicker, the database has ended a deadlock, or a member that is gone could not lock.
            return;
        }
        long now = System.nanoTime();
        ledger.add(now, BankLedger.COMMITTED, from, changes[0]);
        ledger.add(now, BankLedger.COMMITTED, to, changes[1]);
    }

    private void readEntity(long account) {
        long began = System.nanoTime();
        long changes = factory.fromTransaction(
                session -> session.find(BankAccount.class, account).changes());
        ledger.add(began, "entity", account, changes);
    }

    private void readCollection(long account) {
        long began = System.nanoTime();
        long changes = factory.fromTransaction(
                session -> session.find(BankAccount.class, account).mark());
        ledger.add(began, "collection", account, changes);
    }

    private void readQuery(long account) {
        long began = System.nanoTime();
        long changes = factory.fromTransaction(session -> session.createSelectionQuery(
                        "select a.changes from BankAccount a where a.id = :id", Long.class)
                .setParameter("id", account)
                .setCacheable(true)
                .getSingleResult());
        ledger.add(began, "query", account, changes);
    }

    private void readSum() {
        long sum = factory.fromTransaction(
                session -> session.createSelectionQuery("select sum(a.balance) from BankAccount a", Long.class)
                        .setCacheable(true)
                        .getSingleResult());
        if (sum != Bank.ACCOUNTS * Bank.BALANCE) {
            throw new IllegalStateException(
                    "sum of all accounts: " + sum + " (expected: " + Bank.ACCOUNTS * Bank.BALANCE + ")");
        }
    }

    private void readRate() {
        long began = System.nanoTime();
        StatementCount statements = new StatementCount();
        Object[] rate = factory.fromTransaction(session -> {
            session.addEventListeners(statements);
            return session.createSelectionQuery(
                            "select r.postings, r.postedNanos from BankRate r where r.id = :id", Object[].class)
                    .setParameter("id", BankRate.ID)
                    .setCacheable(true)
                    .getSingleResult();
        });
        ledger.add(began, statements.isNone() ? BankLedger.HIT : "query", BankRate.ID, (Long) rate[0]);
        if (BankRate.isOld((Long) rate[1], System.nanoTime())) {
            postRate();
        }
    }

    private void postRate() {
        long postings;
        try {
            postings = factory.fromTransaction(
                    session -> session.find(BankRate.class, BankRate.ID).post(System.nanoTime()));
        } catch (RuntimeException refused) {
            // Somebody else was quicker, or a member that is gone could not note the change.
            return;
        }
        if (postings > 0) {
            ledger.add(System.nanoTime(), BankLedger.COMMITTED, BankRate.ID, postings);
        }
    }

    /** Tells whether a session has asked the database. */
    private static final class StatementCount implements SessionEventListener {
        private static final long serialVersionUID = 1L;

        private int prepared;

        boolean isNone() {
            return prepared == 0;
        }

        @Override
        public void jdbcPrepareStatementEnd() {
            prepared++;
        }
    }

    private static final class RolledBack extends RuntimeException {}
}
