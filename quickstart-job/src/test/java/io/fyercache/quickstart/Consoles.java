package io.fyercache.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fyercache.core.time.SystemClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Consoles that nobody looks at, or that a test reads afterwards. */
final class Consoles {
    private Consoles() {}

    static Console quiet() {
        return on(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    static Console on(OutputStream out, OutputStream err) {
        return new Console(
                Terminal.none(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                SystemClock.INSTANCE);
    }

    static String text(ByteArrayOutputStream shown) {
        return shown.toString(UTF_8);
    }
}
