package io.fyercache.management.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items that part
 * @param total how many there are in all
 * @param next the position at which the next part begins; null if this is the last
 */
public record Page<T>(List<T> items, int total, @Nullable Integer next) {
    /** Items of a page that nobody says anything about. */
    public static final int DEFAULT_LIMIT = 100;

    /** Items of the largest page, 1,000: some hundred kilobytes. */
    public static final int MAX_LIMIT = 1_000;

    /** Keeps a copy. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of a list.
     *
     * @param make is called for those on the page alone
     * @param offset of the first, 0 or more; beyond the end the page is empty
     * @param limit 1..{@value #MAX_LIMIT}
     */
    public static <S, T> Page<T> of(List<S> all, Function<? super S, ? extends T> make, int offset, int limit) {
        int from = Math.min(offset, all.size());
        int to = Math.min(all.size(), from + limit);
        List<T> items = all.subList(from, to).stream().<T>map(make).toList();
        return new Page<>(items, all.size(), to < all.size() ? to : null);
    }
}
