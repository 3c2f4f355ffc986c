package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Account;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that changes many rows, and each commits by itself. Hibernate allows it if it is told to. */
class BulkWithoutTransactionTest {
    private static final boolean TOLD_AT_THE_END = !Version.getVersionString().startsWith("6.");

    private final CachedDatabase database = CachedDatabase.open(Map.of(
            "hibernate.allow_update_outside_transaction", true,
            "hibernate.connection.autocommit", true));

    @BeforeEach
    void persist() {
        database.run(session -> session.persist(new Account(1, "A1", 100)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long balance() {
        return database.call(session -> session.find(Account.class, 1).balance());
    }

    @Test
    void region_isCleared_whenTheSessionIsClosed_byHibernate7_andNotBy6() {
        try (Session session = database.factory().openSession()) {
            session.createMutationQuery("update Account set balance = balance + 1")
                    .executeUpdate();
            assertThat(balance()).isEqualTo(100);
        }

        assertThat(balance()).isEqualTo(TOLD_AT_THE_END ? 101 : 100);

        database.factory().getCache().evictEntityData(Account.class);
        assertThat(balance()).isEqualTo(101);
    }
}
