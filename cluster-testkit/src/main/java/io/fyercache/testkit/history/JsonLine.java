package io.fyercache.testkit.history;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object (RFC 8259) on one line whose members are strings, integers of 64 bits, true, false or null: all that a
 * history file needs. For one thread.
 */
final class JsonLine {
    private final String text;
    private int position;

    private JsonLine(String text) {
        this.text = text;
    }

    /** Returns the line for members that are {@link String}, {@link Long}, {@link Boolean} or null. */
    static String print(Map<String, ? extends @Nullable Object> members) {
        StringBuilder line = new StringBuilder("{");
        members.forEach((name, value) -> {
            line.append(line.length() > 1 ? "," : "");
            quote(name, line);
            line.append(':');
            if (value instanceof String string) {
                quote(string, line);
            } else {
                line.append(value);
            }
        });
        return line.append('}').toString();
    }

    /**
     * Returns the members that a line has.
     *
     * @throws IllegalArgumentException if it is not of the form above
     */
    static Map<String, @Nullable Object> parse(String line) {
        return new JsonLine(line).object();
    }

    private static void quote(String string, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            if (character == '"' || character == '\\') {
                line.append('\\').append(character);
            } else if (character < ' ' || Character.isSurrogate(character)) {
                // A surrogate may have lost its partner, which UTF-8 cannot write.
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                line.append(character);
            }
        }
        line.append('"');
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            if (members.containsKey(name)) {
                throw fault("member '" + name + "' once");
            }
            members.put(name, value());
        }
        expect('}');
        if (position < text.length()) {
            throw fault("the end of the line");
        }
        return members;
    }

    private @Nullable Object value() {
        if (peek() == '"') {
            return string();
        }
        int start = position;
        while (position < text.length() && ",} ".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> number(word, start);
        };
    }

    private Long number(String word, int start) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException noInteger) {
            position = start;
            throw fault("a string, an integer of 64 bits, true, false or null");
        }
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char character = take();
            if (character == '"') {
                return string.toString();
            }
            string.append(character == '\\' ? escaped() : character);
        }
    }

    private char escaped() {
        char character = take();
        return switch (character) {
            case '"', '\\', '/' -> character;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("an escape of JSON");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(take(), 16);
            if (digit < 0) {
                throw fault("four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw fault("'" + expected + "'");
        }
        position++;
    }

    /** Returns the next character that is no space, without taking it. */
    private char peek() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
        if (position == text.length()) {
            throw fault("more");
        }
        return text.charAt(position);
    }

    private char take() {
        if (position == text.length()) {
            throw fault("more");
        }
        return text.charAt(position++);
    }

    private IllegalArgumentException fault(String expected) {
        return new IllegalArgumentException("column " + (position + 1) + ": expected " + expected);
    }
}
