package io.fyercache.sharded.topology;

/** Checks of arguments that say what was expected. */
final class Expected {
    private Expected() {}

    /** Throws {@link IllegalArgumentException} if a number is out of its range. */
    static void inRange(String name, long value, long smallest, long largest) {
        if (value < smallest || value > largest) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + smallest + ".." + largest + ")");
        }
    }

    /** Throws {@link IllegalArgumentException} if a number is too small. */
    static void atLeast(String name, long value, long smallest) {
        if (value < smallest) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + smallest + ")");
        }
    }

    /** Throws {@link IllegalArgumentException} if a text is too short, too long, or has characters that cannot be printed. */
    static void text(String name, String value, int shortest, int longest) {
        if (value.length() < shortest || value.length() > longest) {
            throw new IllegalArgumentException(
                    name + ": " + value.length() + " characters (expected: " + shortest + ".." + longest + ")");
        }
        if (!value.codePoints().allMatch(Expected::isPrintable)) {
            throw new IllegalArgumentException(name
                    + ": has a character that cannot be printed (expected: no control characters, no halves of pairs)");
        }
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
