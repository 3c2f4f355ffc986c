package io.fyercache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.Clock;
import io.fyercache.hibernate.model.Counter;
import io.fyercache.jcache.FyerCachingProvider;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheManager;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two session factories on one database that have one cache manager in common, and a clock that only steps. */
class OneManagerTest {
    /** More than the other factory draws in a test. */
    private static final int MANY = 1_000;

    private final SetClock clock = new SetClock();

    // Engines are found as ever.
    private final FyerCachingProvider provider = new FyerCachingProvider(clock, null);
    private final CacheManager manager = provider.getCacheManager();
    private CachedDatabase one;
    private CachedDatabase other;

    /** A clock that stands where it was set. */
    private static final class SetClock implements Clock {
        private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);

        void setBack(Duration duration) {
            millis.addAndGet(-duration.toMillis());
        }

        @Override
        public long millis() {
            return millis.get();
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    @BeforeEach
    void open() {
        Map<String, Object> settings = Map.of("hibernate.fyercache.cache_manager", manager);
        one = CachedDatabase.openShared("one-manager", settings);
        other = CachedDatabase.openShared("one-manager", settings);
        one.run(session -> session.persist(new Counter(1)));
    }

    @AfterEach
    void close() {
        one.run(session -> session.createMutationQuery("delete from Counter").executeUpdate());
        other.close();
        one.close();
        provider.close();
    }

    private static long next(CachedDatabase database) {
        return database.factory().getCache().getRegionFactory().nextTimestamp();
    }

    private static void draw(CachedDatabase database) {
        for (int i = 0; i < MANY; i++) {
            next(database);
        }
    }

    @Test
    void timestamps_ofBoth_haveOneOrder_alsoWhenTheClockIsSetBack() {
        draw(one);
        long ofOne = next(one);
        long ofOther = next(other);
        assertThat(ofOther).isGreaterThan(ofOne);

        clock.setBack(Duration.ofHours(1));

        assertThat(next(one)).isGreaterThan(ofOther);
    }

    @Test
    void load_ofOne_thatMissedADeleteByTheOther_isNotKept() {
        draw(one);
        try (LateLoad early = new LateLoad(one, 1)) {
            other.run(session -> session.remove(session.find(Counter.class, 1)));

            assertThat(early.offer()).isFalse();
        }

        assertThat(one.<Counter>call(session -> session.find(Counter.class, 1))).isNull();
    }

    @Test
    void load_ofOne_thatMissedAChangeByTheOther_isNotKept_thoughTheSlotOfTheChangeIsGone() {
        try (LateLoad early = new LateLoad(one, 1)) {
            other.run(session -> session.find(Counter.class, 1).hit());
            manager.getCache(Counter.class.getName()).clear();

            assertThat(early.offer()).isFalse();
        }

        assertThat(one.<Long>call(session -> session.find(Counter.class, 1).hits()))
                .isOne();
    }

    /** There are no clocks that differ, so there is nothing to wait for. */
    @Test
    void load_ofOne_rightAfterARollBackOfTheOther_isKept() {
        try (Session session = other.factory().openSession()) {
            session.beginTransaction();
            session.find(Counter.class, 1).hit();
            session.flush();
            session.getTransaction().rollback();
        }

        one.run(session -> session.find(Counter.class, 1));

        assertThat(other.statementsOf(session -> session.find(Counter.class, 1)))
                .isZero();
    }
}
