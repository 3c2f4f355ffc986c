package io.fyercache.configuration;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody may have meant who wrote an unknown one. */
public final class NearestName {

    /** Longer names are not typing errors, and the distance takes time by the square of the length. */
    private static final int LONGEST_NAME = 64;

    private NearestName() {}

    /**
     * Returns the known name that differs least, not counting case; empty when every one differs by more than a third of its letters (two
     * letters in short names).
     */
    public static Optional<String> of(String unknown, Collection<String> known) {
        if (unknown.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        String lowerCase = unknown.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(lowerCase, name.toLowerCase(Locale.ROOT));
            if (distance < least && distance <= Math.max(2, name.length() / 3) && distance < name.length()) {
                nearest = name;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns how many letters have to be inserted, removed, changed or swapped with the next (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
