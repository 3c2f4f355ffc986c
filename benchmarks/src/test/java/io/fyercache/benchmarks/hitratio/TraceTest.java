package io.fyercache.benchmarks.hitratio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {
    @ParameterizedTest
    @CsvSource({"WEB_07, 76118", "WEB_12, 95607"})
    void keys_webTraces_areReadWhole(Trace trace, int accesses) throws IOException {
        assertThat(trace.keys()).hasSize(accesses);
    }

    @Test
    void hitsOfCaffeine_boundAboveTheDistinctKeys_missesEachKeyOnce() throws IOException {
        int[] keys = Trace.WEB_07.keys();
        int distinct = (int) Arrays.stream(keys).distinct().count();

        assertThat(HitRatioComparison.hitsOfCaffeine(keys, distinct)).isEqualTo(keys.length - distinct);
        assertThat(HitRatioComparison.hitsOfCaffeine(keys, distinct / 10))
                .isPositive()
                .isLessThan(keys.length - distinct);
    }
}
