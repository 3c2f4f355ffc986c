package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.OperationResult.NearValue;
import io.fyercache.sharded.reading.NearEntry;
import io.fyercache.sharded.reading.NearEra;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CaffeineNearEntriesTest {
    private final CaffeineNearEntries entries = new CaffeineNearEntries(100);

    private static EncodedKey key(int number) {
        return new EncodedKey(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static NearEntry entry() {
        return new NearEntry(new EncodedValue(new byte[1]), new NearEra(), NearValue.ENDLESS, 0);
    }

    @Test
    void entries_areKeptUpToTheBound() {
        for (int i = 0; i < 1_000; i++) {
            entries.put(key(i), entry());
        }

        assertThat(entries.size()).isEqualTo(100);
    }

    @Test
    void entryThatWasTakenOut_isNotFound() {
        NearEntry kept = entry();
        entries.put(key(1), kept);
        entries.put(key(2), entry());
        assertThat(entries.find(key(1))).isSameAs(kept);

        entries.remove(key(1));
        assertThat(entries.find(key(1))).isNull();
        entries.clear();
        assertThat(entries.find(key(2))).isNull();
        assertThat(entries.size()).isZero();
    }
}
