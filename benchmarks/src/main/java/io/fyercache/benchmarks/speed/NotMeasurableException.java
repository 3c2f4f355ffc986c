package io.fyercache.benchmarks.speed;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** Thrown when a contestant does not do what a cell asks for; the message is the reason, for the report. */
final class NotMeasurableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotMeasurableException(String reason) {
        super(reason);
    }

    /** Throws with a reason unless a claim holds. */
    @FormatMethod
    static void unless(boolean holds, @FormatString String reason, Object... arguments) {
        if (!holds) {
            throw new NotMeasurableException(reason.formatted(arguments));
        }
    }
}
