package io.fyercache.zookeeper.znode;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which amendment of a cache a znode below {@link Znodes#CACHES} is. Its name says so, such as {@code 7+19}, which is the name of no cache: so by one look at
 * the list it is known which caches have been changed since they were read.
 *
 * @param number of the cache, at least 1
 * @param revision the version that the list has had with it, at least 1
 */
public record AmendmentZnode(int number, int revision) {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,9})\\+([1-9]\\d{0,9})");

    /** Reads the name of a znode; null if it is none of an amendment. */
    public static @Nullable AmendmentZnode parse(String znodeName) {
        Matcher matcher = FORM.matcher(znodeName);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        long revision = Long.parseLong(matcher.group(2));
        return number > Integer.MAX_VALUE || revision > Integer.MAX_VALUE
                ? null
                : new AmendmentZnode((int) number, (int) revision);
    }

    /** Returns where it is. */
    public String path() {
        return Znodes.CACHES + "/" + number + "+" + revision;
    }
}
