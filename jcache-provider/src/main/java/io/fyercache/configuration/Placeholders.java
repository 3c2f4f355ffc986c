package io.fyercache.configuration;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with {@code ${NAME}} or {@code ${NAME:default}} in place of what differs between installations.
 *
 * <p>A name is looked up once; what it stands for is taken as it is, so that nothing from outside can name further placeholders.
 */
final class Placeholders {

    /** What opens every placeholder. */
    static final String OPENING = "${";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::([^{}]*))?}");

    private final Function<String, @Nullable String> environment;

    Placeholders(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** Returns the environment variable of a name, else the system property, else null. */
    static @Nullable String fromProcess(String name) {
        String variable = System.getenv(name);
        return variable == null ? System.getProperty(name) : variable;
    }

    /** A text with its placeholders filled in, or the reason why that cannot be. */
    record Filled(String text, Optional<String> expectation, String remedy) {}

    Filled fill(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            String literal = text.substring(end, matcher.start());
            if (literal.contains(OPENING)) {
                return malformed(text);
            }
            String value = environment.apply(matcher.group(1));
            if (value == null) {
                value = matcher.group(2);
            }
            if (value == null) {
                String name = matcher.group(1);
                return new Filled(
                        text,
                        Optional.of("an environment variable or system property " + name),
                        "set it, or give a default: ${" + name + ":default}");
            }
            filled.append(literal).append(value);
            end = matcher.end();
        }
        String rest = text.substring(end);
        return rest.contains(OPENING)
                ? malformed(text)
                : new Filled(filled.append(rest).toString(), Optional.empty(), "");
    }

    private static Filled malformed(String text) {
        return new Filled(
                text,
                Optional.of("${NAME} or ${NAME:default}"),
                "close the brace, and name it by letters, digits and _.-");
    }
}
