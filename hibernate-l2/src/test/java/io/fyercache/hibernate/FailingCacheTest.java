package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.hibernate.model.Account;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.hibernate.region.DomainRegion;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.Test;

/** An application goes on with its database when its cache manager is gone, which stands for a cluster that does not answer. */
class FailingCacheTest {
    private static CachedDatabase open(CachedRegions regions, String writeFailure) {
        CachedDatabase database = CachedDatabase.open(Map.of(
                "hibernate.fyercache.cache_manager",
                regions.manager(),
                "hibernate.fyercache.write_failure",
                writeFailure));
        database.run(session -> {
            session.persist(new Counter(1));
            session.persist(new Account(1, "A1", 100));
        });
        regions.close();
        return database;
    }

    private static long hits(CachedDatabase database) {
        return database.call(session -> session.find(Counter.class, 1).hits());
    }

    @Test
    void read_cacheFails_isAMiss_andCounted() {
        CachedRegions regions = CachedRegions.withMaximum(100);
        try (CachedDatabase database = open(regions, "fail")) {
            assertThat(hits(database)).isZero();
            assertThat(database.statementsOf(session -> session.find(Counter.class, 1)))
                    .isOne();

            DomainRegion region = (DomainRegion) database.factory().getCache().getRegion(Counter.class.getName());
            assertThat(region.cache().failures()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void change_cacheFails_isRolledBack() {
        CachedRegions regions = CachedRegions.withMaximum(100);
        try (CachedDatabase database = open(regions, "fail")) {
            assertThatThrownBy(() -> database.run(
                            session -> session.find(Counter.class, 1).hit()))
                    .hasStackTraceContaining(CacheException.class.getName())
                    .hasStackTraceContaining("its cache failed to write");

            assertThat(hits(database)).isZero();
        }
    }

    @Test
    void change_cacheFails_isCommitted_ifSetSo() {
        CachedRegions regions = CachedRegions.withMaximum(100);
        try (CachedDatabase database = open(regions, "invalidate")) {
            database.run(session -> session.find(Counter.class, 1).hit());

            assertThat(hits(database)).isOne();
        }
    }

    @Test
    void query_cacheFails_isAsked() {
        CachedRegions regions = CachedRegions.withMaximum(100);
        try (CachedDatabase database = open(regions, "invalidate")) {
            assertThat(database.<Long>call(FailingCacheTest::sum)).isEqualTo(100);

            database.run(session -> session.find(Account.class, 1).add(1));

            assertThat(database.<Long>call(FailingCacheTest::sum)).isEqualTo(101);
        }
    }

    private static long sum(Session session) {
        return session.createSelectionQuery("select sum(a.balance) from Account a", Long.class)
                .setCacheable(true)
                .getSingleResult();
    }
}
