package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.Samples.call;
import static io.fyercache.sharded.message.codec.Samples.key;
import static io.fyercache.sharded.message.codec.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.sharded.message.Answer.Done;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    /** Random messages: a second or so. */
    private static final int TRIALS = 20_000;

    private static final EncodedValue LARGEST_VALUE = new EncodedValue(new byte[MessageLimits.VALUE_BYTES]);

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
        EntryKey largestKey = new EntryKey(Integer.MAX_VALUE, new EncodedKey(new byte[MessageLimits.KEY_BYTES]));
        MemberMessage message =
                entry(largestKey, LARGEST_VALUE, new Done(new OperationResult.Value(LARGEST_VALUE), Done.MAX_TALLY));

        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void keyOrValueBeyondItsLimit_refusedWhenWritten() {
        EncodedValue tooLong = new EncodedValue(new byte[MessageLimits.VALUE_BYTES + 1]);
        EntryKey longKey = new EntryKey(1, new EncodedKey(new byte[MessageLimits.KEY_BYTES + 1]));

        assertRefused(
                entry(key("k"), tooLong, Done.NOTHING),
                "message OfPartition: length of a value: 7340033 bytes (expected: 0..7340032)");
        assertRefused(entry(longKey, value("v"), Done.NOTHING), "length of a key: 65537 bytes (expected: 0..65536)");
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
        Effect effect = new Effect.Remove(key("k"), Notice.NONE);
        LogEntry entry =
                new LogEntry(1, 1, 0, null, Collections.nCopies(MessageLimits.EFFECTS + 1, effect), Done.NOTHING);

        assertRefused(
                new MemberMessage.OfPartition(0, new PartitionMessage.Prepare(1, List.of(entry), 0)),
                "number: 1025 (expected: 0..1024)");
    }

    @Test
    void numbersOutOfRange_refusedWhenWritten() {
        assertRefused(new MemberMessage.Relinquish(8192, 1), "number: 8192 (expected: 0..8191)");
        assertRefused(new MemberMessage.Relinquish(-1, 1), "number: -1 (expected: 0..8191)");
        assertRefused(new MemberMessage.Relinquish(0, -1), "number: -1 (expected: at least 0)");
        assertRefused(
                new MemberMessage.OfPartition(0, new PartitionMessage.CopyProgress(1, 1, 65)),
                "number: 65 (expected: 0..64)");
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
                "Invoke, which has no binary form (expected: one of [Put, ");
    }
}
