package io.fyercache.jdbc.mapping;

/**
 * A key as messages show it: shortened, control characters escaped so that a key cannot forge a line of the log.
 *
 * <p>Not thread-safe.
 */
public final class ShownKey {

    /** The most characters of a key that a message shows, lest a long key fill the log. */
    public static final int MAX_LENGTH = 120;

    private final StringBuilder text = new StringBuilder();

    /** The text of a key that is one value. */
    public static String of(Object key) {
        ShownKey shown = new ShownKey();
        shown.value(key);
        return shown.toString();
    }

    boolean isFull() {
        return text.length() >= MAX_LENGTH;
    }

    /** Adds what is ours. */
    void name(String name) {
        text.append(name);
    }

    /** Adds what is the user's. */
    void value(Object value) {
        String given = textOf(value);
        for (int i = 0; i < given.length(); i++) {
            if (isFull()) {
                text.append("...");
                return;
            }
            char c = given.charAt(i);
            // Separators U+2028 and U+2029 break lines in some viewers as control characters do.
            boolean breaksLines = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            if (breaksLines) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
    }

    /** Classes of the user's may throw, and that must not hide the error told. */
    private static String textOf(Object value) {
        try {
            return value.toString();
        } catch (RuntimeException e) {
            return "(not printable: " + e.getClass().getName() + ")";
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
