package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.nio.charset.StandardCharsets;

/** The form of a string: its tag, its length and its characters, in the narrowest of three ways. */
final class StringForm {
    /** Characters. Longer strings are copied by the JDK's vectorized encoder instead of one by one. */
    private static final int LONG_STRING = 64;

    private StringForm() {}

    static void write(ByteSink sink, String value) {
        if (value.length() > LONG_STRING) {
            writeLong(sink, value);
        } else if (!sink.writeLatin1(Tag.STRING_LATIN1, value)) {
            writeWide(sink, value);
        }
    }

    private static void writeLong(ByteSink sink, String value) {
        sink.reserve(value.length());
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == value.length() && !hasUnpairedSurrogate(value)) { // all of it is ASCII
            writeChunk(sink, Tag.STRING_LATIN1, utf8);
            return;
        }
        byte[] latin1 = value.getBytes(StandardCharsets.ISO_8859_1);
        if (new String(latin1, StandardCharsets.ISO_8859_1).equals(value)) {
            writeChunk(sink, Tag.STRING_LATIN1, latin1);
        } else {
            writeWide(sink, value);
        }
    }

    private static void writeWide(ByteSink sink, String value) {
        if (!hasUnpairedSurrogate(value)) {
            writeChunk(sink, Tag.STRING_UTF8, value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        sink.writeByte(Tag.STRING_UTF16);
        sink.writeUnsigned(value.length());
        for (int i = 0; i < value.length(); i++) {
            sink.writeFixed16(value.charAt(i));
        }
    }

    private static void writeChunk(ByteSink sink, int tag, byte[] bytes) {
        sink.writeByte(tag);
        sink.writeUnsigned(bytes.length);
        sink.writeBytes(bytes);
    }

    private static boolean hasUnpairedSurrogate(String value) {
        int i = 0;
        while (i < value.length()) {
            int codePoint = value.codePointAt(i);
            // A pair reads as one code point above the surrogates.
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    static String read(ByteSource source) {
        int tag = source.readByte();
        return switch (tag) {
            case Tag.STRING_LATIN1 -> source.readLatin1();
            case Tag.STRING_UTF8 -> source.readUtf8();
            case Tag.STRING_UTF16 -> source.readUtf16();
            default -> throw source.damaged("tag " + tag + " (expected: a string)");
        };
    }
}
