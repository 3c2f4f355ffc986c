package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Account;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results of queries that two session factories share, each with a member of one cluster. */
class SharedQueryResultsTest {
    private static TwoMembers members;
    private static CachedDatabase one;
    private static CachedDatabase other;

    @BeforeAll
    static void open() {
        members = new TwoMembers("shared-queries", Map.of("hibernate.fyercache.query_results", "shared"));
        one = members.one();
        other = members.other();
    }

    @AfterAll
    static void close() {
        members.close();
    }

    private static List<String> numbers(Session session, long from, long to) {
        return session
                .createSelectionQuery("from Account a where a.id between :from and :to order by a.id", Account.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setCacheable(true)
                .getResultList()
                .stream()
                .map(Account::number)
                .toList();
    }

    private static List<String> numbers(CachedDatabase database, long from, long to) {
        return database.call(session -> numbers(session, from, to));
    }

    /** Has a result kept: one that is found within the difference that clocks may have counts as stale. */
    private static void keep(CachedDatabase database, long from, long to) {
        database.awaitHit(session -> numbers(session, from, to));
    }

    private static long hitsOf(CachedDatabase database, Runnable work) {
        long before = database.statistics().getQueryCacheHitCount();
        work.run();
        return database.statistics().getQueryCacheHitCount() - before;
    }

    @Test
    void result_ofOneMember_isAHitAtTheOther() {
        one.run(session -> {
            session.persist(new Account(1, "A1", 100));
            session.persist(new Account(2, "A2", 100));
        });
        keep(one, 1, 2);

        assertThat(hitsOf(other, () -> assertThat(numbers(other, 1, 2)).containsExactly("A1", "A2")))
                .isOne();
        other.awaitHit(session -> numbers(session, 1, 2));
    }

    @Test
    void parameters_tellResultsApart() {
        one.run(session -> {
            session.persist(new Account(11, "A11", 100));
            session.persist(new Account(12, "A12", 100));
        });
        keep(one, 11, 11);
        keep(one, 11, 12);

        assertThat(hitsOf(other, () -> assertThat(numbers(other, 12, 12)).containsExactly("A12")))
                .isZero();
        assertThat(hitsOf(other, () -> {
                    assertThat(numbers(other, 11, 11)).containsExactly("A11");
                    assertThat(numbers(other, 11, 12)).containsExactly("A11", "A12");
                }))
                .isEqualTo(2);
    }

    @Test
    void result_isStale_whenTheOtherMemberHasChangedTheTable() {
        one.run(session -> session.persist(new Account(21, "A21", 100)));
        keep(one, 21, 29);

        other.run(session -> session.persist(new Account(22, "A22", 100)));

        assertThat(numbers(one, 21, 29)).containsExactly("A21", "A22");
        assertThat(numbers(other, 21, 29)).containsExactly("A21", "A22");
    }

    @Test
    void results_thatOneMemberEvicts_areGoneForAll() {
        one.run(session -> session.persist(new Account(31, "A31", 100)));
        keep(one, 31, 31);

        one.factory().getCache().evictDefaultQueryRegion();

        assertThat(hitsOf(other, () -> numbers(other, 31, 31))).isZero();
    }
}
