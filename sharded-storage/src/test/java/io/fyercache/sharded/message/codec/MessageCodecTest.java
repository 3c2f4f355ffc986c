package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.Samples.call;
import static io.fyercache.sharded.message.codec.Samples.key;
import static io.fyercache.sharded.message.codec.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.replication.ReplicationLimits;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    /** Random messages: a second or so. */
    private static final int TRIALS = 20_000;

    private static final EncodedValue LARGEST_VALUE = new EncodedValue(new byte[EncodedValue.MAX_BYTES]);

    private static MemberMessage entry(EntryKey key, EncodedValue stored, Done answer) {
        LogEntry entry = new LogEntry(
                1, 1, 0, null, List.of(new Effect.Store(key, stored, Long.MAX_VALUE, Notice.NONE)), answer);
        return new MemberMessage.OfPartition(0, new PartitionMessage.Prepare(1, List.of(entry), 0));
    }

    private static void assertRefused(Message message, String expected) {
        assertThatThrownBy(() -> MessageCodec.encode(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void randomMessages_surviveTheRoundTrip() {
        for (long seed = 0; seed < TRIALS; seed++) {
            Message message = new RandomMessages(seed).next();
            byte[] bytes = MessageCodec.encode(message);

            Message decoded = MessageCodec.decode(bytes);

            assertThat(decoded).as("message of seed %s", seed).isEqualTo(message);
            assertThat(MessageCodec.encode(decoded)).as("form of seed %s", seed).isEqualTo(bytes);
        }
    }

    @Test
    void decode_ofAPartOfTheBytes_looksAtNothingElse() {
        Message message = call(new EntryOperation.Put(value("new")));
        byte[] bytes = MessageCodec.encode(message);
        byte[] within = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, within, 3, bytes.length);

        Message decoded = MessageCodec.decode(within, 3, bytes.length);
        Arrays.fill(within, (byte) 0);

        assertThat(decoded).isEqualTo(message);
        assertThatThrownBy(() -> MessageCodec.decode(within, 3, bytes.length + 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void entryWithTheLargestKeyAndTwoOfTheLargestValues_fitsIntoAMessage() {
        EntryKey largestKey = new EntryKey(Integer.MAX_VALUE, new EncodedKey(new byte[EncodedKey.MAX_BYTES]));
        MemberMessage message =
                entry(largestKey, LARGEST_VALUE, new Done(new OperationResult.Value(LARGEST_VALUE), Done.MAX_TALLY));

        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void keyOrValueBeyondItsLimit_cannotBeMade() {
        assertThatThrownBy(() -> new EncodedValue(new byte[EncodedValue.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length of a value: 7340033 bytes (expected: 0..7340032)");
        assertThatThrownBy(() -> new EncodedKey(new byte[EncodedKey.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length of a key: 65537 bytes (expected: 0..65536)");
    }

    /** What a primary takes out by itself comes as one entry. */
    @Test
    void removalOfAsManyLargestKeysAsAnEntryMayHave_fitsIntoAMessage() {
        EntryKey largestKey = new EntryKey(Integer.MAX_VALUE, new EncodedKey(new byte[EncodedKey.MAX_BYTES]));
        LogEntry entry = new LogEntry(
                1,
                1,
                0,
                null,
                Collections.nCopies(LogEntry.MAX_EFFECTS, new Effect.Remove(largestKey, Notice.NONE)),
                Done.NOTHING);
        MemberMessage message = new MemberMessage.OfPartition(0, new PartitionMessage.Prepare(1, List.of(entry), 0));

        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void messageBeyondItsLimit_refusedWhenWritten() {
        LogEntry entry = new LogEntry(
                1, 1, 0, null, List.of(new Effect.Store(key("k"), LARGEST_VALUE, 0, Notice.NONE)), Done.NOTHING);

        assertRefused(
                new MemberMessage.OfPartition(0, new PartitionMessage.Prepare(1, Collections.nCopies(3, entry), 0)),
                "length of a message: more than 16777216 bytes");
    }

    @Test
    void moreElementsThanAllowed_refusedWhenWritten() {
        LogEntry entry = new LogEntry(1, 1, 0, null, List.of(), Done.NOTHING);

        assertRefused(
                new MemberMessage.OfPartition(
                        0,
                        new PartitionMessage.Prepare(
                                1, Collections.nCopies(MessageLimits.ENTRIES_OF_LOG + 1, entry), 0)),
                "number: 65537 (expected: 0..65536)");
    }

    @Test
    void acknowledgedLosses_areRefusedBeforeTheyTakeMoreThanAPart() {
        List<Integer> most = Collections.nCopies(CopyStart.MAX_ACKNOWLEDGED_LOSSES, Integer.MAX_VALUE);
        Message start = new MemberMessage.OfPartition(0, new CopyStart(1, 1, 1, 0, 0, most, List.of()));

        assertThat(MessageCodec.encode(start)).hasSizeLessThan(ReplicationLimits.STANDARD.partBytes());
        assertThatThrownBy(() -> new CopyStart(1, 1, 1, 0, 0, Collections.nCopies(most.size() + 1, 0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("acknowledged losses: 32769 (expected: 0..32768)");
    }

    @Test
    void moreEffectsThanAnEntryMayHave_cannotBeMade() {
        List<Effect> effects = Collections.nCopies(LogEntry.MAX_EFFECTS + 1, new Effect.Remove(key("k"), Notice.NONE));

        assertThatThrownBy(() -> new LogEntry(1, 1, 0, null, effects, Done.NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("effects of an entry: 129 (expected: 0..128)");
    }

    @Test
    void numbersOutOfRange_refusedWhenWritten() {
        assertRefused(new MemberMessage.Relinquish(8448, 1), "number: 8448 (expected: 0..8447)");
        assertRefused(new MemberMessage.Relinquish(-1, 1), "number: -1 (expected: 0..8447)");
        assertRefused(new MemberMessage.Relinquish(0, -1), "number: -1 (expected: at least 0)");
        MemberMessage.Asked asked = new MemberMessage.Asked(8448, new ControllerRequest.Relinquished(1));
        assertRefused(new MemberMessage.Relayed(new Incarnation(1), asked), "number: 8448 (expected: 0..8447)");
        assertThatThrownBy(() -> new CopyPosition.Entries(65, null)).hasMessage("buckets: 65 (expected: 0..64)");
    }

    @Test
    void valueThatIsNotEncoded_refused() {
        assertRefused(
                call(new EntryOperation.Put("secret")),
                "value: an instance of java.lang.String (expected: an encoded value)");
    }

    @Test
    void processOfTheUser_refused() {
        assertRefused(
                call(new EntryOperation.Invoke(key -> {
                    throw new AssertionError();
                })),
                "(expected: an encoded process)");
    }
}
