package io.fyercache.sharded.topology;

import org.jspecify.annotations.Nullable;

/**
 * The versions of the protocol that a process speaks, of its messages and of what they mean. A cluster speaks the newest that all its members
 * do.
 *
 * @param oldest at least 1
 * @param newest at least {@code oldest}, at most {@link #MAX_VERSION}
 */
public record ProtocolVersions(int oldest, int newest) {
    /** A number that no version ever reaches, so that damaged bytes are noticed. */
    public static final int MAX_VERSION = 65_535;

    /** What this release speaks. */
    public static final ProtocolVersions SPOKEN = new ProtocolVersions(1, 1);

    /** Checks the range. */
    public ProtocolVersions {
        Expected.inRange("newest protocol version", newest, 1, MAX_VERSION);
        Expected.inRange("oldest protocol version", oldest, 1, newest);
    }

    /** Tells whether there is a version that both speak. */
    public boolean overlaps(ProtocolVersions other) {
        return oldest <= other.newest && other.oldest <= newest;
    }

    /** Returns what both speak, or null if that is nothing. */
    public @Nullable ProtocolVersions common(ProtocolVersions other) {
        return overlaps(other)
                ? new ProtocolVersions(Math.max(oldest, other.oldest), Math.min(newest, other.newest))
                : null;
    }

    @Override
    public String toString() {
        return oldest + ".." + newest;
    }
}
