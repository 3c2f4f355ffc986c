package io.fyercache.sharded.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.UnwrittenChange;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a change or the one exception, or to a change that has another form. */
class UnwrittenFormFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of("0100d80400", "0101036e6577d80400", Samples.UNWRITTEN_HEX)
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] bytes) {
        if (bytes.length > EncodedValue.MAX_BYTES) {
            return;
        }
        UnwrittenChange change;
        try {
            change = UnwrittenForm.decode(new EncodedValue(bytes));
        } catch (MessageFormatException refused) {
            return;
        }
        assertThat(UnwrittenForm.encode(change).bytes()).isEqualTo(bytes);
    }
}
