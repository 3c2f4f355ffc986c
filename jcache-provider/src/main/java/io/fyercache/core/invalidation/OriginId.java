package io.fyercache.core.invalidation;

import java.util.Comparator;
import java.util.HexFormat;

/**
 * Who tells of changes: 128 bits drawn anew for each life of a process, so that a process which begins again is somebody else. Immutable.
 *
 * @param high the upper half
 * @param low the lower half
 */
public record OriginId(long high, long low) implements Comparable<OriginId> {
    private static final Comparator<OriginId> ORDER =
            Comparator.comparingLong(OriginId::high).thenComparingLong(OriginId::low);

    @Override
    public int compareTo(OriginId other) {
        return ORDER.compare(this, other);
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
