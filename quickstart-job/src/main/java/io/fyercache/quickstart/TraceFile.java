package io.fyercache.quickstart;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A user's own trace: UTF-8 text with one key a line, in the order of access. Lines end with LF or CR LF; empty lines
 * are passed over. It is read once, from start to end, so a pipe will do.
 */
final class TraceFile {
    /** The longest key in bytes: what the table's key column holds in any script. */
    static final int MAX_KEY_BYTES = ClassTable.MAX_NAME_CHARACTERS;
    /** The most accesses: 80 MB of the heap that the script gives. */
    static final int MAX_ACCESSES = 20_000_000;
    /** The most different keys: each is a row in the database, some 500 bytes with its place in the indexes. */
    static final int MAX_KEYS = 500_000;
    /** The most that the different keys may hold together, in bytes: a sixth of the heap that the script gives. */
    static final int MAX_BYTES_OF_KEYS = 128 << 20;

    private static final int LINE_FEED = '\n';
    private static final int END = -1;

    private final Path file;
    private final LongConsumer bytesRead;
    private final byte[] line = new byte[MAX_KEY_BYTES + 1]; // and the CR of a CR LF
    private long lineNumber;
    private long bytesOfKeys;

    private TraceFile(Path file, LongConsumer bytesRead) {
        this.file = file;
        this.bytesRead = bytesRead;
    }

    /** The length of {@code file} in bytes, or 0 if it has none, like a pipe or a missing file. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // reading it will tell
        }
    }

    /**
     * Reads the trace in {@code file}.
     *
     * @param bytesRead is told how many bytes each line took
     * @throws UsageException if the file is missing, a directory, not readable, not UTF-8, holds no key, or exceeds a
     *     limit of this class; the message names the file, the line and what was expected
     */
    static ReferenceStream read(Path file, LongConsumer bytesRead) throws UsageException {
        if (Files.notExists(file)) {
            throw fault(file, "no such file");
        }
        if (Files.isDirectory(file)) {
            throw fault(file, "is a directory (expected: a text file, one key a line)");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new TraceFile(file, bytesRead).read(in);
        } catch (IOException e) {
            throw fault(file, "cannot be read (" + e + "); check its permissions");
        }
    }

    private ReferenceStream read(InputStream in) throws IOException, UsageException {
        ReferenceStream.Builder stream = new ReferenceStream.Builder();
        for (int length = readLine(in); length != END; length = readLine(in)) {
            if (length > 0) {
                add(decode(length), length, stream);
            }
            bytesRead.accept(length + 1L);
        }
        if (stream.length() == 0) {
            throw fault(file, "holds no key (expected: one key a line)");
        }
        return stream.build();
    }

    private void add(String key, int length, ReferenceStream.Builder stream) throws UsageException {
        if (stream.length() == MAX_ACCESSES) {
            throw lineFault("one more than the " + Figures.count(MAX_ACCESSES) + " keys that are replayed");
        }
        int keysBefore = stream.keyCount();
        stream.add(key);
        if (stream.keyCount() > keysBefore) {
            bytesOfKeys += length;
        }
        if (stream.keyCount() > MAX_KEYS || bytesOfKeys > MAX_BYTES_OF_KEYS) {
            throw lineFault("a different key more than fit (expected: up to " + Figures.count(MAX_KEYS) + " of "
                    + Figures.count(MAX_BYTES_OF_KEYS) + " bytes together)");
        }
    }

    /** Reads a line into {@link #line} and returns its length in bytes without the line end, or {@link #END}. */
    private int readLine(InputStream in) throws IOException, UsageException {
        lineNumber++;
        int length = 0;
        int next = in.read();
        if (next == END) {
            return END;
        }
        for (; next != LINE_FEED && next != END; next = in.read()) {
            if (length == line.length) {
                throw lineFault("longer than " + MAX_KEY_BYTES + " bytes (expected: one key a line)");
            }
            line[length++] = (byte) next;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length > MAX_KEY_BYTES) {
            throw lineFault("longer than " + MAX_KEY_BYTES + " bytes (expected: one key a line)");
        }
        return length;
    }

    private String decode(int length) throws UsageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw lineFault("not UTF-8 (expected: UTF-8 text, one key a line; is the file compressed?)");
        }
    }

    private UsageException lineFault(String fault) {
        return fault(file, "line " + Figures.count(lineNumber) + " is " + fault);
    }

    private static UsageException fault(Path file, String fault) {
        return new UsageException("--trace " + file + ": " + fault);
    }
}
