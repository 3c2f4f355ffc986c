package io.fyercache.core.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSourceTest {
    private static final int LIMIT = 64;

    private static final class Damaged extends RuntimeException {
        Damaged(int position, int length, String found) {
            super(position + "/" + length + " " + found);
        }
    }

    private static ByteSource source(String hex) {
        return new ByteSource(HexFormat.of().parseHex(hex), Damaged::new);
    }

    private static ByteSink sink() {
        return new ByteSink(0, LIMIT, max -> new IllegalStateException("more than " + max));
    }

    private static String hex(ByteSink sink) {
        return HexFormat.of().formatHex(sink.toBytes());
    }

    private static void assertDamaged(String hex, Function<ByteSource, Object> read, String message) {
        assertThatThrownBy(() -> read.apply(source(hex)))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(message);
    }

    private static void assertRefused(ThrowingCallable write, String message) {
        assertThatThrownBy(write).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f",
        "-1, ffffffffffffffffff01",
        "-9223372036854775808, 80808080808080808001"
    })
    void unsigned_hasOneForm(long value, String form) {
        ByteSink sink = sink();
        sink.writeUnsigned(value);

        assertThat(hex(sink)).isEqualTo(form);
        assertThat(source(form).readUnsigned()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000", "ff00", "80808000", "ffffffffffffffffff00"})
    void unsigned_moreBytesThanNeeded_refused(String form) {
        assertDamaged(form, ByteSource::readUnsigned, "a number that ends with the byte 0");
    }

    @Test
    void unsigned_moreThan64Bits_refused() {
        assertDamaged("ffffffffffffffffff02", ByteSource::readUnsigned, "a number that ends with the byte 2");
        assertDamaged("ffffffffffffffffffff01", ByteSource::readUnsigned, "more than 10 bytes");
    }

    @Test
    void natural_negative_refusedInBothDirections() {
        assertDamaged("ffffffffffffffffff01", ByteSource::readNatural, "a number of 64 bits");
        assertRefused(() -> sink().writeNatural(-1), "number: -1 (expected: at least 0)");
    }

    @Test
    void upTo_beyondTheRange_refusedInBothDirections() {
        assertThat(source("07").readUpTo(7)).isEqualTo(7);
        assertDamaged("08", in -> in.readUpTo(7), "1/1 the number 8 (expected: 0..7)");
        assertDamaged("ffffffffffffffffff01", in -> in.readUpTo(7), "the number 18446744073709551615");
        assertRefused(() -> sink().writeUpTo(8, 7), "number: 8 (expected: 0..7)");
        assertRefused(() -> sink().writeUpTo(-1, 7), "number: -1 (expected: 0..7)");
    }

    @Test
    void count_moreThingsThanFitIntoTheRest_refused() {
        assertThat(source("02aabbccdd").readCount(9, 2)).isEqualTo(2);
        assertDamaged("03aabbccdd", in -> in.readCount(9, 2), "the number 3 (expected: 0..2)");
        assertDamaged("02aabbccdd", in -> in.readCount(1, 2), "the number 2 (expected: 0..1)");
    }

    @Test
    void text_thatIsNoUtf8_refused() {
        ByteSink sink = sink();
        sink.writeText("größe");

        assertThat(source(hex(sink)).readText()).isEqualTo("größe");
        assertDamaged("02c328", ByteSource::readText, "a text that is not UTF-8");
        assertDamaged("0361", ByteSource::readText, "the number 3 (expected: 0..1)");
    }

    @Test
    void latin1_writesAllOrNothing() {
        ByteSink sink = sink();

        assertThat(sink.writeLatin1(0x11, "größe")).isTrue();
        assertThat(sink.writeLatin1(0x11, "ab日")).isFalse();
        assertThat(hex(sink)).isEqualTo("11056772f6df65");
        assertThat(source("056772f6df65").readLatin1()).isEqualTo("größe");
        assertRefused(() -> sink.writeLatin1(0x11, "a".repeat(128)), "text: of 128 characters (expected: 0..127)");
    }

    @Test
    void window_endsBeforeTheBytesDo() {
        ByteSource window = new ByteSource(new byte[] {1, 2, 3, 4}, 1, 2, Damaged::new);

        assertThat(window.readByte()).isEqualTo(2);
        assertThatThrownBy(() -> window.readBytes(2))
                .isInstanceOf(Damaged.class)
                .hasMessage("1/2 the end (expected: 2 more bytes)");
        assertThatThrownBy(window::finish).isInstanceOf(Damaged.class).hasMessage("1/2 1 bytes too many");
        assertThat(window.readByte()).isEqualTo(3);
        window.finish();
        assertThatThrownBy(() -> new ByteSource(new byte[4], 3, 2, Damaged::new))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sink_takesExactlyTheLimit() {
        ByteSink sink = sink();
        for (int i = 0; i < LIMIT; i++) {
            sink.writeUnsigned(1);
        }

        assertThat(sink.toBytes()).hasSize(LIMIT);
        sink.writeByte(1);
        assertThatThrownBy(sink::toBytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 64");
        assertThatThrownBy(() -> sink.reserve(LIMIT)).isInstanceOf(IllegalStateException.class);
    }
}
