package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("trace.txt");
    }

    @Test
    void read_linesOfAnyEnd_areKeysInOrder() throws Exception {
        assertThat(keysOf("b\na\r\n\n  c \r\nb")).containsExactly("b", "a", "  c ", "b");
    }

    @Test
    void read_otherScripts_areKept() throws Exception {
        assertThat(keysOf("ключ\n鍵\n\uD83D\uDD11\n")).containsExactly("ключ", "鍵", "\uD83D\uDD11");
    }

    @Test
    void read_longestKey_isKept() throws Exception {
        String longest = "k".repeat(TraceFile.MAX_KEY_BYTES);

        assertThat(keysOf(longest + "\r\n" + longest)).containsExactly(longest, longest);
    }

    @Test
    void read_tellsBytesRead() throws Exception {
        Files.writeString(file, "a\nbb\n");
        LongAdder bytes = new LongAdder();
        TraceFile.read(file, bytes::add);

        assertThat(bytes.sum()).isEqualTo(Files.size(file)).isEqualTo(TraceFile.size(file));
    }

    @Test
    void read_missing_names() {
        assertThat(TraceFile.size(file)).isZero();
        assertFault("no such file");
    }

    @Test
    void read_directory_namesExpectation() {
        file = folder;
        assertFault("is a directory (expected: a text file, one key a line)");
    }

    @Test
    void read_empty_namesExpectation() throws IOException {
        Files.writeString(file, "");
        assertFault("holds no key (expected: one key a line)");
    }

    @Test
    void read_emptyLinesOnly_namesExpectation() throws IOException {
        Files.writeString(file, "\n\r\n\n");
        assertFault("holds no key (expected: one key a line)");
    }

    @Test
    void read_lineTooLong_namesLine() throws IOException {
        Files.writeString(file, "a\n" + "k".repeat(TraceFile.MAX_KEY_BYTES + 1) + "\n");
        assertFault("line 2 is longer than 1024 bytes (expected: one key a line)");
    }

    @Test
    void read_endlessLine_isNotReadToItsEnd() throws IOException {
        Files.writeString(file, "k".repeat(1_000_000));
        assertFault("line 1 is longer than 1024 bytes (expected: one key a line)");
    }

    @Test
    void read_notUtf8_namesLine() throws IOException {
        Files.write(file, "a\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertFault("line 2 is not UTF-8 (expected: UTF-8 text, one key a line; is the file compressed?)");
    }

    @Test
    void read_tooManyDifferentKeys_namesLimit() throws IOException {
        Files.write(
                file,
                IntStream.rangeClosed(0, TraceFile.MAX_KEYS)
                        .mapToObj(Integer::toString)
                        .toList());
        assertFault(
                "line 500,001 is a different key more than fit (expected: up to 500,000 of 134,217,728 bytes together)");
    }

    private void assertFault(String fault) {
        assertThatThrownBy(() -> TraceFile.read(file, bytes -> {}))
                .isInstanceOf(UsageException.class)
                .hasMessage("--trace " + file + ": " + fault);
    }

    private List<String> keysOf(String content) throws Exception {
        Files.writeString(file, content);
        ReferenceStream stream = TraceFile.read(file, bytes -> {});
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < stream.length(); i++) {
            keys.add(stream.keys().get(stream.keyNumberAt(i)));
        }
        return keys;
    }
}
