package io.fyercache.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** Starts programs whose wall clock is wrong, by libfaketime (Debian: {@code apt install faketime}); running times are right. */
final class ClockOffset {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Path NAME = Path.of("faketime", "libfaketime.so.1");

    private ClockOffset() {}

    /**
     * Returns what a program's environment must have for its clock to be ahead by that much.
     *
     * @throws IllegalStateException if the library is not there
     */
    static Map<String, String> environment(Duration ahead) throws IOException {
        if (ahead.isZero()) {
            return Map.of();
        }
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME",
                (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "s",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    private static Path library() throws IOException {
        try (Stream<Path> ofMachines = Files.list(LIBRARIES)) {
            return Stream.concat(Stream.of(LIBRARIES), ofMachines)
                    .map(folder -> folder.resolve(NAME))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            NAME + ": not in " + LIBRARIES + " (expected: libfaketime); install faketime"));
        }
    }
}
