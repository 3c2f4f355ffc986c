package io.fyercache.sharded.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {
    private static final int KEYS = 100_000;

    /** The bytes that the vectors below are of: {@code XSUM_fillTestBuffer} of xxHash 0.8.2. */
    private static byte[] published(int length) {
        byte[] bytes = new byte[length];
        long generator = 0x9E3779B1L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        return bytes;
    }

    /** Of {@code tests/sanity_test_vectors.h} of xxHash 0.8.2: empty, each kind of rest, one stripe, many. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, EF46DB3751D8E999",
        "0, 9E3779B1, AC75FDA2929B17EF",
        "1, 0, E934A84ADB052768",
        "1, 9E3779B1, 5014607643A9B4C3",
        "2, 0, 5D48CD60A77E23FF",
        "3, 0, FF7E1959CB50794A",
        "4, 0, 9136A0DCA57457EE",
        "4, 9E3779B1, CAAB286BD8E9FDB5",
        "8, 0, CDBCF538E71D1348",
        "9, 0, 554B1AE991EDA6B6",
        "14, 0, 8282DCC4994E35C8",
        "14, 9E3779B1, C3BD6BF63DEB6DF0",
        "16, 9E3779B1, C900AD2D536B607E",
        "31, 0, 299B39A290E6D783",
        "32, 0, 18B216492BB44B70",
        "32, 9E3779B1, B3F33BDF93ADE409",
        "33, 0, 55C8DC3E578F5B59",
        "64, 0, EF558F8ACAC2B5CD",
        "100, 0, 4BFE019CD91D9EA4",
        "222, 0, B641AE8CB691C174",
        "222, 9E3779B1, 20CB8AB7AE10C14A",
        "4096, 0, AB77F4AF85F4E70B",
        "4160, 0, EEE6A4E2AC952A5E"
    })
    void xxHash64_ofPublishedInput_isThePublishedVector(int length, String seed, String expected) {
        long hash = KeyHash.xxHash64(published(length), Long.parseUnsignedLong(seed, 16));

        assertThat(hash).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    @Test
    void of_hasSeedZero() {
        assertThat(KeyHash.of(published(14))).isEqualTo(0x8282DCC4994E35C8L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 1024, 8192})
    void partition_ofSmallestAndGreatestHash_isFirstAndLast(int partitionCount) {
        assertThat(KeyHash.partition(0, partitionCount)).isZero();
        assertThat(KeyHash.partition(-1, partitionCount)).isEqualTo(partitionCount - 1);
    }

    @Test
    void bucket_isTheLowestSixBits() {
        assertThat(KeyHash.bucket(0b1100_0001)).isEqualTo(1);
        assertThat(KeyHash.bucket(-1)).isEqualTo(KeyHash.BUCKETS - 1);
    }

    /** Numbered keys are what people have; within 5 deviations of a fair draw. */
    @Test
    void numberedKeys_spreadOverPartitionsAndTheirBuckets() {
        int[] partitions = new int[PartitionLayout.STANDARD.spread()];
        int[] bucketsOfHalf = new int[KeyHash.BUCKETS];
        for (int i = 0; i < KEYS; i++) {
            long hash = KeyHash.of(("customer-" + i).getBytes(StandardCharsets.UTF_8));
            int partition = KeyHash.partition(hash, partitions.length);
            partitions[partition]++;
            if (partition < partitions.length / 2) {
                bucketsOfHalf[KeyHash.bucket(hash)]++;
            }
        }

        assertFair(partitions, KEYS);
        assertFair(bucketsOfHalf, KEYS / 2);
    }

    private static void assertFair(int[] drawn, int draws) {
        double fair = (double) draws / drawn.length;
        assertThat(IntStream.of(drawn).boxed())
                .allSatisfy(count ->
                        assertThat((double) count).isBetween(fair - 5 * Math.sqrt(fair), fair + 5 * Math.sqrt(fair)));
    }
}
