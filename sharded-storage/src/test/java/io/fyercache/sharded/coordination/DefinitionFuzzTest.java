package io.fyercache.sharded.coordination;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a definition or the one exception, or to a definition that has another form. */
class DefinitionFuzzTest {
    /** Without the checksum, which a search would never hit upon. */
    static Stream<byte[]> seeds() {
        byte[] form = HexFormat.of().parseHex(DefinitionFormTest.GOLDEN);
        return Stream.of(Arrays.copyOf(form, form.length - Integer.BYTES));
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] unsealed) {
        DefinitionFormTest.decodeHarmlessly(
                DefinitionFormTest.withChecksum(Arrays.copyOf(unsealed, unsealed.length + Integer.BYTES)));
    }
}
