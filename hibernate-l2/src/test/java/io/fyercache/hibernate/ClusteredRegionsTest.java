package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Seat;
import java.util.List;
import java.util.Map;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two session factories on one database, each with a member of one cluster, over real sockets and a real ZooKeeper. */
class ClusteredRegionsTest {
    private static TwoMembers members;
    private static CachedDatabase one;
    private static CachedDatabase other;

    @BeforeAll
    static void open() {
        members = new TwoMembers("clustered", Map.of());
        one = members.one();
        other = members.other();
    }

    @AfterAll
    static void close() {
        members.close();
    }

    private static long balance(CachedDatabase database, long id) {
        return database.call(session -> session.find(Account.class, id).balance());
    }

    private static long sum(Session session) {
        return session.createSelectionQuery("select sum(a.balance) from Account a where a.id >= 100", Long.class)
                .setCacheable(true)
                .getSingleResult();
    }

    @Test
    void change_byOneMember_isReadByTheOther_withoutAStatement() {
        one.run(session -> session.persist(new Account(1, "A1", 100)));
        other.awaitHit(session -> session.find(Account.class, 1));

        one.run(session -> session.find(Account.class, 1).add(50));
        assertThat(balance(other, 1)).isEqualTo(150);

        other.run(session -> session.find(Account.class, 1).add(7));
        assertThat(balance(one, 1)).isEqualTo(157);
        one.awaitHit(session -> session.find(Account.class, 1));
    }

    @Test
    void lock_byOneMember_keepsTheOtherFromReadingAndKeeping() {
        one.run(session -> session.persist(new Account(2, "A2", 100)));
        one.run(session -> {
            session.find(Account.class, 2).add(50);
            session.flush();

            assertThat(balance(other, 2)).isEqualTo(100);
            assertThat(other.statementsOf(session2 -> session2.find(Account.class, 2)))
                    .isOne();
        });

        assertThat(balance(other, 2)).isEqualTo(150);
    }

    @Test
    void collectionAndNaturalId_changedByOneMember_areNewAtTheOther() {
        Account account = new Account(3, "A3", 100);
        account.owners().add("Ada");
        one.run(session -> session.persist(account));
        assertThat(owners(other)).containsExactly("Ada");

        one.run(session -> {
            Account found = NaturalIds.find(session, Account.class, "A3");
            found.owners().add("Grace");
            found.renumber("B3");
        });

        assertThat(owners(other)).containsExactlyInAnyOrder("Ada", "Grace");
        assertThat(other.<Account>call(session -> NaturalIds.find(session, Account.class, "A3")))
                .isNull();
        assertThat(other.<Long>call(
                        session -> NaturalIds.find(session, Account.class, "B3").id()))
                .isEqualTo(3);
    }

    private static List<String> owners(CachedDatabase database) {
        return database.call(
                session -> List.copyOf(session.find(Account.class, 3).owners()));
    }

    @Test
    void compositeIdentifier_isFoundByTheOtherMember() {
        one.run(session -> session.persist(new Seat(new Seat.Place(1, "A"), "Ada")));

        other.awaitHit(session -> assertThat(
                        session.find(Seat.class, new Seat.Place(1, "A")).guest())
                .isEqualTo("Ada"));
    }

    @Test
    void query_resultIsStale_whenTheOtherMemberHasChangedTheTable() {
        one.run(session -> session.persist(new Account(100, "A100", 100)));
        assertThat(other.<Long>call(ClusteredRegionsTest::sum)).isEqualTo(100);

        one.run(session -> session.find(Account.class, 100).add(1));

        assertThat(other.<Long>call(ClusteredRegionsTest::sum)).isEqualTo(101);
    }

    @Test
    void evict_byOneMember_isForAll() {
        one.run(session -> session.persist(new Account(4, "A4", 100)));

        other.factory().getCache().evictEntityData(Account.class, 4L);

        assertThat(one.factory().getCache().containsEntity(Account.class, 4L)).isFalse();
    }

    @Test
    void regionsOfAnotherPersistenceUnit_areRefused() {
        Map<String, Object> settings = members.settings();
        settings.put("hibernate.cache.region_prefix", "units");
        settings.put("hibernate.persistenceUnitName", "orders");
        try (CachedDatabase orders = CachedDatabase.openShared("clustered", settings)) {
            assertThat(orders.factory().isOpen()).isTrue();
        }
        settings.put("hibernate.persistenceUnitName", "archive");

        assertThatThrownBy(() -> CachedDatabase.openShared("clustered", settings))
                .hasStackTraceContaining("it is of orders, and claimed by archive (expected: one owner)");
    }

    @Test
    void unitThatIsRenamed_goesOnAsTheOwnerThatItWas_andFindsItsEntries() {
        Map<String, Object> settings = members.settingsOfAClient();
        settings.put("hibernate.cache.region_prefix", "renamed");
        settings.put("hibernate.persistenceUnitName", "sales");
        try (CachedDatabase sales = CachedDatabase.openShared("clustered", settings)) {
            sales.run(session -> session.persist(new Account(5, "A5", 100)));
        }
        settings.put("hibernate.persistenceUnitName", "orders");
        settings.put("hibernate.fyercache.region_owner", "sales");

        try (CachedDatabase orders = CachedDatabase.openShared("clustered", settings)) {
            assertThat(orders.statementsOf(session -> session.find(Account.class, 5)))
                    .isZero();
        }
    }

    @Test
    void referenceEntries_areRefused() {
        Map<String, Object> settings = members.settings();
        settings.put("hibernate.cache.use_reference_entries", true);

        assertThatThrownBy(() -> CachedDatabase.openShared("clustered", settings))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("hibernate.cache.use_reference_entries: true (expected: false");
    }
}
