package io.fyercache.sharded.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.NearNews;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
    private static final int PARTITION = 3;

    private final RecentChanges changes = new RecentChanges(1, 10);

    private static EntryKey key(String text) {
        return new EntryKey(0, new EncodedKey(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static NearNews news(long generation, long after, long upTo, String... keys) {
        return new NearNews(
                PARTITION,
                generation,
                after,
                upTo,
                List.of(keys).stream().map(RecentChangesTest::key).toList());
    }

    private void commit(long number, String... keys) {
        changes.committed(
                1, number, List.of(keys).stream().map(RecentChangesTest::key).toList());
    }

    private static NearNews missed(long generation, long upTo) {
        return news(generation, upTo, upTo);
    }

    @Test
    void since_tellsEachKeyOnce_thatHasChangedLater() {
        commit(11, "a");
        commit(12, "b", "a");
        commit(13);

        assertThat(changes.since(PARTITION, 1, 10).keys()).containsExactlyInAnyOrder(key("a"), key("b"));
        assertThat(changes.since(PARTITION, 1, 11)).isEqualTo(news(1, 11, 13, "a", "b"));
        assertThat(changes.since(PARTITION, 1, 12)).isEqualTo(news(1, 12, 13));
        assertThat(changes.since(PARTITION, 1, 13)).isEqualTo(news(1, 13, 13));
    }

    @Test
    void since_whatIsNotKnown_saysThatSomethingWasMissed() {
        commit(11, "a");

        assertThat(changes.since(PARTITION, 1, 9)).isEqualTo(missed(1, 11));
        assertThat(changes.since(PARTITION, 0, 0)).isEqualTo(missed(1, 11));
    }

    @Test
    void committed_notTheNextEntry_beginsAnew() {
        commit(11, "a");
        commit(15, "b");

        assertThat(changes.since(PARTITION, 1, 11)).isEqualTo(missed(1, 15));
        assertThat(changes.since(PARTITION, 1, 14)).isEqualTo(news(1, 14, 15, "b"));
    }

    @Test
    void align_whatWasCommittedElsewhere_beginsAnew() {
        commit(11, "a");
        changes.align(1, 11);
        assertThat(changes.since(PARTITION, 1, 10)).isEqualTo(news(1, 10, 11, "a"));

        changes.align(1, 20);
        assertThat(changes.since(PARTITION, 1, 11)).isEqualTo(missed(1, 20));

        changes.align(2, 20);
        assertThat(changes.since(PARTITION, 1, 20)).isEqualTo(missed(2, 20));
    }

    @Test
    void moreKeysThanThereIsRoomFor_areForgottenFromTheFirst() {
        for (int i = 1; i <= NearNews.MAX_KEYS + 1; i++) {
            commit(10 + i, "k" + i);
        }

        assertThat(changes.since(PARTITION, 1, 10)).isEqualTo(missed(1, 11 + NearNews.MAX_KEYS));
        assertThat(changes.since(PARTITION, 1, 11).keys()).hasSize(NearNews.MAX_KEYS);
    }

    @Test
    void longKeys_areForgottenSooner_andAnEntryAsAWhole() {
        String longKey = String.join("", Collections.nCopies(40_000, "x"));
        commit(11, "a", longKey + 1);
        commit(12, longKey + 2);

        assertThat(changes.since(PARTITION, 1, 10)).isEqualTo(missed(1, 12));
        assertThat(changes.since(PARTITION, 1, 11)).isEqualTo(news(1, 11, 12, longKey + 2));
    }
}
