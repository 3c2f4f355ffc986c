package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.hibernate.model.Country;
import io.fyercache.hibernate.model.Ledger;
import io.fyercache.hibernate.model.Seat;
import io.fyercache.hibernate.model.Setting;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import org.hibernate.Cache;
import org.hibernate.Session;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Regions in this JVM, by what a session finds and by the statements that it takes. */
class LocalRegionsTest {
    private static final String ALL_BALANCES = "select sum(a.balance) from Account a";

    private final CachedDatabase database = CachedDatabase.open(Map.of());

    @AfterEach
    void close() {
        database.close();
    }

    private void persist(Object... entities) {
        database.run(session -> {
            for (Object entity : entities) {
                session.persist(entity);
            }
        });
    }

    private long balance(long id) {
        return database.call(session -> session.find(Account.class, id).balance());
    }

    private long statementsToRead(long id) {
        return database.statementsOf(session -> session.find(Account.class, id));
    }

    private static long sum(Session session) {
        return session.createSelectionQuery(ALL_BALANCES, Long.class)
                .setCacheable(true)
                .getSingleResult();
    }

    @Test
    void find_afterInsert_takesNoStatement() {
        persist(new Account(1, "A1", 100));

        assertThat(statementsToRead(1)).isZero();
        assertThat(balance(1)).isEqualTo(100);
    }

    @Test
    void find_afterLoad_takesNoStatement() {
        persist(new Account(1, "A1", 100));
        database.factory().getCache().evictAllRegions();

        assertThat(statementsToRead(1)).isOne();
        assertThat(statementsToRead(1)).isZero();
        assertThat(database.statistics()
                        .getDomainDataRegionStatistics(Account.class.getName())
                        .getHitCount())
                .isOne();
    }

    @Test
    void find_afterUpdate_findsTheNewStateWithoutAStatement() {
        persist(new Account(1, "A1", 100));

        database.run(session -> session.find(Account.class, 1).add(50));

        assertThat(statementsToRead(1)).isZero();
        assertThat(balance(1)).isEqualTo(150);
    }

    @Test
    void find_afterRollBack_findsTheOldState_andItIsKeptAgain() {
        persist(new Account(1, "A1", 100));

        assertThatThrownBy(() -> database.run(session -> {
                    session.find(Account.class, 1).add(50);
                    session.flush();
                    throw new IllegalStateException("roll back");
                }))
                .hasMessage("roll back");

        assertThat(balance(1)).isEqualTo(100);
        assertThat(statementsToRead(1)).isZero();
    }

    @Test
    void find_whileAnotherTransactionChangesIt_goesToTheDatabase_andIsNotKept() {
        persist(new Account(1, "A1", 100));

        database.run(session -> {
            session.find(Account.class, 1).add(50);
            session.flush();

            assertThat(balance(1)).isEqualTo(100);
            assertThat(statementsToRead(1)).isOne();
        });

        assertThat(statementsToRead(1)).isZero();
        assertThat(balance(1)).isEqualTo(150);
    }

    @Test
    void find_afterDelete_findsNothing() {
        persist(new Account(1, "A1", 100));

        database.run(session -> session.remove(session.find(Account.class, 1)));

        assertThat(database.<Account>call(session -> session.find(Account.class, 1)))
                .isNull();
    }

    @Test
    void find_afterUpdateOfMany_findsTheNewState() {
        persist(new Account(1, "A1", 100), new Counter(1));

        database.run(session -> session.createMutationQuery("update Account set balance = balance + 1")
                .executeUpdate());

        assertThat(balance(1)).isEqualTo(101);
        assertThat(database.factory().getCache().containsEntity(Counter.class, 1L))
                .isTrue();
    }

    @Test
    void find_afterUpdateOfMany_inTheSameTransaction_findsTheNewState_andOthersTheOld() {
        persist(new Account(1, "A1", 100));

        assertThatThrownBy(() -> database.run(session -> {
                    session.createMutationQuery("update Account set balance = balance + 1")
                            .executeUpdate();
                    assertThat(session.find(Account.class, 1).balance()).isEqualTo(101);
                    assertThat(balance(1)).isEqualTo(100);
                    throw new IllegalStateException("roll back");
                }))
                .hasMessage("roll back");

        assertThat(balance(1)).isEqualTo(100);
        assertThat(statementsToRead(1)).isZero();
    }

    /** What it has loaded was changed meanwhile, and nothing in the cache says so any more. */
    @Test
    void load_thatBeganBeforeAChange_isNotKept_thoughTheSlotOfTheChangeIsGone() {
        persist(new Counter(1));
        try (LateLoad early = new LateLoad(database, 1)) {
            database.run(session -> session.find(Counter.class, 1).hit());
            database.factory().getCache().evictEntityData(Counter.class);

            assertThat(early.offer()).isFalse();
        }

        assertThat(database.<Long>call(session -> session.find(Counter.class, 1).hits()))
                .isOne();
    }

    @Test
    void collection_isReadWithoutAStatement_untilItChanges() {
        Account account = new Account(1, "A1", 100);
        account.owners().addAll(List.of("Ada", "Grace"));
        persist(account);
        assertThat(database.<List<String>>call(
                        session -> List.copyOf(session.find(Account.class, 1).owners())))
                .containsExactlyInAnyOrder("Ada", "Grace");

        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Account.class, 1).owners()).isNotEmpty()))
                .isZero();

        database.run(session -> session.find(Account.class, 1).owners().remove("Ada"));
        assertThat(database.<List<String>>call(
                        session -> List.copyOf(session.find(Account.class, 1).owners())))
                .containsExactly("Grace");
        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Account.class, 1).owners()).isNotEmpty()))
                .isZero();
    }

    @Test
    void naturalId_isResolvedWithoutAStatement_alsoAfterItHasChanged() {
        persist(new Account(1, "A1", 100));
        assertThat(database.statementsOf(
                        session -> assertThat(byNumber(session, "A1").id()).isOne()))
                .isZero();

        database.run(session -> byNumber(session, "A1").renumber("B1"));

        assertThat(database.<Account>call(session -> byNumber(session, "A1"))).isNull();
        assertThat(database.statementsOf(
                        session -> assertThat(byNumber(session, "B1").id()).isOne()))
                .isZero();
    }

    private static Account byNumber(Session session, String number) {
        return NaturalIds.find(session, Account.class, number);
    }

    @Test
    void query_isAnsweredWithoutAStatement_untilATableOfItChanges() {
        persist(new Account(1, "A1", 100), new Account(2, "A2", 20));
        assertThat(database.<Long>call(LocalRegionsTest::sum)).isEqualTo(120);

        assertThat(database.statementsOf(session -> assertThat(sum(session)).isEqualTo(120)))
                .isZero();

        database.run(session -> session.find(Account.class, 1).add(1));
        assertThat(database.<Long>call(LocalRegionsTest::sum)).isEqualTo(121);

        database.run(session -> session.find(Account.class, 2).add(1));
        database.run(session -> session.persist(new Counter(7)));
        assertThat(database.<Long>call(LocalRegionsTest::sum)).isEqualTo(122);
        assertThat(database.statementsOf(session -> assertThat(sum(session)).isEqualTo(122)))
                .isZero();
    }

    @Test
    void query_whoseTimestampsWereEvicted_isAskedAgain() {
        persist(new Account(1, "A1", 100));
        database.run(LocalRegionsTest::sum);

        database.factory().getCache().getTimestampsCache().getRegion().clear();

        assertThat(database.statementsOf(LocalRegionsTest::sum)).isOne();
        assertThat(database.statementsOf(LocalRegionsTest::sum)).isZero();
    }

    @Test
    void evict_ofOne_leavesTheOthers() {
        persist(new Account(1, "A1", 100), new Account(2, "A2", 200));
        Cache cache = database.factory().getCache();

        cache.evictEntityData(Account.class, 1L);

        assertThat(cache.containsEntity(Account.class, 1L)).isFalse();
        assertThat(cache.containsEntity(Account.class, 2L)).isTrue();
        assertThat(balance(1)).isEqualTo(100);
        assertThat(cache.containsEntity(Account.class, 1L)).isTrue();
    }

    @Test
    void evictAll_leavesNothing() {
        persist(new Account(1, "A1", 100), new Country("CH", "Switzerland"));

        database.factory().getCache().evictAll();

        assertThat(statementsToRead(1)).isOne();
        assertThat(database.factory().getCache().containsEntity(Country.class, "CH"))
                .isFalse();
    }

    @Test
    void compositeIdentifier_isFound() {
        persist(new Seat(new Seat.Place(1, "A"), "Ada"), new Seat(new Seat.Place(1, "B"), "Grace"));

        assertThat(database.statementsOf(session -> assertThat(
                                session.find(Seat.class, new Seat.Place(1, "B")).guest())
                        .isEqualTo("Grace")))
                .isZero();
    }

    @Test
    void readOnly_isReadWithoutAStatement() {
        persist(new Country("CH", "Switzerland"));

        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Country.class, "CH").name()).isEqualTo("Switzerland")))
                .isZero();
    }

    @Test
    void readOnly_deleted_isNotFound() {
        persist(new Country("DE", "Germany"));

        database.run(session -> session.remove(session.find(Country.class, "DE")));

        assertThat(database.<Country>call(session -> session.find(Country.class, "DE")))
                .isNull();
    }

    /** READ_ONLY, though it can be changed. */
    @Entity(name = "Motto")
    @Cacheable
    @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Motto {
        @Id
        private long id;

        private String text;

        protected Motto() {}

        Motto(long id, String text) {
            this.id = id;
            this.text = text;
        }
    }

    @Test
    void readOnly_updated_isRefused() {
        try (CachedDatabase mottos = CachedDatabase.open(Map.of(), List.of(Motto.class))) {
            mottos.run(session -> session.persist(new Motto(1, "old")));

            assertThatThrownBy(() -> mottos.run(session -> session.find(Motto.class, 1).text = "new"))
                    .hasStackTraceContaining("EntityReadOnlyAccess.update");

            assertThat(mottos.<String>call(session -> session.find(Motto.class, 1).text))
                    .isEqualTo("old");
        }
    }

    @Test
    void transactional_withoutJta_isFoundAsItWasCommitted() {
        persist(new Ledger(1, "sales", 100));

        database.run(session -> session.find(Ledger.class, 1).add(50));
        assertThatThrownBy(() -> database.run(session -> {
                    session.find(Ledger.class, 1).add(7);
                    session.flush();
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        database.run(session -> session.find(Ledger.class, 1));

        assertThat(database.statementsOf(session ->
                        assertThat(session.find(Ledger.class, 1).balance()).isEqualTo(150)))
                .isZero();
    }

    @Test
    void nonstrict_isRemovedByAChange_andLoadedAgain() {
        persist(new Setting("colour", "red"));
        database.run(session -> session.find(Setting.class, "colour"));
        assertThat(database.statementsOf(session -> session.find(Setting.class, "colour")))
                .isZero();

        database.run(session -> session.find(Setting.class, "colour").set("blue"));

        assertThat(database.<String>call(
                        session -> session.find(Setting.class, "colour").value()))
                .isEqualTo("blue");
        assertThat(database.statementsOf(session -> session.find(Setting.class, "colour")))
                .isZero();
    }

    @Test
    void statistics_countTheElementsOfARegion() {
        persist(new Account(1, "A1", 100), new Account(2, "A2", 200));

        assertThat(database.statistics()
                        .getDomainDataRegionStatistics(Account.class.getName())
                        .getElementCountInMemory())
                .isEqualTo(2);
    }
}
