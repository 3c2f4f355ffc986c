package io.fyercache.jdbc.datasource;

import io.fyercache.jdbc.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A password that does not print itself.
 *
 * <p>No {@code toString}, {@code equals} or serialization gives it away; only the pool reads it. Immutable and
 * thread-safe.
 */
public final class Secret {

    private static final String MASK = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** The given text. Prefer {@link #ofEnvironment} or {@link #ofFile}, which keep it out of source code. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * The value of an environment variable.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if it is not set
     */
    public static Secret ofEnvironment(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            Faults faults = new Faults("Secret");
            faults.add("environment variable", variable, "to be set", "set it for this process");
            throw faults.exception();
        }
        return new Secret(value);
    }

    /**
     * The first line of a file in UTF-8, as container platforms mount secrets.
     *
     * @throws io.fyercache.jdbc.fault.InvalidSettingsException if the file cannot be read or is empty
     */
    public static Secret ofFile(Path file) {
        String problem = "empty";
        try (var lines = Files.lines(file)) {
            String line = lines.findFirst().orElse("");
            if (!line.isEmpty()) {
                return new Secret(line);
            }
        } catch (IOException e) {
            problem = e.getClass().getSimpleName();
        }
        Faults faults = new Faults("Secret");
        faults.add("file", file + ", " + problem, "a readable file with the secret in its first line", "mend the file");
        throw faults.exception();
    }

    String reveal() {
        return text;
    }

    /** Always {@value #MASK}. */
    @Override
    public String toString() {
        return MASK;
    }
}
