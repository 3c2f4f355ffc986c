package io.fyercache.sharded.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentUsesTest {
    private final RecentUses uses = new RecentUses();

    private static EntryKey key(int number) {
        return new EntryKey(1, new EncodedKey(new byte[] {(byte) number}));
    }

    @Test
    void take_returnsWhatWasNoted_once() {
        uses.note(key(1));
        uses.note(key(2));
        uses.note(key(1));

        assertThat(uses.take()).containsExactly(key(1), key(2), key(1));
        assertThat(uses.take()).isEmpty();
    }

    @Test
    void note_moreThanThereIsRoomFor_keepsTheLatest() {
        IntStream.range(0, 100).forEach(number -> uses.note(key(number)));

        List<EntryKey> taken = uses.take();

        assertThat(taken).hasSize(RecentUses.CAPACITY).contains(key(99)).doesNotContain(key(35));
    }

    @Test
    void note_keyThatIsLong_isLeftOut() {
        uses.note(new EntryKey(1, new EncodedKey(new byte[257])));

        assertThat(uses.take()).isEmpty();
    }
}
