package io.fyercache.hibernate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.time.ManualClock;
import io.fyercache.hibernate.LoggedLines;
import io.fyercache.hibernate.timestamp.TimestampSource;
import io.fyercache.jcache.FyerCachingProvider;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import javax.cache.Cache;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that do not decode: of a process that has another version of a class, of the application's or of Hibernate's. */
class DamagedEntriesTest {
    private static final String KEY = "account 1";
    private static final String OTHER_KEY = "account 2";

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final Cache<Object, Object> cache = provider.getCacheManager()
            .createCache(
                    "accounts", FyerConfiguration.builder().storeByValue(true).build());
    private final RegionCache region = new RegionCache(cache, WriteFailure.FAIL);
    private final ManagerMemory memory = new ManagerMemory(new TimestampSource(new ManualClock(1_000_000)));
    private final SoftLocks locks = new SoftLocks(
            region, new LockTerms(new UUID(0, 1), memory, Duration.ofSeconds(60), Duration.ZERO), () -> 7);

    /** What an entity is disassembled to. */
    record State(String balance) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** What this version of the class demands of a balance. */
        private static volatile String beginning = "";

        State {
            if (!balance.startsWith(beginning)) {
                throw new IllegalArgumentException("balance: " + balance + " (expected: " + beginning + "...)");
            }
        }
    }

    @BeforeEach
    void keepEntriesOfTheFormerVersion() {
        assertThat(load(KEY, new State("100"))).isTrue();
        assertThat(load(OTHER_KEY, new State("200"))).isTrue();
        assertThat(read(KEY)).isEqualTo(new State("100"));
        State.beginning = "EUR ";
    }

    @AfterEach
    void close() {
        State.beginning = "";
        provider.close();
    }

    private boolean load(String key, State state) {
        return locks.offerLoaded(key, state, 1, memory.timestamps().next());
    }

    private Object read(String key) {
        return locks.read(key, memory.timestamps().next());
    }

    @Test
    void read_isAMiss_counted_andTheEntryIsRemoved() {
        assertThat(read(KEY)).isNull();

        assertThat(region.failures()).isOne();
        assertThat(cache.containsKey(KEY)).isFalse();
        assertThat(read(KEY)).isNull();
        assertThat(region.failures()).isOne();
    }

    @Test
    void load_afterTheMiss_isKept() {
        assertThat(read(KEY)).isNull();

        assertThat(load(KEY, new State("EUR 100"))).isTrue();

        assertThat(read(KEY)).isEqualTo(new State("EUR 100"));
    }

    @Test
    void change_ofAnEntryThatNobodyHasRead_isKept() {
        SoftLock lock = locks.take(KEY, 1);

        assertThat(locks.endWith(KEY, lock, new State("EUR 150"), 2)).isTrue();

        assertThat(read(KEY)).isEqualTo(new State("EUR 150"));
        assertThat(region.failures()).isZero();
    }

    /** A lock is taken between a read that fails and the removal of what it has found. */
    @Test
    void removal_leavesWhatDecodes() {
        SoftLock lock = locks.take(KEY, 1);

        assertThat(cache.invoke(KEY, new DamageRemoval())).isFalse();
        assertThat(cache.invoke(OTHER_KEY, new DamageRemoval())).isTrue();

        assertThat(load(KEY, new State("EUR 100"))).isFalse();
        assertThat(locks.endWith(KEY, lock, new State("EUR 150"), 2)).isTrue();
        assertThat(cache.containsKey(OTHER_KEY)).isFalse();
    }

    @Test
    void failure_isLoggedOnce_untilTheCacheWorksAgain() {
        try (LoggedLines log = new LoggedLines(RegionCache.class)) {
            assertThat(read(KEY)).isNull();
            assertThat(read(OTHER_KEY)).isNull();
            assertThat(read(KEY)).isNull();
            assertThat(read(KEY)).isNull();

            assertThat(log.lines())
                    .containsExactly(
                            "WARNING region accounts: its cache failed to read; reads are misses until it works again,"
                                    + " further failures are counted only",
                            "INFO region accounts: its cache works again, 2 failures so far");
        }
    }
}
