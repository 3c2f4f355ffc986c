package io.fyercache.sharded.message;

import java.util.List;

/**
 * What has become of the entries of a partition that processes may keep near (N2). Whoever knows everything up to {@code after}, or more, knows
 * everything up to {@code upTo} with these keys; whoever does not has missed something.
 *
 * @param generation the partition's, in which entries of the log are counted
 * @param after the number of an entry of the log, 0 or more
 * @param upTo the number of the last entry that is committed, not less than {@code after}
 * @param keys those that entries in between have changed, each once, of caches that are read near; at most {@value #MAX_KEYS}
 */
public record NearNews(int partition, long generation, long after, long upTo, List<EntryKey> keys) {
    /** Keys: what a busy partition changes in some ticks. Of more it is said that something was missed, which costs less. */
    public static final int MAX_KEYS = 1_024;

    /**
     * Keeps an unmodifiable copy.
     *
     * @throws IllegalArgumentException if there are too many keys, or the end is before the beginning
     */
    public NearNews {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("keys of news: " + keys.size() + " (expected: 0.." + MAX_KEYS + ")");
        }
        if (upTo < after) {
            throw new IllegalArgumentException("end of news: " + upTo + " (expected: at least " + after + ")");
        }
        keys = List.copyOf(keys);
    }
}
