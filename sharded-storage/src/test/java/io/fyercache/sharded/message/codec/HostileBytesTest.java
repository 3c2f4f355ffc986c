package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.Allocation;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.codec.Samples.Golden;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, decoding yields a message or one kind of exception, and takes memory in proportion to them. No message has two
 * forms.
 */
class HostileBytesTest {
    /** Random inputs: a second or so. */
    private static final int TRIALS = 50_000;

    /** Random inputs of the long form. */
    private static final int MANY_TRIALS = 1_000_000;

    /** Bytes of memory per byte of input. What acknowledges a loss takes 3 bytes, and about 30 times as much in objects. */
    private static final int ALLOCATED_PER_BYTE = 60;

    /** Elements: enough for the memory that they take to stand out. */
    private static final int LONG_LIST = 50_000;

    private static List<byte[]> valid() {
        return Samples.golden().stream()
                .map(Golden::message)
                .map(MessageCodec::encode)
                .toList();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> MessageCodec.decode(bytes))
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining(message);
    }

    private static void decodeHarmlessly(byte[] bytes, String what) {
        Allocation.assertInProportion(what, bytes.length, ALLOCATED_PER_BYTE, () -> decode(bytes, what));
    }

    private static void decode(byte[] bytes, String what) {
        try {
            MessageCodec.decode(bytes);
        } catch (MessageFormatException expected) {
            // The one exception.
        } catch (RuntimeException | Error e) {
            fail(what + ": decoding threw " + e.getClass(), e);
        }
    }

    /** Decodes and encodes what is no message, or is the one form of a message. */
    private static void assertCanonical(byte[] bytes, String what) {
        Message message;
        try {
            message = MessageCodec.decode(bytes);
        } catch (MessageFormatException expected) {
            return;
        }
        assertThat(MessageCodec.encode(message)).as(what).isEqualTo(bytes);
    }

    @Test
    void truncated_refused() {
        for (byte[] valid : valid()) {
            for (int length = 0; length < valid.length; length++) {
                byte[] truncated = Arrays.copyOf(valid, length);

                assertThatThrownBy(() -> MessageCodec.decode(truncated)).isInstanceOf(MessageFormatException.class);
            }
        }
    }

    @Test
    void bytesTooMany_refused() {
        for (byte[] valid : valid()) {
            assertRefused(Arrays.copyOf(valid, valid.length + 1), "1 bytes too many");
        }
    }

    @Test
    void anyBitFlipped_yieldsAnotherMessageOrTheOneException() {
        for (byte[] valid : valid()) {
            for (int bit = 0; bit < valid.length * Byte.SIZE; bit++) {
                byte[] flipped = valid.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

                assertCanonical(flipped, "bit " + bit + " of " + HexFormat.of().formatHex(valid));
            }
        }
    }

    @Test
    void damagedMessages_yieldAMessageOrTheOneException() {
        decodeDamaged(TRIALS);
    }

    @Tag("nightly")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @Test
    void aMillionDamagedMessages_yieldAMessageOrTheOneException() {
        decodeDamaged(MANY_TRIALS);
    }

    private static void decodeDamaged(int trials) {
        for (long seed = 0; seed < trials; seed++) {
            Random random = new Random(seed);
            byte[] damaged = MessageCodec.encode(new RandomMessages(seed).next());
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                damaged[1 + random.nextInt(damaged.length - 1)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, 2 + random.nextInt(damaged.length));
            }
            decodeHarmlessly(damaged, "seed " + seed);
            assertCanonical(damaged, "seed " + seed);
        }
    }

    @Test
    void randomBytes_yieldAMessageOrTheOneException() {
        for (long seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[2 + random.nextInt(200)];
            // Small numbers, so that the kinds are known ones and the counts believable.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(12));
            }
            bytes[0] = MessageCodec.FORMAT_VERSION;
            decodeHarmlessly(bytes, "seed " + seed);
            assertCanonical(bytes, "seed " + seed);
        }
    }

    static List<PartitionMessage> longLists() {
        EntryKey key = new EntryKey(0, new EncodedKey(new byte[0]));
        List<Effect> effects = Collections.nCopies(LogEntry.MAX_EFFECTS, new Effect.AcknowledgeLoss(key));
        LogEntry small = new LogEntry(1, 1, 0, null, List.of(), Done.NOTHING);
        LogEntry large = new LogEntry(1, 1, 0, null, effects, Done.NOTHING);
        KnownResult known = new KnownResult(new Origin(new OperationId(1, 1), 1), Done.NOTHING, 0);
        Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < LONG_LIST; i++) {
            EncodedKey number = new EncodedKey(new byte[] {(byte) i, (byte) (i >> Byte.SIZE)});
            entries.put(new EntryKey(0, number), new StoredEntry(new EncodedValue(new byte[0]), 0));
        }
        return List.of(
                new PartitionMessage.Prepare(1, Collections.nCopies(LONG_LIST, small), 1),
                new PartitionMessage.Prepare(1, Collections.nCopies(LONG_LIST / LogEntry.MAX_EFFECTS, large), 1),
                new PartitionMessage.CopyStart(
                        1,
                        1,
                        1,
                        1,
                        0,
                        Collections.nCopies(PartitionMessage.CopyStart.MAX_ACKNOWLEDGED_LOSSES, 0),
                        List.of()),
                new PartitionMessage.CopyStart(
                        1,
                        1,
                        1,
                        1,
                        0,
                        List.of(),
                        Collections.nCopies(Listening.MAX_LISTENING, new Listening(0, 1, 1, ChangeInterest.NONE))),
                new PartitionMessage.CopyPart(
                        1, 1, 1, CopyPosition.BEGIN, Collections.nCopies(LONG_LIST, known), Map.of()),
                new PartitionMessage.CopyPart(1, 1, 1, CopyPosition.END, List.of(), entries));
    }

    @ParameterizedTest
    @MethodSource("longLists")
    void longListsOfTheSmallestElements_takeMemoryInProportion(PartitionMessage list) {
        byte[] bytes = MessageCodec.encode(new MemberMessage.OfPartition(1, list));

        Allocation.assertInProportion(
                list.getClass().getSimpleName(),
                bytes.length,
                ALLOCATED_PER_BYTE,
                () -> assertThat(((MemberMessage.OfPartition) MessageCodec.decode(bytes)).partition())
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "a prepare of 65536 entries, 01010001 01 808004, the number 65536 (expected: 0..0)",
        "a prepare of 65537 entries, 01010001 01 818004, the number 65537 (expected: 0..0)",
        "a start with 65536 acknowledged losses, 01010005 01010101 00 808004, the number 65536 (expected: 0..0)",
        "a start with 4096 listening, 01010005 01010101 00 00 8020, the number 4096 (expected: 0..0)",
        "8192 changes, 0123 01 01 00 8040, the number 8192 (expected: 0..0)",
        "64 uses, 0109 40, the number 64 (expected: 0..0)",
        "questions about 1024 caches, 012a 01 8008, the number 1024 (expected: 0..0)",
        "1024 counted caches, 012b 01 8008, the number 1024 (expected: 0..0)",
        "64 failures, 0124 01 01 01 40, the number 64 (expected: 0..0)",
        "a part with 1048576 results, 01010006 010101 024000 808040, the number 1048576 (expected: 0..0)",
        "a part of 1048576 entries, 01010006 010101 024000 00 808040, the number 1048576 (expected: 0..0)",
        "a heartbeat that misses 256 members, 0102 0000000000000000 8002, the number 256 (expected: 0..0)",
        "a change of 16000000 bytes, 0105 01 80c8d007, the number 16000000 (expected: 0..0)",
        "a key of 65536 bytes, 0120 01 0901 01 01 01 01 01 808004, the number 65536 (expected: 0..0)",
        "a value of 7 MiB, 0121 01 0901 01 01 03 8080c003, the number 7340032 (expected: 0..0)"
    })
    void announcedLengthBeyondTheRestOfTheBytes_refusedBeforeItIsAllocated(String what, String hex, String message) {
        byte[] bytes = bytes(hex.replace(" ", ""));

        assertRefused(bytes, message);
        decodeHarmlessly(bytes, what);
    }

    @ParameterizedTest
    @CsvSource({
        "message, 010a, 'at byte 2 of 2, message of kind 10 (expected: one of [1, 2, 3, 4, 5, 6, 7, 8, 9, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51])'",
        "message about a partition, 010100 0c, message about a partition of kind 12",
        "position, 01010009 0101 03, position of a copy of kind 3",
        "request to the controller, 010700 04, request to the controller of kind 4",
        "operation, 0120 01 0901 01 01 01 01 01 00 02 0d, operation of kind 13",
        "task, 0120 01 0901 01 01 01 01 01 00 0f, task of kind 15",
        "answer, 0121 01 0901 01 0a, answer of kind 10",
        "result, 0121 01 0901 01 01 0b, result of kind 11",
        "effect, 01010001 01 01 010100 00 01 07 0000 00, effect of kind 7",
        "existing, 0120 01 0901 01 01 01 01 01 00 02 0b 00 03, a reference to number 3 (expected: less than 3)"
    })
    void unknownKind_refusedByName(String what, String hex, String message) {
        assertRefused(bytes(hex.replace(" ", "")), message);
    }

    @ParameterizedTest
    @CsvSource({
        "partition, 0106 8042 01, the number 8448 (expected: 0..8447)",
        "buckets, 01010009 0101 02 41 00, the number 65 (expected: 0..64)",
        "bucket of a walk, 0120 01 0901 01 01 01 01 01 00 06 41 00, the number 65 (expected: 0..64)",
        "last key, 01010009 0101 02 40 01 00016b, 'bucket of the last key: 35 (expected: 64)'",
        "member, 0107 01 01 01 00, 'incarnation: 0 (expected: at least 1)'",
        "acknowledged beyond the window, 0120 01 098108 01 01 01 01 01 016b 01, 'acknowledgedBelow of operation 1025: 1 (expected: '",
        "the key of what is unwritten, 0120 01 0901 01 01 01 01 8180808004 016b 01, 'cache of a request: 1073741825 (expected: at most '",
        "acknowledged before it was asked, 0120 01 0901 01 02 01 01 01 016b 01, 'acknowledgedBelow of operation 1: 2 (expected: '",
        "flag, 0121 01 0901 01 01 02 02, the number 2 (expected: 0..1)",
        "notice of a value, 01010001 01 01 010100 00 01 01 0000 00 0000000000000000 03 0100 01, notice of a value: REMOVED",
        "notice of a removal, 01010001 01 01 010100 00 01 03 0000 02 0100 01, notice of a removal: UPDATED",
        "tally, 0121 01 0901 01 01 01 20, the number 32 (expected: 0..31)",
        "copies, 0121 01 0901 01 04 01 8102, the number 257 (expected: 0..256)",
        "number with a byte too many, 0106 8100 01, a number that ends with the byte 0",
        "change of the table, 0105 01 06 010402000000, damaged DELTA"
    })
    void partOutOfRange_refused(String what, String hex, String message) {
        assertRefused(bytes(hex.replace(" ", "")), message);
    }

    @Test
    void keyTwiceInAPart_refused() {
        String entry = "00016b 00 0000000000000000";

        assertRefused(
                bytes(("01010006 010101 024000 00 02" + entry + entry).replace(" ", "")),
                "a second entry of a key of 1 bytes");
    }

    @Test
    void longerThanTheLimit_refusedUnread() {
        assertRefused(
                new byte[MessageLimits.MESSAGE_BYTES + 1],
                "length of a message: 16777217 bytes (expected: 2..16777216)");
    }

    @Test
    void laterFormatVersion_refusedByName() {
        assertRefused(bytes("0204"), "format version of a message: 2 (expected: 1)");
    }
}
