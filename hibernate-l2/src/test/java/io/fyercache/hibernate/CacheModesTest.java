package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.hibernate.model.Account;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.CacheStoreMode;
import jakarta.persistence.LockModeType;
import java.util.Map;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that are told how to use the cache, and what goes around it. */
class CacheModesTest {
    private final CachedDatabase database = CachedDatabase.open(Map.of());

    @BeforeEach
    void persistOne() {
        database.run(session -> session.persist(new Account(1, "A1", 100)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long balance() {
        return database.call(session -> session.find(Account.class, 1).balance());
    }

    private boolean isCached() {
        return database.factory().getCache().containsEntity(Account.class, 1L);
    }

    private void evict() {
        database.factory().getCache().evictEntityData(Account.class, 1L);
    }

    /** Returns how many statements it takes to find the account in this way. */
    private long statementsToFind(CacheRetrieveMode retrieve, CacheStoreMode store) {
        Map<String, Object> modes = Map.of(
                "jakarta.persistence.cache.retrieveMode", retrieve, "jakarta.persistence.cache.storeMode", store);
        return database.statementsOf(session -> session.find(Account.class, 1, modes));
    }

    private void changeBehindTheCache(Session session) {
        session.doWork(connection -> connection.createStatement().execute("update Account set balance = 7"));
    }

    @Test
    void bypassed_isNeitherReadNorFilled() {
        assertThat(statementsToFind(CacheRetrieveMode.BYPASS, CacheStoreMode.BYPASS))
                .isOne();
        evict();
        statementsToFind(CacheRetrieveMode.BYPASS, CacheStoreMode.BYPASS);
        assertThat(isCached()).isFalse();
    }

    @Test
    void usedByReadsAlone_isNotFilled() {
        assertThat(statementsToFind(CacheRetrieveMode.USE, CacheStoreMode.BYPASS))
                .isZero();
        evict();
        statementsToFind(CacheRetrieveMode.USE, CacheStoreMode.BYPASS);
        assertThat(isCached()).isFalse();
    }

    @Test
    void usedByLoadsAlone_isFilledAndNotRead() {
        assertThat(statementsToFind(CacheRetrieveMode.BYPASS, CacheStoreMode.USE))
                .isOne();
        evict();
        statementsToFind(CacheRetrieveMode.BYPASS, CacheStoreMode.USE);
        assertThat(isCached()).isTrue();
    }

    @Test
    void changeOfASessionThatIgnoresIt_isFoundByOthers() {
        database.run(session -> {
            session.setCacheMode(CacheMode.IGNORE);
            session.find(Account.class, 1).add(50);
        });

        assertThat(balance()).isEqualTo(150);
    }

    @Test
    void refresh_findsWhatWasChangedBehindTheCache_andSoDoOthersAfterwards() {
        database.run(this::changeBehindTheCache);
        assertThat(balance()).isEqualTo(100);

        database.run(session -> {
            Account account = session.find(Account.class, 1);
            session.refresh(account);
            assertThat(account.balance()).isEqualTo(7);
        });

        assertThat(balance()).isEqualTo(7);
    }

    @Test
    void refresh_afterAnUpdateOfItsOwn_findsTheUpdate() {
        database.run(session -> {
            Account account = session.find(Account.class, 1);
            account.add(50);
            session.flush();
            session.refresh(account);
            assertThat(account.balance()).isEqualTo(150);
        });

        assertThat(balance()).isEqualTo(150);
    }

    @Test
    void forceIncrement_isFoundByOthers() {
        for (LockModeType mode :
                new LockModeType[] {LockModeType.PESSIMISTIC_FORCE_INCREMENT, LockModeType.OPTIMISTIC_FORCE_INCREMENT
                }) {
            int before = version();
            database.run(session -> session.find(Account.class, 1, mode));
            assertThat(version()).as(mode.name()).isEqualTo(before + 1);
        }
    }

    private int version() {
        return database.call(session -> session.find(Account.class, 1).version());
    }

    @Test
    void minimalPuts_sparePutsOfWhatIsCached() {
        long puts = database.statistics().getSecondLevelCachePutCount();

        database.run(session ->
                session.createSelectionQuery("from Account", Account.class).getResultList());

        assertThat(database.statistics().getSecondLevelCachePutCount()).isEqualTo(puts);
    }
}
