package io.fyercache.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a setting are: which ones it admits, and how they are written as text.
 *
 * @param <T> the Java type of a value
 */
sealed interface ValueType<T> {

    /** Returns what is expected, for the end of a sentence such as "expected: 1..4096". */
    String expectation();

    /** Returns whether a value is in range. */
    default boolean admits(T value) {
        return true;
    }

    /** Returns a value as text: the one that a file has for it, or a description where no text can name it. */
    default String print(T value) {
        return String.valueOf(value);
    }

    /** A value that one scalar of a file spells out. */
    sealed interface Scalar<T> extends ValueType<T> {

        /** Returns the value that a text stands for, in range or not; null when the text has another form. */
        @Nullable
        T parse(String text);

        /** Returns what is told of a text that is no value: without what may be secret in it. */
        default String told(String text) {
            return text;
        }
    }

    /** Yes or no. */
    record Flag() implements Scalar<Boolean> {
        @Override
        public String expectation() {
            return "true or false";
        }

        @Override
        public @Nullable Boolean parse(String text) {
            return switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
            };
        }
    }

    /** A number of things. */
    record Count(long minimum, long maximum) implements Scalar<Long> {
        private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,19}");

        @Override
        public String expectation() {
            return "a whole number, " + minimum + ".." + maximum;
        }

        @Override
        public boolean admits(Long value) {
            return value >= minimum && value <= maximum;
        }

        @Override
        public @Nullable Long parse(String text) {
            try {
                return DIGITS.matcher(text).matches() ? Long.valueOf(text) : null;
            } catch (NumberFormatException beyondLong) {
                return null;
            }
        }
    }

    /** A number of bytes. */
    record ByteCount(long minimum, long maximum) implements Scalar<Long> {
        /** Holds for exactly the forms with a unit, in Java and in JSON Schema. */
        static final String FORM_WITH_UNIT = "[0-9]{1,9}(KiB|MiB|GiB)";

        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");
        private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

        @Override
        public String expectation() {
            return "a number of bytes, such as 65536 or 16MiB, " + print(minimum) + ".." + print(maximum);
        }

        @Override
        public boolean admits(Long value) {
            return value >= minimum && value <= maximum;
        }

        @Override
        public @Nullable Long parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                return Long.parseLong(matcher.group(1)) << SHIFTS.getOrDefault(matcher.group(2), 0);
            }
            return new Count(minimum, maximum).parse(text);
        }

        @Override
        public String print(Long bytes) {
            if (bytes <= 0) {
                return Long.toString(bytes);
            }
            int zeros = Long.numberOfTrailingZeros(bytes);
            return zeros >= 30
                    ? (bytes >> 30) + "GiB"
                    : zeros >= 20 ? (bytes >> 20) + "MiB" : zeros >= 10 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
        }
    }

    /** A share of something, neither none nor all of it. */
    record Share() implements Scalar<Double> {
        private static final Pattern FORM = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,18})?");

        @Override
        public String expectation() {
            return "a number above 0 and below 1";
        }

        @Override
        public boolean admits(Double value) {
            return value > 0 && value < 1;
        }

        @Override
        public @Nullable Double parse(String text) {
            return FORM.matcher(text).matches() ? Double.valueOf(text) : null;
        }
    }

    /** A length of time. */
    record TimeSpan(Duration minimum, Duration maximum) implements Scalar<Duration> {
        @Override
        public String expectation() {
            return "a duration, such as 500ms, 10s, 5m, 2h, 1d or PT1H30M, " + print(minimum) + ".." + print(maximum);
        }

        @Override
        public boolean admits(Duration value) {
            return value.compareTo(minimum) >= 0 && value.compareTo(maximum) <= 0;
        }

        @Override
        public @Nullable Duration parse(String text) {
            return DurationText.parse(text);
        }

        @Override
        public String print(Duration value) {
            return DurationText.print(value);
        }
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    record Choice<E extends Enum<E>>(Class<E> constants) implements Scalar<E> {
        @Override
        public String expectation() {
            return String.join(" or ", names());
        }

        @Override
        public @Nullable E parse(String text) {
            for (E constant : constants.getEnumConstants()) {
                if (print(constant).equals(text)) {
                    return constant;
                }
            }
            return null;
        }

        @Override
        public String print(E constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        List<String> names() {
            return Arrays.stream(constants.getEnumConstants()).map(this::print).toList();
        }
    }

    /** The address of a topic: a URI, which is printed. */
    record Address() implements Scalar<URI> {
        /** Holds for what is written as an address, in Java and in JSON Schema. */
        static final String FORM = "[A-Za-z][A-Za-z0-9+.-]*:/.+";

        private static final Pattern PATTERN = Pattern.compile(FORM);

        @Override
        public String expectation() {
            return "the address of a topic, without user and password, such as kafka://host:9092/caches or jms:/caches?factory=orders";
        }

        @Override
        public boolean admits(URI uri) {
            return uri.getScheme() != null
                    && PATTERN.matcher(uri.toString()).matches()
                    && (uri.getRawAuthority() == null || !uri.getRawAuthority().contains("@"));
        }

        @Override
        public @Nullable URI parse(String text) {
            try {
                return PATTERN.matcher(text).matches() ? new URI(text) : null;
            } catch (URISyntaxException e) {
                return null;
            }
        }

        /** Returns the URI, without what may be secret in it. */
        @Override
        public String print(URI uri) {
            return told(uri.toString());
        }

        /** Returns no more than the scheme of what may have a password in it. */
        @Override
        public String told(String text) {
            return text.contains("@") ? text.substring(0, text.indexOf(':') + 1) + "..." : text;
        }
    }

    /** The type of keys or values. */
    record TypeName() implements ValueType<Class<?>> {
        @Override
        public String expectation() {
            return "the full name of a class on the class path, such as java.lang.Long";
        }

        @Override
        public String print(Class<?> type) {
            return type.getTypeName();
        }
    }

    /** An object of the user's, made by a factory; a file names its class. */
    record Instance(Class<?> role) implements ValueType<Factory<?>> {
        @Override
        public String expectation() {
            return "the full name of a public class that implements " + role.getName() + ", or a "
                    + Factory.class.getName() + " of it, and has a public constructor without parameters";
        }
    }

    /** Text in a list, each of one form. */
    record Names(String form, String expectation) implements ValueType<List<String>> {
        @Override
        public boolean admits(List<String> names) {
            return names.stream().allMatch(name -> name.matches(form));
        }

        @Override
        public String print(List<String> names) {
            return names.stream().collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** When entries expire. */
    record Expiration() implements ValueType<Factory<? extends ExpiryPolicy>> {
        @Override
        public String expectation() {
            return "eternal; created, modified, accessed or touched with a duration; creation, update and access with a duration each;"
                    + " or policy with the name of a class";
        }

        @Override
        public String print(Factory<? extends ExpiryPolicy> factory) {
            return ExpiryText.print(factory);
        }
    }

    /** Listeners to the events of entries. */
    record Listeners() implements ValueType<Set<CacheEntryListenerConfiguration<?, ?>>> {
        @Override
        public String expectation() {
            return "a list of listeners";
        }
    }
}
