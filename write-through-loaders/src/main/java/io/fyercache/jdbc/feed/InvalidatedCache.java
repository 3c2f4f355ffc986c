package io.fyercache.jdbc.feed;

import java.util.Set;
import java.util.function.Consumer;

/**
 * What a change feed needs of a cache: that it drops entries, and tells no writer. An entry that is being loaded is dropped when
 * its load has ended, as the load may have read the row before it changed.
 *
 * <p>JSR-107 has no such operation for some keys. With FyerCache:
 *
 * <pre>{@code
 * InvalidatedCache.of(people.unwrap(FyerCache.class)::invalidate, people::clear)
 * }</pre>
 *
 * <p>Called by one thread of the feed at a time. What it throws is logged, and the call repeated until it succeeds.
 *
 * @param <K> the cache's key type
 */
public interface InvalidatedCache<K> {

    /** Drops the entries of these keys, where there are any, and whatever is remembered of keys without a row. */
    void invalidate(Set<K> keys);

    /** Drops all entries. */
    void invalidateAll();

    /** A cache of two functions. */
    static <K> InvalidatedCache<K> of(Consumer<? super Set<K>> keys, Runnable all) {
        return new InvalidatedCache<>() {
            @Override
            public void invalidate(Set<K> changed) {
                keys.accept(changed);
            }

            @Override
            public void invalidateAll() {
                all.run();
            }
        };
    }
}
