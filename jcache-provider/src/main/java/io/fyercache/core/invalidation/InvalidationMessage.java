package io.fyercache.core.invalidation;

import java.util.List;

/**
 * What one process tells all others. The announcements of an origin are numbered from 0 without a gap; the other messages say which number comes next.
 * Immutable.
 */
public sealed interface InvalidationMessage {

    /** Returns who tells it. */
    OriginId origin();

    /** Returns the number of an announcement; of another message, the number of the origin's next announcement. 0 or more. */
    long sequence();

    /** Something has changed in one cache. */
    sealed interface Announcement extends InvalidationMessage {
        /** Returns the cache's name. */
        String cacheName();
    }

    /** These keys have changed. */
    record Keys(OriginId origin, long sequence, String cacheName, List<EncodedKey> keys) implements Announcement {}

    /** Any key may have changed. */
    record All(OriginId origin, long sequence, String cacheName) implements Announcement {}

    /**
     * The origin lives, and has made all announcements before a number.
     *
     * @param stampNanos when it was sent, by the origin's own running clock: of meaning to nobody else
     */
    record Heartbeat(OriginId origin, long sequence, long stampNanos) implements InvalidationMessage {}

    /** The origin ends, and has made all its announcements. */
    record Farewell(OriginId origin, long sequence) implements InvalidationMessage {}
}
