package io.fyercache.sharded.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryKeyTest {
    private static EntryKey key(int cache, int... bytes) {
        byte[] key = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            key[i] = (byte) bytes[i];
        }
        return new EntryKey(cache, new EncodedKey(key));
    }

    @Test
    void sameCacheAndBytes_areTheSameKey() {
        assertThat(key(1, 2, 3)).isEqualTo(key(1, 2, 3)).hasSameHashCodeAs(key(1, 2, 3));
    }

    @Test
    void otherCacheOrBytes_areAnotherKey() {
        assertThat(key(1, 2, 3))
                .isNotEqualTo(key(2, 2, 3))
                .isNotEqualTo(key(1, 2, 4))
                .isNotEqualTo(EntryKey.ofAll(1));
    }

    @Test
    void sameBytesInSeveralCaches_areSpread() {
        assertThat(key(1, 2, 3)).doesNotHaveSameHashCodeAs(key(2, 2, 3));
    }
}
