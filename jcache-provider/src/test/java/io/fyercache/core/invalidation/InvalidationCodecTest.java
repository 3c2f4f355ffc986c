package io.fyercache.core.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidationCodecTest {
    private static final OriginId ORIGIN = new OriginId(1, 2);

    static Stream<Map.Entry<String, InvalidationMessage>> golden() {
        return InvalidationMessages.byGoldenBytes().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void encode_makesTheGoldenBytes_andDecodeReadsThem(Map.Entry<String, InvalidationMessage> golden) {
        assertThat(HexFormat.of().formatHex(InvalidationCodec.encode(golden.getValue())))
                .isEqualTo(golden.getKey());
        assertThat(InvalidationCodec.decode(HexFormat.of().parseHex(golden.getKey())))
                .isEqualTo(golden.getValue());
    }

    @Test
    void golden_hasEveryKind() {
        assertThat(golden().<Class<?>>map(each -> each.getValue().getClass()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(InvalidationMessage.class.getPermittedSubclasses())
                        .<Class<?>>flatMap(
                                kind -> kind.isSealed() ? Stream.of(kind.getPermittedSubclasses()) : Stream.of(kind))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void decode_anyByteChanged_isRefused(Map.Entry<String, InvalidationMessage> golden) {
        byte[] bytes = HexFormat.of().parseHex(golden.getKey());
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x10;
            assertThatThrownBy(() -> InvalidationCodec.decode(damaged)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void decode_anyLengthLess_isRefused(Map.Entry<String, InvalidationMessage> golden) {
        byte[] bytes = HexFormat.of().parseHex(golden.getKey());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> InvalidationCodec.decode(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void encode_mostKeys_isReadAgain() {
        List<EncodedKey> most = IntStream.range(0, InvalidationCodec.MAX_KEYS)
                .mapToObj(i -> new EncodedKey(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList();
        Keys message = new Keys(ORIGIN, 7, "c", most);

        assertThat(InvalidationCodec.decode(InvalidationCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void encode_tooLongName_isRefused() {
        assertThatThrownBy(() ->
                        InvalidationCodec.encode(new All(ORIGIN, 0, "n".repeat(InvalidationCodec.MAX_NAME_BYTES + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: at most");
    }

    @Test
    void encode_longestName_isReadAgain() {
        All message = new All(ORIGIN, 0, "n".repeat(InvalidationCodec.MAX_NAME_BYTES));

        assertThat(InvalidationCodec.decode(InvalidationCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void decode_longerThanAnyMessage_isRefusedUnread() {
        assertThatThrownBy(() -> InvalidationCodec.decode(new byte[InvalidationCodec.MAX_BYTES + 1]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("length");
    }
}
