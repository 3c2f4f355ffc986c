package io.fyercache.hibernate.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.jcache.FyerCachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A region without locks, of bytes, as processes with two versions of a class have it. */
class PlainStorageTest {
    private static final String KEY = "country 1";

    private final FyerCachingProvider provider = new FyerCachingProvider();
    private final RegionCache region = new RegionCache(
            provider.getCacheManager()
                    .createCache(
                            "countries",
                            FyerConfiguration.builder().storeByValue(true).build()),
            WriteFailure.FAIL);
    private final PlainStorage ours = new PlainStorage(region, () -> 7);
    private final PlainStorage theirs = new PlainStorage(region, () -> 8);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void entry_isReadByItsFingerprint() {
        ours.putIntoCache(KEY, "France", null);

        assertThat(ours.getFromCache(KEY, null)).isEqualTo("France");
        assertThat(ours.contains(KEY)).isTrue();
        assertThat(region.mismatches()).isZero();
    }

    @Test
    void entryOfAnotherFingerprint_isAMiss_counted_andReplacedByAPut() {
        ours.putIntoCache(KEY, "France", null);

        assertThat(theirs.getFromCache(KEY, null)).isNull();
        assertThat(theirs.contains(KEY)).isFalse();
        assertThat(region.mismatches()).isOne();
        theirs.putIntoCache(KEY, "FR", null);

        assertThat(theirs.getFromCache(KEY, null)).isEqualTo("FR");
        assertThat(ours.getFromCache(KEY, null)).isNull();
    }

    @Test
    void removal_isForAllFingerprints() {
        ours.putIntoCache(KEY, "France", null);

        theirs.removeFromCache(KEY, null);

        assertThat(ours.contains(KEY)).isFalse();
    }
}
