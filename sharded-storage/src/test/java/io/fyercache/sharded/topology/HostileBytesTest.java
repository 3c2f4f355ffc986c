package io.fyercache.sharded.topology;

import static io.fyercache.sharded.topology.Samples.description;
import static io.fyercache.sharded.topology.Samples.life;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.fyercache.sharded.Allocation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the bytes, decoding yields a value or one kind of exception, and takes memory in proportion to them. No value has two forms.
 */
class HostileBytesTest {
    /** Random inputs per kind: a second or so. */
    private static final int TRIALS = 20_000;

    /** Random inputs per kind of the long form. */
    private static final int MANY_TRIALS = 1_000_000;

    /** Bytes of memory per byte of input. A record of 10 bytes becomes about 20 times as much in objects. */
    private static final int ALLOCATED_PER_BYTE = 200;

    private static byte[] valid(FormKind kind) {
        PartitionTable table = Samples.randomTable(new Random(7), 64);
        return switch (kind) {
            case DESCRIPTION -> TopologyForm.encode(description());
            case MEMBER -> TopologyForm.encode(new Member(life(7), description()));
            case SEGMENT -> TopologyForm.encode(table.segment(3));
            case DELTA -> TopologyForm.encode(table.deltaTo(Samples.randomSuccessor(new Random(8), table)));
        };
    }

    private static Consumer<byte[]> decoder(FormKind kind) {
        return switch (kind) {
            case DESCRIPTION -> TopologyForm::decodeDescription;
            case MEMBER -> TopologyForm::decodeMember;
            case SEGMENT -> TopologyForm::decodeSegment;
            case DELTA -> TopologyForm::decodeDelta;
        };
    }

    /** Decodes and encodes again. */
    static UnaryOperator<byte[]> reencoder(FormKind kind) {
        return switch (kind) {
            case DESCRIPTION -> bytes -> TopologyForm.encode(TopologyForm.decodeDescription(bytes));
            case MEMBER -> bytes -> TopologyForm.encode(TopologyForm.decodeMember(bytes));
            case SEGMENT -> bytes -> TopologyForm.encode(TopologyForm.decodeSegment(bytes));
            case DELTA -> bytes -> TopologyForm.encode(TopologyForm.decodeDelta(bytes));
        };
    }

    /** What an attacker who can compute a checksum would send. */
    static byte[] withChecksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - Integer.BYTES);
        byte[] sealed = bytes.clone();
        ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN).putInt(sealed.length - Integer.BYTES, (int)
                checksum.getValue());
        return sealed;
    }

    @ParameterizedTest
    @EnumSource
    void truncated_refused(FormKind kind) {
        byte[] valid = valid(kind);
        for (int length = 0; length < valid.length; length++) {
            byte[] truncated = Arrays.copyOf(valid, length);

            assertThatThrownBy(() -> decoder(kind).accept(truncated)).isInstanceOf(TopologyFormatException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyBitFlipped_refused(FormKind kind) {
        byte[] valid = valid(kind);
        for (int bit = 0; bit < valid.length * Byte.SIZE; bit++) {
            byte[] flipped = valid.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThatThrownBy(() -> decoder(kind).accept(flipped)).isInstanceOf(TopologyFormatException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesOfAnotherKind_refused(FormKind kind) {
        for (FormKind other : FormKind.values()) {
            if (other != kind) {
                assertThatThrownBy(() -> decoder(kind).accept(valid(other)))
                        .isInstanceOf(TopologyFormatException.class)
                        .hasMessageContaining("its kind is " + other.tag());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesTooMany_refused(FormKind kind) {
        byte[] valid = valid(kind);
        byte[] longer = withChecksum(Arrays.copyOf(valid, valid.length + 1));

        assertThatThrownBy(() -> decoder(kind).accept(longer)).isInstanceOf(TopologyFormatException.class);
    }

    @ParameterizedTest
    @EnumSource
    void longerThanTheLimit_refusedUnread(FormKind kind) {
        byte[] tooLong = new byte[kind.maxBytes() + 1];

        assertThatThrownBy(() -> decoder(kind).accept(tooLong))
                .isInstanceOf(TopologyFormatException.class)
                .hasMessageContaining("bytes (expected: 6.." + kind.maxBytes());
    }

    @ParameterizedTest
    @EnumSource
    void laterFormatVersion_refusedByName(FormKind kind) {
        byte[] later = valid(kind);
        later[0] = 2;

        assertThatThrownBy(() -> decoder(kind).accept(later))
                .isInstanceOf(TopologyFormatException.class)
                .hasMessageContaining("format version of a " + kind + ": 2 (expected: 1)");
    }

    @ParameterizedTest
    @EnumSource
    void damagedUnderAValidChecksum_yieldsAValueOrTheOneException(FormKind kind) {
        decodeDamaged(kind, TRIALS);
    }

    @Tag("nightly")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @EnumSource
    void aMillionTimesDamagedUnderAValidChecksum_yieldsAValueOrTheOneException(FormKind kind) {
        decodeDamaged(kind, MANY_TRIALS);
    }

    private static void decodeDamaged(FormKind kind, int trials) {
        byte[] valid = valid(kind);
        for (long seed = 0; seed < trials; seed++) {
            Random random = new Random(seed);
            byte[] damaged = valid.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, 6 + random.nextInt(damaged.length - 6));
            }
            decodeHarmlessly(kind, withChecksum(damaged), seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomBodyUnderAValidChecksum_yieldsAValueOrTheOneException(FormKind kind) {
        for (long seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[6 + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[0] = FormKind.FORMAT_VERSION;
            bytes[1] = (byte) kind.tag();
            decodeHarmlessly(kind, withChecksum(bytes), seed);
        }
    }

    private static void decodeHarmlessly(FormKind kind, byte[] bytes, long seed) {
        Allocation.assertInProportion(
                "the " + kind + " of seed " + seed, bytes.length, ALLOCATED_PER_BYTE, () -> decode(kind, bytes, seed));
        assertCanonical(kind, bytes, seed);
    }

    private static void decode(FormKind kind, byte[] bytes, long seed) {
        try {
            decoder(kind).accept(bytes);
        } catch (TopologyFormatException expected) {
            // The one exception.
        } catch (RuntimeException | Error e) {
            fail("seed " + seed + ": decoding threw " + e.getClass(), e);
        }
    }

    /** Decodes and encodes what is no form, or is the one form of what it says. */
    private static void assertCanonical(FormKind kind, byte[] bytes, long seed) {
        byte[] again;
        try {
            again = reencoder(kind).apply(bytes);
        } catch (TopologyFormatException expected) {
            return;
        }
        assertThat(again).as("form of the %s of seed %s", kind, seed).isEqualTo(bytes);
    }

    @Test
    void announcedCountBeyondTheRestOfTheBytes_refusedBeforeItIsAllocated() {
        // A delta of 8192 partitions, without a dictionary, that announces 8192 changes.
        byte[] changes = withChecksum(new byte[] {1, 4, (byte) 0x80, 0x40, 0, (byte) 0x80, 0x40, 0, 0, 0, 0, 0});
        // The same, announcing 1024 members of the dictionary.
        byte[] members = withChecksum(new byte[] {1, 4, (byte) 0x80, 0x40, (byte) 0x80, 0x08, 0, 0, 0, 0, 0});

        assertThatThrownBy(() -> TopologyForm.decodeDelta(changes))
                .isInstanceOf(TopologyFormatException.class)
                .hasMessageContaining("the number 8192 (expected: 0..0)");
        assertThatThrownBy(() -> TopologyForm.decodeDelta(members))
                .isInstanceOf(TopologyFormatException.class)
                .hasMessageContaining("the number 1024 (expected: 0..0)");
    }

    /** The greatest segment that is legal must be one that can be written. */
    @Test
    void greatestSegment_fitsIntoAZnode() {
        List<Incarnation> all = LongStream.range(0, 768)
                .mapToObj(i -> new Incarnation(Long.MAX_VALUE - i))
                .toList();
        PartitionRecord greatest = new PartitionRecord(
                Long.MAX_VALUE,
                new PartitionEpoch(Long.MAX_VALUE, Long.MAX_VALUE, Succession.HANDED_OVER),
                all.get(0),
                all.subList(0, 256),
                all.subList(256, 512),
                all.subList(512, 768));
        TableSegment segment = new TableSegment(
                15,
                new PartitionLayout(PartitionLayout.MAX_SPREAD, PartitionLayout.MAX_REPLICATED),
                Collections.nCopies(PartitionLayout.MAX_COUNT / PartitionTable.SEGMENTS, greatest));

        byte[] bytes = TopologyForm.encode(segment);

        assertThat(bytes.length).isBetween(700_000, 830_000);
        assertThat(TopologyForm.decodeSegment(bytes)).isEqualTo(segment);
    }

    @Test
    void moreIncarnationsThanATableMayName_refusedWhenWritten() {
        List<TableDelta.Change> changes = LongStream.rangeClosed(0, RecordForm.MAX_INCARNATIONS)
                .mapToObj(i -> new TableDelta.Change((int) i, PartitionRecord.initial(life(i + 1))))
                .toList();

        assertThatThrownBy(() -> TopologyForm.encode(new TableDelta(2048, changes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of incarnations in a table: 1025");
    }
}
