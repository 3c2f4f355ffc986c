package io.fyercache.sharded.topology;

/**
 * What a member shares its fate with. Copies of a partition go to different zones and hosts where there are any.
 *
 * @param host the machine, 1..{@value #MAX_NAME_LENGTH} printable characters
 * @param zone the rack or availability zone, 0..{@value #MAX_NAME_LENGTH} printable characters; {@link #NO_ZONE} if the
 *     operator named none
 */
public record Location(String host, String zone) {
    /** Characters; the longest name of the domain name system has 253. */
    public static final int MAX_NAME_LENGTH = 255;

    /** The zone of all members that were given none. */
    public static final String NO_ZONE = "";

    /** Checks the names. */
    public Location {
        Expected.text("host", host, 1, MAX_NAME_LENGTH);
        Expected.text("zone", zone, 0, MAX_NAME_LENGTH);
    }
}
