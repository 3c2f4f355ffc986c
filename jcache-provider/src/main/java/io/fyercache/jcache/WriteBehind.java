package io.fyercache.jcache;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a cache that writes behind which its {@link javax.cache.integration.CacheWriter} has not written yet: {@link
 * FyerCache#writeBehind()}. Of each key there is one, the newest.
 *
 * <p>A change that was tried as often as {@code writeBehind.attempts} says is a <i>dead letter</i>. It is tried no more, but it is not gone: the
 * cache does not load the older state that the database has, and the change stays until the key is changed again, or an operator replays or
 * discards it.
 *
 * <p>In a cluster this is about all of its members: each method asks the primaries of all partitions, or of those of the keys. Figures are a second old at
 * most then.
 *
 * <p>Thread-safe. Every method throws {@link IllegalStateException} after the cache is closed.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface WriteBehind<K, V> {

    /**
     * A change that was given up.
     *
     * @param value what the database was to be told; null if the key was to be deleted there
     * @param attempts how often it was tried
     * @param failure what the writer threw at last, as text
     * @param <K> the type of keys
     * @param <V> the type of values
     */
    record DeadLetter<K, V>(K key, @Nullable V value, int attempts, String failure) {}

    /** Returns how many keys have a change that is to be written; dead letters do not count. */
    int depth();

    /** Returns how far the database is behind: the age of the oldest of these changes; zero if there is none. Looks at all of them. */
    Duration lag();

    /** Returns how many batches could not be written, or not as a whole, since the cache was opened; in a cluster, since each primary began to serve. */
    long failures();

    /** Returns how many dead letters there are. */
    int deadLetterCount();

    /** Returns the dead letters, oldest first, in a cluster by partition: as they are now, each a copy. */
    List<DeadLetter<K, V>> deadLetters();

    /**
     * Has dead letters written, as soon as possible and with all their attempts.
     *
     * @return for how many of {@code keys} there was one
     */
    int replay(Set<? extends K> keys);

    /**
     * Drops dead letters, so that what the database has counts. An entry that the cache has stays as it is, and {@link FyerCache#invalidate} drops
     * that.
     *
     * @return for how many of {@code keys} there was one
     */
    int discard(Set<? extends K> keys);
}
