package io.fyercache.zookeeper.znode;

import io.fyercache.sharded.coordination.CacheCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which cache a znode below {@link Znodes#CACHES} is of. Its name says so, such as {@code orders-7}: what a cache is called and its number are
 * known of all caches by one look at the list, even of one whose definition cannot be read.
 *
 * @param name of the cache
 * @param number of the cache, at least 1
 */
public record CacheZnode(String name, int number) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern FORM = Pattern.compile("((?:[\\w.-]|%[0-9A-F]{2})+)-([1-9]\\d{0,9})");

    /** What stands in a path for itself. */
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

    /**
     * Checks the name of a cache.
     *
     * @throws IllegalArgumentException if it is empty, too long or no Unicode
     */
    public static void checkName(String name) {
        int length = inPath(name).length();
        if (length == 0 || length > CacheCatalogue.MAX_NAME_LENGTH) {
            throw refused(name, "length " + length);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw refused(name, "with a half of a surrogate pair");
        }
    }

    private static IllegalArgumentException refused(String name, String found) {
        return new IllegalArgumentException("name of a cache: '" + name + "', " + found
                + " (expected: Unicode, 1.." + CacheCatalogue.MAX_NAME_LENGTH
                + " characters, each that is no letter or digit of ASCII, '_', '.' or '-' counting three for each byte"
                + " of its UTF-8)");
    }

    /** Reads the name of a znode; null if it is none of a cache. */
    public static @Nullable CacheZnode parse(String znodeName) {
        Matcher matcher = FORM.matcher(znodeName);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(2));
        if (number > Integer.MAX_VALUE) {
            return null;
        }
        CacheZnode cache = new CacheZnode(fromPath(matcher.group(1)), (int) number);
        // No cache has two paths.
        return cache.path().equals(Znodes.CACHES + "/" + znodeName) ? cache : null;
    }

    /** Returns where it is. */
    public String path() {
        return Znodes.CACHES + "/" + inPath(name) + "-" + number;
    }

    private static String inPath(String name) {
        StringBuilder path = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(octet) >= 0) {
                path.append((char) octet);
            } else {
                path.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return path.toString();
    }

    private static String fromPath(String path) {
        byte[] utf8 = new byte[path.length()];
        int length = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                utf8[length++] = (byte) HexFormat.fromHexDigits(path, i + 1, i + 3);
                i += 2;
            } else {
                utf8[length++] = (byte) path.charAt(i);
            }
        }
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }
}
