package io.fyercache.benchmarks.secondlevel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachedProductsTest {

    /** What it verifies by itself, at its opening and its end, is the test. */
    @ParameterizedTest
    @EnumSource
    void products_ofEachContestant_areAllCached(SecondLevelCache cache) {
        CachedProducts products = new CachedProducts();
        products.cache = cache;

        products.open();
        try {
            assertThat(products.find(7).id()).isEqualTo(7);
        } finally {
            products.close();
        }
    }
}
