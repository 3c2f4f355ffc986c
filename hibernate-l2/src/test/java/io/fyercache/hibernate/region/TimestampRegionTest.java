package io.fyercache.hibernate.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.ManualClock;
import io.fyercache.hibernate.timestamp.TimestampSource;
import io.fyercache.jcache.FyerCachingProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failure must not look like a table that has never changed. */
class TimestampRegionTest {
    private static final UUID SESSION = new UUID(0, 1);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(1);
    private static final long AHEAD = TimestampSource.span(CLOCK_DIFFERENCE);
    private static final long TIMEOUT = TimestampSource.span(Duration.ofSeconds(60));

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final Cache<Object, Object> cache = provider.getCacheManager()
            .createCache(
                    "timestamps",
                    FyerConfiguration.builder().storeByValue(false).build());
    private final TimestampSource timestamps = new TimestampSource(new ManualClock(1_000));
    private final ManagerMemory memory = new ManagerMemory(timestamps);

    @AfterEach
    void close() {
        provider.close();
    }

    private TimestampRegion region(WriteFailure writeFailure) {
        return region(cache, writeFailure);
    }

    private TimestampRegion region(Cache<Object, Object> itsCache, WriteFailure writeFailure) {
        return new TimestampRegion(
                "timestamps",
                null,
                new RegionCache(itsCache, writeFailure),
                new LockTerms(new UUID(0, 0), memory, Duration.ofSeconds(60), CLOCK_DIFFERENCE));
    }

    private static Object read(TimestampRegion region) {
        return region.getFromCache("account", null);
    }

    private static void put(TimestampRegion region, long timestamp) {
        region.note("account", timestamp, SESSION);
    }

    @Test
    void change_isAnnounced_andThenOver_asFarAheadAsClocksMayBe() {
        TimestampRegion region = region(WriteFailure.FAIL);
        assertThat(read(region)).isNull();

        long announced = timestamps.next() + TIMEOUT;
        put(region, announced);
        assertThat(read(region)).isEqualTo(announced + AHEAD);

        long over = timestamps.next();
        put(region, over);
        assertThat(read(region)).isEqualTo(over + AHEAD);
    }

    @Test
    void changeThatIsOver_doesNotTakeALaterOneBack() {
        TimestampRegion region = region(WriteFailure.FAIL);
        long first = timestamps.next();
        long second = timestamps.next();

        put(region, second);
        put(region, timestamps.next() + TIMEOUT);
        put(region, first);

        assertThat(read(region)).isEqualTo(second + AHEAD);
    }

    @Test
    void read_cacheFails_isOfATableThatHasJustChanged() {
        TimestampRegion region = region(WriteFailure.FAIL);
        cache.close();

        assertThat(read(region)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void announcement_cacheFails_failsAsSet() {
        TimestampRegion strict = region(WriteFailure.FAIL);
        TimestampRegion lenient = region(WriteFailure.INVALIDATE);
        cache.close();
        long announced = timestamps.next() + TIMEOUT;

        assertThatThrownBy(() -> put(strict, announced)).isInstanceOf(CacheException.class);
        put(lenient, announced);
    }

    @Test
    void change_thatCouldNotBeWritten_isNotForgottenHere() {
        Failing failing = new Failing();
        Cache<Object, Object> written = provider.getCacheManager()
                .createCache(
                        "written through",
                        FyerConfiguration.builder()
                                .storeByValue(false)
                                .writeThrough(true)
                                .writer(() -> failing)
                                .build());
        TimestampRegion region = region(written, WriteFailure.FAIL);
        long over = timestamps.next();

        failing.now = true;
        put(region, over);
        failing.now = false;

        assertThat(read(region)).isEqualTo(over + AHEAD);
    }

    /** Has a cache fail to write, and read nevertheless. */
    private static final class Failing implements CacheWriter<Object, Object> {
        private boolean now;

        @Override
        public void write(Cache.Entry<?, ?> entry) {
            if (now) {
                throw new CacheWriterException("no");
            }
        }

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            entries.forEach(this::write);
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    @Test
    void clear_believesNothingFromBefore() {
        TimestampRegion region = region(WriteFailure.FAIL);
        put(region, timestamps.next());
        long before = timestamps.next();

        region.clear();

        assertThat((Long) read(region)).isGreaterThan(before);
    }

    @Test
    void clear_ofOneSessionFactory_isForAllThatHaveTheManager() {
        TimestampRegion one = region(WriteFailure.FAIL);
        TimestampRegion other = region(WriteFailure.FAIL);
        put(other, timestamps.next());
        long before = timestamps.next();

        one.clear();

        assertThat((Long) read(other)).isGreaterThan(before);
    }
}
