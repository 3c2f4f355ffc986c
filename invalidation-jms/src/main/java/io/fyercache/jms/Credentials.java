package io.fyercache.jms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who this process is to a broker.
 *
 * @param user the name
 * @param password the password, which is never printed
 */
record Credentials(String user, String password) {
    /** Bytes of the file, 4 KiB: what is longer is another file. */
    private static final int MAX_BYTES = 4 << 10;

    /**
     * Reads {@code user:password} from the first line of a file in UTF-8.
     *
     * @throws IllegalArgumentException if that is not there
     */
    static Credentials read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) <= MAX_BYTES) {
                String line = Files.readString(path).lines().findFirst().orElse("");
                int colon = line.indexOf(':');
                if (colon > 0) {
                    return new Credentials(line.substring(0, colon), line.substring(colon + 1));
                }
            }
            throw unusable(file, null);
        } catch (IOException | InvalidPathException e) {
            throw unusable(file, e);
        }
    }

    private static IllegalArgumentException unusable(String file, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "invalidation.bus: jms: userFile: " + file + " (expected: a readable file of at most " + MAX_BYTES
                        + " bytes whose first line is user:password); correct the path or the file",
                cause);
    }

    /** Returns the user alone. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
