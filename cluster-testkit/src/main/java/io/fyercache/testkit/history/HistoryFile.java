package io.fyercache.testkit.history;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Histories as text in UTF-8, for a failed run to be looked at and checked again: a JSON object a line, first one that says
 * what follows, then one for each operation.
 *
 * <pre>
 * {"format":"fyercache-history","version":1,"silentRemoval":"NEVER"}
 * {"client":"client-1","key":"k","op":"put","value":"a","invoked":120,"returned":310,"answer":null}
 * {"client":"client-2","key":"k","op":"remove","invoked":180,"outcome":"unknown"}
 * </pre>
 *
 * <p>Operations are called as the methods of {@link javax.cache.Cache}; with an expected value {@code replaceExpected} and
 * {@code removeExpected}; {@code invoke} is {@code compareAndSet}, {@code add} or, of any other function, {@code invoke},
 * and has {@code read} and {@code left} for an answer. Times are in nanoseconds.
 */
public final class HistoryFile {
    private static final String FORMAT = "format";
    private static final String FORMAT_NAME = "fyercache-history";
    private static final String VERSION = "version";
    private static final long CURRENT_VERSION = 1;
    private static final String SILENT_REMOVAL = "silentRemoval";

    private HistoryFile() {}

    /**
     * Writes a history of keys and values that are {@link String}, {@link Boolean}, {@link Long} or {@link Integer}, which
     * is read as a {@code Long}.
     *
     * @throws IllegalArgumentException if one is of another type
     */
    public static void write(History history, Path file) throws IOException {
        write(history, file, HistoryFile::refuse);
    }

    /**
     * Writes a history of any keys and values.
     *
     * @param text makes strings of those that are not of the types above: the same of equal ones, and different ones of
     *     different ones
     */
    public static void write(History history, Path file, Function<Object, String> text) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put(FORMAT, FORMAT_NAME);
            header.put(VERSION, CURRENT_VERSION);
            header.put(SILENT_REMOVAL, history.silentRemoval().name());
            lines.write(JsonLine.print(header));
            lines.write('\n');
            for (Operation operation : history.operations()) {
                lines.write(JsonLine.print(OperationLine.members(operation, text)));
                lines.write('\n');
            }
        }
    }

    /**
     * Reads a history.
     *
     * @throws MalformedHistoryException if the file is no history file, or one of a later version
     */
    public static History read(Path file) throws IOException {
        int number = 1;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            SilentRemoval silentRemoval = header(lines.readLine());
            List<Operation> operations = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                operations.add(OperationLine.operation(JsonLine.parse(line)));
            }
            return new History(operations, silentRemoval);
        } catch (IllegalArgumentException fault) {
            throw new MalformedHistoryException(file + ", line " + number + ": " + fault.getMessage(), fault);
        }
    }

    private static SilentRemoval header(@Nullable String line) {
        Map<String, @Nullable Object> members = JsonLine.parse(Objects.requireNonNullElse(line, ""));
        if (!FORMAT_NAME.equals(members.get(FORMAT))) {
            throw new IllegalArgumentException(
                    FORMAT + ": " + members.get(FORMAT) + " (expected: " + FORMAT_NAME + ")");
        }
        if (!Objects.equals(members.get(VERSION), CURRENT_VERSION)) {
            throw new IllegalArgumentException(VERSION + ": " + members.get(VERSION) + " (expected: " + CURRENT_VERSION
                    + "); take the test kit that wrote it");
        }
        return SilentRemoval.valueOf(String.valueOf(members.get(SILENT_REMOVAL)));
    }

    private static String refuse(Object value) {
        throw new IllegalArgumentException("value of " + value.getClass().getName()
                + " (expected: String, Boolean, Long or Integer); say how to make a text of it");
    }
}
