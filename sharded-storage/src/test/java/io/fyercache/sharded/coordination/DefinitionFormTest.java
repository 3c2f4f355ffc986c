package io.fyercache.sharded.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.Allocation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The form of definitions: held still, and whatever the bytes, a value or the one exception. */
class DefinitionFormTest {
    /** Random inputs: a second or so. */
    private static final int TRIALS = 20_000;

    /** Bytes of memory per byte of input: a setting of 3 bytes becomes a record, two texts and an entry of a tree. */
    private static final int ALLOCATED_PER_BYTE = 300;

    static final String GOLDEN = "0105066f726465727302066578706972790d6372656174656420505431305303010203"
            + "0c726561642d7468726f75676804747275650012e54511";

    static PortableDefinition definition() {
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("expiry", new Setting("created PT10S", new byte[] {1, 2, 3}));
        settings.put("read-through", new Setting("true", new byte[0]));
        return new PortableDefinition("orders", settings);
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

    @Test
    void form_isThisForEver() {
        assertThat(HexFormat.of().formatHex(DefinitionForm.encode(definition())))
                .isEqualTo(GOLDEN);
        assertThat(DefinitionForm.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(definition());
    }

    @Test
    void truncatedOrFlippedOrLonger_isRefused() {
        byte[] valid = DefinitionForm.encode(definition());
        for (int length = 0; length < valid.length; length++) {
            assertRefused(Arrays.copyOf(valid, length));
        }
        for (int bit = 0; bit < valid.length * Byte.SIZE; bit++) {
            byte[] flipped = valid.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(flipped);
        }
        assertRefused(withChecksum(Arrays.copyOf(valid, valid.length + 1)));
        assertRefused(new byte[DefinitionForm.MAX_BYTES + 1]);
    }

    private static void assertRefused(byte[] bytes) {
        assertThatExceptionOfType(DefinitionFormatException.class).isThrownBy(() -> DefinitionForm.decode(bytes));
    }

    @Test
    void settingsOutOfOrder_areRefused() {
        byte[] twice = HexFormat.of().parseHex("0105016f0201620000016100000000" + "0000");

        assertThatExceptionOfType(DefinitionFormatException.class)
                .isThrownBy(() -> DefinitionForm.decode(withChecksum(twice)))
                .withMessageContaining("setting 'a' behind 'b'");
    }

    @Test
    void damagedUnderAValidChecksum_yieldsAValueOrTheOneException_inOneForm() {
        byte[] valid = DefinitionForm.encode(definition());
        for (long seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(seed);
            byte[] damaged = valid.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt();
            }
            byte[] bytes = withChecksum(damaged);
            Allocation.assertInProportion(
                    "seed " + seed, bytes.length, ALLOCATED_PER_BYTE, () -> decodeHarmlessly(bytes));
            decodeHarmlessly(bytes);
        }
    }

    /** Decodes and encodes what is no form, or is the one form of what it says. */
    static void decodeHarmlessly(byte[] bytes) {
        PortableDefinition decoded;
        try {
            decoded = DefinitionForm.decode(bytes);
        } catch (DefinitionFormatException refused) {
            return;
        }
        assertThat(DefinitionForm.encode(decoded)).isEqualTo(bytes);
    }

    @Test
    void longerThanTheLimit_isRefusedWhenWritten() {
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("loader", new Setting("large", new byte[DefinitionForm.MAX_BYTES]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DefinitionForm.encode(new PortableDefinition("orders", settings)))
                .withMessageContaining("65536 bytes");
    }
}
