package io.fyercache.hibernate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.ManualClock;
import io.fyercache.hibernate.LoggedLines;
import io.fyercache.hibernate.timestamp.TimestampSource;
import io.fyercache.jcache.FyerCachingProvider;
import java.time.Duration;
import java.util.UUID;
import javax.cache.Cache;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Soft locks of two processes on one cache, whose clocks are one, but may differ by a second for all they know. */
class SoftLocksTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(1);
    private static final String KEY = "account 1";

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final Cache<Object, Object> cache = provider.getCacheManager()
            .createCache(
                    "accounts", FyerConfiguration.builder().storeByValue(false).build());
    private final ManualClock clock = new ManualClock(1_000_000);
    private final TimestampSource timestamps = new TimestampSource(clock);
    private final RegionCache region = new RegionCache(cache, WriteFailure.FAIL);
    private final SoftLocks here = locks(1, 7);
    private final SoftLocks there = locks(2, 7);

    /** In a process with another version of the classes. */
    private final SoftLocks elsewhere = locks(3, 8);

    @AfterEach
    void close() {
        provider.close();
    }

    private SoftLocks locks(int process, long fingerprint) {
        return new SoftLocks(
                region,
                new LockTerms(new UUID(0, process), new ManagerMemory(timestamps), TIMEOUT, CLOCK_DIFFERENCE),
                () -> fingerprint);
    }

    private void pass(Duration duration) {
        clock.advance(duration);
    }

    private boolean load(SoftLocks by, String value, Object version, long from) {
        return by.offerLoaded(KEY, value, version, from);
    }

    private Object read(SoftLocks by) {
        return by.read(KEY, timestamps.next());
    }

    @Test
    void lockOfOneProcess_keepsTheOtherFromReadingAndKeeping() {
        load(here, "old", 1, timestamps.next());
        assertThat(read(there)).isEqualTo("old");

        SoftLock lock = here.take(KEY, 1);
        assertThat(read(there)).isNull();
        assertThat(load(there, "old", 1, timestamps.next())).isFalse();

        assertThat(here.endWith(KEY, lock, "new", 2)).isTrue();
        assertThat(read(there)).isEqualTo("new");
    }

    @Test
    void entryOfAnotherFingerprint_isNotRead_countedAndToldOnce() {
        load(here, "ours", 1, timestamps.next());
        try (LoggedLines log = new LoggedLines(RegionCache.class)) {
            assertThat(read(elsewhere)).isNull();
            assertThat(read(elsewhere)).isNull();

            assertThat(elsewhere.contains(KEY)).isFalse();
            assertThat(region.mismatches()).isEqualTo(2);
            assertThat(region.failures()).isZero();
            assertThat(log.lines())
                    .containsExactly(
                            "INFO region accounts: it has entries of another version of the entities' classes, or of"
                                    + " Hibernate, than this process has; they are misses until they are loaded anew, and counted only"
                                    + " from now on");
        }
        assertThat(read(here)).isEqualTo("ours");
    }

    @Test
    void entryOfAnotherFingerprint_isReplacedByALoad_onceInTheClockDifference() {
        load(here, "ours", null, timestamps.next());

        assertThat(elsewhere.isLoadInVain(KEY, null, timestamps.next())).isTrue();
        assertThat(load(elsewhere, "theirs", null, timestamps.next())).isFalse();
        assertThat(read(here)).isEqualTo("ours");

        pass(CLOCK_DIFFERENCE.plusMillis(1));
        assertThat(elsewhere.isLoadInVain(KEY, null, timestamps.next())).isFalse();
        assertThat(load(elsewhere, "theirs", null, timestamps.next())).isTrue();
        assertThat(read(elsewhere)).isEqualTo("theirs");
        assertThat(read(here)).isNull();
        assertThat(load(here, "ours", null, timestamps.next())).isFalse();
    }

    @Test
    void locks_areSharedByAllFingerprints() {
        load(here, "old", 1, timestamps.next());

        SoftLock lock = elsewhere.take(KEY, 1);
        assertThat(read(here)).isNull();
        assertThat(load(here, "old", 1, timestamps.next())).isFalse();
        SoftLock second = here.take(KEY, 1);
        assertThat(elsewhere.endWith(KEY, lock, "new in another form", 2)).isFalse();
        here.end(KEY, second);

        assertThat(load(here, "old", 1, timestamps.next())).isFalse();
        assertThat(load(here, "new", 2, timestamps.next())).isTrue();
        assertThat(read(here)).isEqualTo("new");
        assertThat(region.mismatches()).isZero();
    }

    @Test
    void lockOfAProcessThatIsGone_isOverAfterItsTimeout_andNoSooner() {
        here.take(KEY, 1);

        pass(TIMEOUT.plus(CLOCK_DIFFERENCE).minusMillis(1));
        assertThat(load(there, "old", 1, timestamps.next())).isFalse();

        pass(Duration.ofMillis(2));
        assertThat(load(there, "old", 1, timestamps.next())).isTrue();
        assertThat(read(here)).isEqualTo("old");
    }

    @Test
    void loads_afterARollBack_areKeptWhenClocksCannotDeceive() {
        here.end(KEY, here.take(KEY, null));

        pass(CLOCK_DIFFERENCE.minusMillis(1));
        assertThat(load(there, "old", null, timestamps.next())).isFalse();

        pass(Duration.ofMillis(2));
        assertThat(load(there, "old", null, timestamps.next())).isTrue();
    }

    @Test
    void load_begunBeforeAChange_isRefused_thoughTheSlotWasEvicted() {
        long early = timestamps.next();
        here.endWith(KEY, here.take(KEY, 1), "new", 2);
        cache.clear();
        pass(CLOCK_DIFFERENCE.multipliedBy(2));

        assertThat(load(here, "old", 1, early)).isFalse();
        assertThat(load(here, "new", 2, timestamps.next())).isTrue();
    }

    @Test
    void insert_begunBeforeAChange_isRefused_thoughTheSlotWasEvicted() {
        long early = timestamps.next();
        here.end(KEY, here.take(KEY, 1));
        cache.clear();

        assertThat(here.offerInserted(KEY, "deleted since", 1, early)).isFalse();
    }

    /** Somebody has deleted it without telling the cache. */
    @Test
    void insert_findsAnEntryFromBefore_removesIt() {
        load(here, "deleted since", 1, timestamps.next());
        pass(CLOCK_DIFFERENCE.multipliedBy(2));

        assertThat(here.offerInserted(KEY, "new", 0, timestamps.next())).isFalse();

        assertThat(read(here)).isNull();
    }

    @Test
    void load_begunBeforeAnEviction_isRefused() {
        long early = timestamps.next();
        here.evict(KEY);
        assertThat(load(here, "old", 1, early)).isFalse();

        pass(CLOCK_DIFFERENCE.multipliedBy(2));
        long later = timestamps.next();
        here.evictAll();
        assertThat(load(here, "old", 1, later)).isFalse();

        pass(CLOCK_DIFFERENCE.multipliedBy(2));
        assertThat(load(here, "new", 2, timestamps.next())).isTrue();
    }

    @Test
    void lockThatIsNotOurs_isEndedAsOneThatIsGone() {
        load(here, "old", 1, timestamps.next());

        here.end(KEY, null);

        assertThat(read(here)).isNull();
    }

    @Test
    void drop_takesAnEntryAway() {
        load(here, "old", 1, timestamps.next());

        there.drop(KEY);

        assertThat(here.contains(KEY)).isFalse();
    }
}
