package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fyercache.sharded.message.Message;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a message or the one exception, or to a message that has another form. */
class MessageFuzzTest {
    static Stream<byte[]> seeds() {
        return Samples.golden().stream().map(golden -> HexFormat.of().parseHex(golden.hex()));
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] bytes) {
        Message message;
        try {
            message = MessageCodec.decode(bytes);
        } catch (MessageFormatException refused) {
            return;
        }
        assertThat(MessageCodec.encode(message)).isEqualTo(bytes);
    }
}
