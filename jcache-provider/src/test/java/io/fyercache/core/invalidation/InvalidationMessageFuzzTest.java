package io.fyercache.core.invalidation;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches for bytes that decode to anything but a message or the one exception. The checksum is mended, so that a search gets beyond it. */
class InvalidationMessageFuzzTest {

    static List<byte[]> seeds() {
        return InvalidationMessages.byGoldenBytes().keySet().stream()
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void decode(byte[] bytes) {
        try {
            byte[] again = InvalidationCodec.encode(InvalidationCodec.decode(mended(bytes)));
            InvalidationCodec.decode(again);
        } catch (MalformedMessageException refused) {
            // The one exception.
        }
    }

    private static byte[] mended(byte[] bytes) {
        byte[] mended = bytes.clone();
        int end = bytes.length - Integer.BYTES;
        if (end >= 0) {
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, 0, end);
            for (int i = 0; i < Integer.BYTES; i++) {
                mended[end + i] = (byte) (checksum.getValue() >>> (Byte.SIZE * i));
            }
        }
        return mended;
    }
}
