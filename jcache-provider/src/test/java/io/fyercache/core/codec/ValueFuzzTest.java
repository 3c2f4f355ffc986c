package io.fyercache.core.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a value or the one exception. */
class ValueFuzzTest {
    private static final CodecChain CHAIN = Samples.chain();

    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : GoldenBytesTest.names().toList()) {
            seeds.add(GoldenBytesTest.golden(name));
        }
        return seeds;
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] bytes) {
        try {
            CHAIN.decode(bytes);
        } catch (CodecException refused) {
            // The one exception.
        }
    }
}
