package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.hibernate.model.Ledger;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TRANSACTIONAL access in JTA transactions, which a real transaction manager completes in two phases where there are two resources. */
class TransactionalAccessTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The shortest that a transaction manager takes. */
    private static final int TIMEOUT_SECONDS = 1;

    /** How long others may take to get to where a test wants them. */
    private static final int PATIENCE_SECONDS = 30;

    private final TransactionManager transactions = NarayanaPlatform.transactionManagerOfTests();
    private final CachedDatabase database = CachedDatabase.open(
            NarayanaPlatform.settings("jdbc:h2:mem:jta" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1"));
    private final ExecutorService others = Executors.newSingleThreadExecutor();

    @BeforeEach
    void keepOneLedger() {
        Ledger ledger = new Ledger(1, "sales", 100);
        ledger.clerks().add("Ada");
        database.run(session -> session.persist(ledger));
        assertFound("sales", 100, Set.of("Ada"));
    }

    @AfterEach
    void close() throws Exception {
        if (transactions.getTransaction() != null) {
            transactions.rollback(); // Of a test that has failed.
        }
        others.shutdownNow();
        database.close();
    }

    private static void change(Session session) {
        Ledger ledger = session.find(Ledger.class, 1);
        ledger.add(50);
        ledger.rename("revenue");
        ledger.clerks().add("Grace");
        session.flush();
    }

    /** Runs as somebody else, in a transaction of their own. */
    private void byOthers(Runnable work) throws Exception {
        others.submit(work).get();
    }

    private void assertFound(String title, long balance, Set<String> clerks) {
        database.run(session -> {
            Ledger found = session.find(Ledger.class, 1);
            assertThat(found.balance()).isEqualTo(balance);
            assertThat(found.clerks()).isEqualTo(clerks);
            assertThat(NaturalIds.find(session, Ledger.class, title)).isSameAs(found);
        });
    }

    private long statementsToRead() {
        return database.statementsOf(session -> session.find(Ledger.class, 1));
    }

    @Test
    void access_isTransactional() {
        assertThat(database.factory()
                        .getMappingMetamodel()
                        .getEntityDescriptor(Ledger.class)
                        .getCacheAccessStrategy()
                        .getAccessType())
                .isEqualTo(AccessType.TRANSACTIONAL);
    }

    @Test
    void commit_makesChangesVisible_andNotSooner() throws Exception {
        transactions.begin();
        try (Session session = database.factory().openSession()) {
            change(session);
            byOthers(() -> assertFound("sales", 100, Set.of("Ada")));
            transactions.commit();
        }

        assertThat(statementsToRead()).isZero();
        assertFound("revenue", 150, Set.of("Ada", "Grace"));
        assertThat(database.<Ledger>call(session -> NaturalIds.find(session, Ledger.class, "sales")))
                .isNull();
    }

    @Test
    void insert_isFoundWithoutAStatement_afterTheCommit_andNotSooner() throws Exception {
        transactions.begin();
        try (Session session = database.factory().openSession()) {
            session.persist(new Ledger(2, "costs", 7));
            session.flush();
            byOthers(() -> assertThat(database.<Ledger>call(other -> other.find(Ledger.class, 2)))
                    .isNull());
            transactions.commit();
        }

        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Ledger.class, 2).balance()).isEqualTo(7)))
                .isZero();
    }

    @Test
    void rollback_leavesNothingVisible_andWhatWasThereIsKeptAgain() throws Exception {
        transactions.begin();
        try (Session session = database.factory().openSession()) {
            change(session);
            session.persist(new Ledger(2, "costs", 7));
            session.flush();
            transactions.rollback();
        }

        assertFound("sales", 100, Set.of("Ada"));
        assertThat(statementsToRead()).isZero();
        assertThat(database.<Ledger>call(session -> session.find(Ledger.class, 2)))
                .isNull();
    }

    @Test
    void transaction_readsItsOwnChanges_afterTheSessionHasForgottenThem() throws Exception {
        transactions.begin();
        try (Session session = database.factory().openSession()) {
            change(session);
            session.clear();
            assertThat(session.find(Ledger.class, 1).balance()).isEqualTo(150);
            transactions.rollback();
        }

        assertFound("sales", 100, Set.of("Ada"));
    }

    @Test
    void betweenPrepareAndCommit_othersReadTheDatabase_andKeepNothing() throws Exception {
        CountDownLatch prepared = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<?> commit = others.submit(() -> {
            transactions.begin();
            transactions.getTransaction().enlistResource(HeldCommit.until(prepared, goOn));
            try (Session session = database.factory().openSession()) {
                change(session);
                transactions.commit();
            }
            return null;
        });
        assertThat(prepared.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        try {
            assertFound("sales", 100, Set.of("Ada"));
            assertThat(statementsToRead()).isOne();
            assertThat(statementsToRead()).isOne();
        } finally {
            goOn.countDown();
        }
        commit.get();

        assertFound("revenue", 150, Set.of("Ada", "Grace"));
        assertThat(statementsToRead()).isZero();
    }

    /** The transaction manager rolls it back from a thread of its own; Hibernate ends its locks when the session is next used. */
    @Test
    void timeout_leavesNothingVisible_andWhatWasThereIsKeptAgain() throws Exception {
        transactions.setTransactionTimeout(TIMEOUT_SECONDS);
        try {
            transactions.begin();
        } finally {
            transactions.setTransactionTimeout(0);
        }
        Transaction transaction = transactions.getTransaction();
        try (Session session = database.factory().openSession()) {
            change(session);
            await().until(() -> transaction.getStatus() == Status.STATUS_ROLLEDBACK);

            byOthers(() -> assertFound("sales", 100, Set.of("Ada")));
            assertThatThrownBy(() -> session.find(Ledger.class, 1)).hasStackTraceContaining("rolled back");
        } finally {
            transactions.rollback();
        }

        assertFound("sales", 100, Set.of("Ada"));
        assertThat(statementsToRead()).isZero();
    }

    @Test
    void updateOfMany_isVisibleAfterItsCommit_andNotSooner() throws Exception {
        transactions.begin();
        try (Session session = database.factory().openSession()) {
            session.createMutationQuery("update Ledger set balance = balance + 1")
                    .executeUpdate();
            assertThat(session.find(Ledger.class, 1).balance()).isEqualTo(101);
            byOthers(() -> assertFound("sales", 100, Set.of("Ada")));
            transactions.commit();
        }

        assertFound("sales", 101, Set.of("Ada"));
    }
}
