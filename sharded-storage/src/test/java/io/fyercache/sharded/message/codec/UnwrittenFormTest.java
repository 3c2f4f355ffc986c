package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.UnwrittenChange;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class UnwrittenFormTest {
    private static final int TRIALS = 1_000;

    private static String hex(UnwrittenChange change) {
        return HexFormat.of().formatHex(UnwrittenForm.encode(change).bytes());
    }

    private static EncodedValue value(String hex) {
        return new EncodedValue(HexFormat.of().parseHex(hex));
    }

    @Test
    void deletionThatWaits_hasTheGoldenBytes() {
        UnwrittenChange deletion = new UnwrittenChange(null, 300);

        assertThat(hex(deletion)).isEqualTo("0100d80400");
        assertThat(UnwrittenForm.decode(value("0100d80400"))).isEqualTo(deletion);
    }

    @Test
    void valueThatWaits_hasTheGoldenBytes() {
        UnwrittenChange change = new UnwrittenChange(Samples.value("new"), 300);

        assertThat(hex(change)).isEqualTo("0101036e6577d80400");
        assertThat(UnwrittenForm.decode(value("0101036e6577d80400"))).isEqualTo(change);
    }

    @Test
    void deadLetter_hasTheGoldenBytes() {
        assertThat(hex(Samples.deadLetter())).isEqualTo(Samples.UNWRITTEN_HEX);
        assertThat(UnwrittenForm.decode(value(Samples.UNWRITTEN_HEX))).isEqualTo(Samples.deadLetter());
    }

    @Test
    void whateverIsEncoded_isReadAgain() {
        for (long seed = 0; seed < TRIALS; seed++) {
            UnwrittenChange change = new RandomMessages(seed).unwritten();

            assertThat(UnwrittenForm.decode(UnwrittenForm.encode(change)))
                    .as("seed %s", seed)
                    .isEqualTo(change);
        }
    }

    @Test
    void bytesThatAreCutOff_areRefused() {
        byte[] whole = UnwrittenForm.encode(Samples.deadLetter()).bytes();
        for (int length = 0; length < whole.length; length++) {
            EncodedValue cut = new EncodedValue(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> UnwrittenForm.decode(cut)).isInstanceOf(MessageFormatException.class);
        }
    }

    @Test
    void otherVersion_isRefused() {
        assertThatThrownBy(() -> UnwrittenForm.decode(value("0200d80400")))
                .isInstanceOf(MessageFormatException.class)
                .hasMessageContaining("version 2 (expected: 1)");
    }

    @Test
    void valueThatWouldNotFitIntoALog_isRefused() {
        UnwrittenChange change =
                new UnwrittenChange(new EncodedValue(new byte[UnwrittenChange.MAX_VALUE_BYTES + 1]), 0);

        assertThatThrownBy(() -> UnwrittenForm.encode(change))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value: 4194305 bytes (expected: at most 4194304");
    }
}
