package io.fyercache.zookeeper.turn;

import io.fyercache.zookeeper.turn.Claim.Kind;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a place in the queue of a lock: what is claimed, an id that no other place has, and the number that ZooKeeper has given it, such as
 * {@code permit.5-1f7b...-0000000012}.
 *
 * @param number grows from one to the next, and after the largest comes the smallest
 */
record PlaceName(String text, Claim claim, String id, int number) {
    private static final Pattern FORM = Pattern.compile("(lock|read|write|permit)\\.(\\d{1,4})-(.{36})-(-?\\d{9,10})");

    /** The name without its number. */
    static String beginning(Claim claim, UUID id) {
        return claim.kind().name().toLowerCase(Locale.ROOT) + "." + claim.permits() + "-" + id + "-";
    }

    /** Reads a name; returns null if it is not that of a place, as anybody may have made a znode. */
    static @Nullable PlaceName read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            Claim claim = new Claim(kind, Integer.parseInt(matcher.group(2)));
            return new PlaceName(text, claim, matcher.group(3), Integer.parseInt(matcher.group(4)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Tells whether its turn comes earlier. Among those who wait at the same time, no two are half of all numbers apart. */
    boolean isBefore(PlaceName other) {
        return number - other.number < 0;
    }
}
