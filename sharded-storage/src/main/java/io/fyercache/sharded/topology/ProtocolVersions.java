package io.fyercache.sharded.topology;

/**
 * The versions of the wire protocol that a member speaks.
 *
 * @param oldest at least 1
 * @param newest at least {@code oldest}, at most {@link #MAX_VERSION}
 */
public record ProtocolVersions(int oldest, int newest) {
    /** A number that no version ever reaches, so that damaged bytes are noticed. */
    public static final int MAX_VERSION = 65_535;

    /** Checks the range. */
    public ProtocolVersions {
        Expected.inRange("newest protocol version", newest, 1, MAX_VERSION);
        Expected.inRange("oldest protocol version", oldest, 1, newest);
    }

    /** Tells whether there is a version that both speak. */
    public boolean overlaps(ProtocolVersions other) {
        return oldest <= other.newest && other.oldest <= newest;
    }
}
