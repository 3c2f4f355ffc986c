package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaffeineOrderTest {
    private final List<EntryKey> chosen = new ArrayList<>();
    private final CaffeineOrder order = new CaffeineOrder(100, chosen::add);

    private static EntryKey key(int number) {
        return new EntryKey(
                1, new EncodedKey(ByteBuffer.allocate(4).putInt(number).array()));
    }

    @Test
    void whatIsTooMuch_isChosen_andNothingElse() {
        for (int i = 0; i < 1_000; i++) {
            order.stored(key(i), 1);
        }

        assertThat(chosen).hasSize(900).doesNotHaveDuplicates();
    }

    @Test
    void heavyEntry_takesTheRoomOfMany() {
        for (int i = 0; i < 100; i++) {
            order.stored(key(i), 1);
        }
        order.stored(key(7), 50);
        order.stored(key(7), 50);

        assertThat(weight(100, 50)).isLessThanOrEqualTo(100);
    }

    private int weight(int entries, int weightOfSeven) {
        int weight = 0;
        for (int i = 0; i < entries; i++) {
            if (!chosen.contains(key(i))) {
                weight += i == 7 ? weightOfSeven : 1;
            }
        }
        return weight;
    }

    @Test
    void whatIsGone_takesNoRoom() {
        for (int i = 0; i < 100; i++) {
            order.stored(key(i), 1);
        }
        for (int i = 0; i < 100; i++) {
            order.removed(key(i));
            order.removed(key(i));
        }
        for (int i = 100; i < 200; i++) {
            order.stored(key(i), 1);
        }

        assertThat(chosen).isEmpty();
    }

    @Test
    void whatIsUsedAgainAndAgain_outlivesAScan() {
        List<EntryKey> favourites = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            order.stored(key(i), 1);
        }
        for (int i = 0; i < 50; i++) {
            favourites.add(key(i));
        }
        for (int i = 1_000; i < 11_000; i++) {
            // So seldom that what was not used for longest would be one of these.
            if (i % 200 == 0) {
                favourites.forEach(order::used);
            }
            order.stored(key(i), 1);
        }

        assertThat(chosen).doesNotContainAnyElementsOf(favourites);
    }
}
