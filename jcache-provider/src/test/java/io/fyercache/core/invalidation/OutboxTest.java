package io.fyercache.core.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Announcement;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final OriginId SELF = new OriginId(1, 2);

    private final Outbox outbox = new Outbox(SELF, 3);

    private static EncodedKey key(int value) {
        return new EncodedKey(new byte[] {(byte) (value >> 8), (byte) value});
    }

    private static List<EncodedKey> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(OutboxTest::key).toList();
    }

    @Test
    void keyThatChangedTwice_isToldOnce() {
        long first = outbox.tell("c", keys(0, 2));
        long second = outbox.tell("c", keys(1, 3));

        Outbox.Round round = outbox.take();

        assertThat(round.announcements()).containsExactly(new Keys(SELF, 0, "c", keys(0, 3)));
        assertThat(round.lastTicket()).isEqualTo(second).isGreaterThan(first);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.hasRoomFor(3)).isTrue();
    }

    @Test
    void numbers_areGivenWhenTaken_andGoOn() {
        outbox.tell("c", keys(0, 1));
        outbox.tellAll("d");

        assertThat(outbox.take().announcements())
                .containsExactly(new Keys(SELF, 0, "c", keys(0, 1)), new All(SELF, 1, "d"));
        outbox.tell("c", keys(0, 1));
        assertThat(outbox.take().announcements()).containsExactly(new Keys(SELF, 2, "c", keys(0, 1)));
        assertThat(outbox.heartbeat(7)).isEqualTo(new InvalidationMessage.Heartbeat(SELF, 3, 7));
        assertThat(outbox.farewell()).isEqualTo(new InvalidationMessage.Farewell(SELF, 3));
    }

    @Test
    void room_isForSoManyKeys_andAllKeysTakeNone() {
        outbox.tell("c", keys(0, 2));
        assertThat(outbox.hasRoomFor(1)).isTrue();
        assertThat(outbox.hasRoomFor(2)).isFalse();
        assertThat(outbox.couldHold(4)).isFalse();

        outbox.tellAll("c");
        outbox.tell("c", keys(0, 2));

        assertThat(outbox.queuedKeys()).isZero();
        assertThat(outbox.take().announcements()).containsExactly(new All(SELF, 0, "c"));
    }

    @Test
    void manyKeys_becomeMessagesThatCanBeEncoded() {
        Outbox large = new Outbox(SELF, 100_000);
        large.tell("c", keys(0, 2_500));
        large.tell(
                "d",
                IntStream.range(0, 20)
                        .mapToObj(i -> {
                            byte[] bytes = new byte[40_000];
                            bytes[0] = (byte) i;
                            return new EncodedKey(bytes);
                        })
                        .toList());

        List<Announcement> announcements = large.take().announcements();

        assertThat(announcements).hasSize(3 + 4);
        assertThat(announcements)
                .allSatisfy(each -> assertThat(InvalidationCodec.encode(each))
                        .hasSizeLessThanOrEqualTo(InvalidationCodec.MAX_BYTES));
        assertThat(announcements)
                .extracting(Announcement::sequence)
                .containsExactlyElementsOf(
                        IntStream.range(0, 7).mapToObj(i -> (long) i).toList());
    }

    @Test
    void keyThatIsTooLongForAMessage_isAllKeys() {
        outbox.tell("c", keys(0, 1));
        outbox.tell("c", List.of(new EncodedKey(new byte[InvalidationCodec.MAX_BYTES])));

        assertThat(outbox.take().announcements()).containsExactly(new All(SELF, 0, "c"));
    }

    @Test
    void longestKeyThatFits_canBeEncoded() {
        EncodedKey longest = new EncodedKey(new byte[InvalidationCodec.MAX_KEY_BYTES - InvalidationCodec.LENGTH_BYTES]);
        outbox.tell("n".repeat(4_000), List.of(longest));

        List<Announcement> announcements = outbox.take().announcements();

        assertThat(InvalidationCodec.encode(announcements.get(0))).isNotEmpty();
    }
}
