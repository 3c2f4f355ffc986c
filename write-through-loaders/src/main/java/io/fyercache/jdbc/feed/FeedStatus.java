package io.fyercache.jdbc.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a feed is.
 *
 * @param behind for how long it has not known that the caches have heard of everything: what was committed before that is out of
 *     them. Less than its waits and a round trip while all is well; it grows while the database or a cache does not answer
 * @param keysDropped keys that were dropped from caches so far, each time they were
 * @param cachesDropped how often a cache was dropped as a whole so far
 * @param interruptions how often the feed was kept from hearing so far
 * @param problem what keeps it from hearing, or from dropping, at present; null if nothing does. Holds no values
 */
public record FeedStatus(
        Duration behind,
        long keysDropped,
        long cachesDropped,
        long interruptions,
        @Nullable String problem) {}
