package io.fyercache.sharded.message;

import io.fyercache.sharded.message.Answer.Done;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a partition: what the primary has decided and all copies do.
 *
 * @param number counts the steps of a partition, without gaps, from 1
 * @param epoch the number of the epoch in which it was decided
 * @param partitionMillis the partition's time when it was decided, which never runs back
 * @param origin whose operation it is; null if the primary decided on its own, as it does about what has expired
 * @param answer the answer to the operation, which its retries get too
 */
public record LogEntry(
        long number,
        long epoch,
        long partitionMillis,
        @Nullable Origin origin,
        List<Effect> effects,
        Done answer) {

    /**
     * Effects of an entry: with the longest keys, of 64 KiB, what the primary takes out by itself, or for a client that clears a cache, takes
     * half of what a message may have. An operation on one key has three at most.
     */
    public static final int MAX_EFFECTS = 128;

    /**
     * Keeps an unmodifiable copy of the effects.
     *
     * @throws IllegalArgumentException if they are more than {@value #MAX_EFFECTS}
     */
    public LogEntry {
        if (effects.size() > MAX_EFFECTS) {
            throw new IllegalArgumentException(
                    "effects of an entry: " + effects.size() + " (expected: 0.." + MAX_EFFECTS + ")");
        }
        effects = List.copyOf(effects);
    }

    /** Tells whether it has an effect on the entry of a key. */
    public boolean concerns(EntryKey key) {
        for (Effect effect : effects) {
            if (effect.key().equals(key)) {
                return true;
            }
        }
        return false;
    }
}
