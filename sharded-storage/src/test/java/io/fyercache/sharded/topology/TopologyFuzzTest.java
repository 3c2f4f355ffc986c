package io.fyercache.sharded.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a value or the one exception, or to a value that has another form. */
class TopologyFuzzTest {
    /** Forms without their checksum, which a search would never hit upon. */
    static Stream<byte[]> seeds() {
        return Arrays.stream(FormKind.values())
                .map(kind ->
                        HexFormat.of().parseHex(GoldenBytesTest.golden(kind).hex()))
                .map(form -> Arrays.copyOf(form, form.length - Integer.BYTES));
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] unsealed) {
        byte[] bytes = HostileBytesTest.withChecksum(Arrays.copyOf(unsealed, unsealed.length + Integer.BYTES));
        for (FormKind kind : FormKind.values()) {
            byte[] again;
            try {
                again = HostileBytesTest.reencoder(kind).apply(bytes);
            } catch (TopologyFormatException refused) {
                continue;
            }
            assertThat(again).isEqualTo(bytes);
        }
    }
}
