package io.fyercache.sharded.message.codec;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.CountedCache;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The forms of what members are asked to have counted, and tell. */
final class CountForms {
    /** The order in which numbers are told. */
    private static final List<CacheCount> COUNTS = List.of(
            CacheCount.HITS,
            CacheCount.MISSES,
            CacheCount.PUTS,
            CacheCount.REMOVALS,
            CacheCount.EVICTIONS,
            CacheCount.EXPIRIES,
            CacheCount.LOADS,
            CacheCount.LOAD_FAILURES,
            CacheCount.WRITES,
            CacheCount.WRITE_FAILURES,
            CacheCount.WRITES_GIVEN_UP);

    /** The cache, and a number for each thing that is counted. */
    private static final int MIN_COUNTED_BYTES = 1 + COUNTS.size();

    private static final Form<List<Integer>> CACHES =
            new ListForm<>(Form.of(EntryForms::writeCache, EntryForms::readCache), CountsAsked.MAX_CACHES, 1);

    private static final Form<List<CountedCache>> COUNTED = new ListForm<>(
            Form.of(CountForms::writeCounted, CountForms::readCounted), CountsAsked.MAX_CACHES, MIN_COUNTED_BYTES);

    private CountForms() {}

    static void writeAsked(ByteSink out, CountsAsked message) {
        out.writeNatural(message.question());
        CACHES.write(out, message.caches());
    }

    static CountsAsked readAsked(ByteSource in) {
        return new CountsAsked(in.readNatural(), CACHES.read(in));
    }

    static void writeTold(ByteSink out, CountsTold message) {
        out.writeNatural(message.question());
        COUNTED.write(out, message.counted());
    }

    static CountsTold readTold(ByteSource in) {
        return new CountsTold(in.readNatural(), COUNTED.read(in));
    }

    private static void writeCounted(ByteSink out, CountedCache counted) {
        EntryForms.writeCache(out, counted.cache());
        COUNTS.forEach(count -> out.writeNatural(counted.counts().get(count)));
    }

    private static CountedCache readCounted(ByteSource in) {
        int cache = EntryForms.readCache(in);
        Map<CacheCount, Long> numbers = new EnumMap<>(CacheCount.class);
        COUNTS.forEach(count -> numbers.put(count, in.readNatural()));
        return new CountedCache(cache, CacheCounts.of(count -> numbers.getOrDefault(count, 0L)));
    }
}
