package io.fyercache.sharded.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLayoutTest {
    private static final PartitionLayout LAYOUT = new PartitionLayout(16, 4);
    private static final int PARTITIONED = CacheNumber.partitioned(7);
    private static final int REPLICATED = CacheNumber.replicated(7);

    @Test
    void partitionsOf_cachesOfTwoKinds_areApartAndAreAll() {
        assertThat(LAYOUT.partitionsOf(PARTITIONED).toArray())
                .hasSize(16)
                .startsWith(0)
                .endsWith(15);
        assertThat(LAYOUT.partitionsOf(REPLICATED).toArray()).containsExactly(16, 17, 18, 19);
        assertThat(LAYOUT.count()).isEqualTo(20);
    }

    @Test
    void partition_anyHash_isOneOfTheCache() {
        for (long hash = Long.MIN_VALUE; hash < Long.MAX_VALUE - (1L << 57); hash += 1L << 57) {
            assertThat(LAYOUT.partition(PARTITIONED, hash)).isBetween(0, 15);
            assertThat(LAYOUT.partition(REPLICATED, hash)).isBetween(16, 19);
            assertThat(LAYOUT.has(PARTITIONED, LAYOUT.partition(PARTITIONED, hash)))
                    .isTrue();
            assertThat(LAYOUT.has(PARTITIONED, LAYOUT.partition(REPLICATED, hash)))
                    .isFalse();
        }
        assertThat(LAYOUT.partition(REPLICATED, -1)).isEqualTo(19);
        assertThat(LAYOUT.partition(REPLICATED, 0)).isEqualTo(16);
    }

    @Test
    void partition_oneOfEach_takesAllHashes() {
        PartitionLayout smallest = new PartitionLayout(1, 1);

        assertThat(smallest.partition(PARTITIONED, -1)).isZero();
        assertThat(smallest.partition(REPLICATED, -1)).isOne();
    }

    @Test
    void partition_noneForReplicatedCaches_refused() {
        PartitionLayout none = PartitionLayout.spread(8);

        assertThat(none.partition(PARTITIONED, -1)).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.partition(REPLICATED, -1))
                .withMessageStartingWith("replicated partitions: none (expected: some");
        assertThatIllegalArgumentException().isThrownBy(() -> none.partitionsOf(REPLICATED));
    }

    @Test
    void with_fewPartitions_hasAsManyReplicatedOnes_andFor1024ThereAre64() {
        assertThat(PartitionLayout.with(4)).isEqualTo(new PartitionLayout(4, 4));
        assertThat(PartitionLayout.STANDARD).isEqualTo(new PartitionLayout(1024, 64));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 512})
    void new_replicatedPartitionsThatAreNoPowerOfTwoOrTooMany_refused(int replicated) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PartitionLayout(16, replicated))
                .withMessage("number of replicated partitions: " + replicated + " (expected: a power of two, 0..256)");
    }

    @Test
    void cacheNumber_tellsPlaceAndKind() {
        assertThat(CacheNumber.order(PARTITIONED)).isEqualTo(7);
        assertThat(CacheNumber.order(REPLICATED)).isEqualTo(7);
        assertThat(CacheNumber.isReplicated(PARTITIONED)).isFalse();
        assertThat(CacheNumber.isReplicated(REPLICATED)).isTrue();
        assertThat(CacheNumber.replicated(CacheNumber.MAX_ORDER)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 29})
    void cacheNumber_placeOutOfRange_refused(int order) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheNumber.replicated(order))
                .withMessage("place of a cache in the order of all: " + order + " (expected: 1..536870911)");
    }
}
