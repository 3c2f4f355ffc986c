package io.fyercache.node;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers as people and scripts read them: one thing in a line, names and values with {@code =} between them. */
final class PlainText {
    private PlainText() {}

    /** Prints an answer: of a list each item in a line, of an object each value. */
    static void print(@Nullable Object answer, PrintWriter out) {
        if (answer instanceof List<?> items) {
            items.forEach(item -> out.println(line(item)));
        } else if (answer instanceof Map<?, ?> object) {
            object.forEach((name, value) -> out.println(name + "=" + word(value)));
        } else {
            out.println(word(answer));
        }
    }

    /** Returns an object as one line. */
    static String line(@Nullable Object item) {
        return item instanceof Map<?, ?> object
                ? object.entrySet().stream()
                        .map(each -> each.getKey() + "=" + word(each.getValue()))
                        .collect(Collectors.joining(" "))
                : word(item);
    }

    private static String word(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return "{" + line(object) + "}";
        } else if (value instanceof List<?> list) {
            return list.stream().map(PlainText::word).collect(Collectors.joining(",", "[", "]"));
        }
        // A value must not look like a line of its own.
        return String.valueOf(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
