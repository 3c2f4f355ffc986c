package io.fyercache.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of durations: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1d}, or ISO-8601 ({@code PT1H30M}). */
public final class DurationText {

    /** A regular expression, of the dialect that Java and JSON Schema share, which holds for exactly the short forms. */
    static final String SHORT_FORM = "[0-9]{1,15}(ms|s|m|h|d)";

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,15})(ms|s|m|h|d)");

    private DurationText() {}

    /** Returns the duration that a text stands for; null when the text has another form or is too long for a {@link Duration}. */
    public static @Nullable Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        try {
            if (matcher.matches()) {
                long amount = Long.parseLong(matcher.group(1));
                return switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
            }
            return text.startsWith("P") || text.startsWith("-P") ? Duration.parse(text) : null;
        } catch (ArithmeticException | DateTimeParseException tooLongOrMalformed) {
            return null;
        }
    }

    /** Returns the shortest text that {@link #parse} reads as this duration. */
    static String print(Duration duration) {
        long seconds = duration.getSeconds();
        int nanos = duration.getNano();
        if (duration.isNegative() || nanos % 1_000_000 != 0 || seconds > 1_000_000_000_000L) {
            return duration.toString();
        }
        if (nanos != 0) {
            return duration.toMillis() + "ms";
        }
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
    }
}
