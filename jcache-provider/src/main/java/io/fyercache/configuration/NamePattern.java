package io.fyercache.configuration;

/**
 * Cache names by example: {@code *} stands for any characters, also none.
 *
 * @param text the pattern as written
 */
record NamePattern(String text) {

    private static final char ANY = '*';

    /** Returns whether a key of {@code caches:} is a pattern and not a name. */
    static boolean isPattern(String key) {
        return key.indexOf(ANY) >= 0;
    }

    /** Returns the characters that every matching name begins with. */
    String literalPrefix() {
        return text.substring(0, text.indexOf(ANY));
    }

    boolean matches(String name) {
        return overlap(text, name, false);
    }

    /** Returns whether some name matches both patterns and neither is the closer one. */
    boolean isAmbiguousWith(NamePattern other) {
        return literalPrefix().equals(other.literalPrefix()) && overlap(text, other.text, true);
    }

    /**
     * Returns whether {@code pattern} and {@code other} have a name in common.
     *
     * <p>{@code common[j]} says, for the rest of {@code pattern} from some character on, whether it has a name in common with the rest of
     * {@code other} from its character {@code j} on.
     */
    private static boolean overlap(String pattern, String other, boolean otherIsPattern) {
        boolean[] common = new boolean[other.length() + 1];
        for (int i = pattern.length(); i >= 0; i--) {
            boolean[] next = common;
            common = new boolean[other.length() + 1];
            for (int j = other.length(); j >= 0; j--) {
                boolean patternEnds = i == pattern.length();
                boolean otherEnds = j == other.length();
                if (patternEnds && otherEnds) {
                    common[j] = true;
                } else if (!patternEnds && pattern.charAt(i) == ANY) {
                    common[j] = next[j] || (!otherEnds && common[j + 1]);
                } else if (!otherEnds && otherIsPattern && other.charAt(j) == ANY) {
                    common[j] = common[j + 1] || (!patternEnds && next[j]);
                } else {
                    common[j] = !patternEnds && !otherEnds && pattern.charAt(i) == other.charAt(j) && next[j + 1];
                }
            }
        }
        return common[0];
    }
}
