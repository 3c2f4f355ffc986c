package io.fyercache.benchmarks.hitratio;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.OpenProvider;
import io.fyercache.benchmarks.result.HitRatio;
import io.fyercache.configuration.FyerConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import javax.cache.Cache;

/**
 * Replays a trace against FyerCache and against raw Caffeine, each bounded to the same number of entries: an access is a hit, or else a miss
 * that puts the entry, as in cache-aside use. One thread.
 */
public final class HitRatioComparison {
    /** Bounds, in percent of the distinct keys of a trace. */
    private static final int[] BOUND_PERCENTS = {1, 5, 10, 25};

    private HitRatioComparison() {}

    /**
     * The hits of both caches, for each bound.
     *
     * @throws IOException if the trace cannot be read
     */
    public static List<HitRatio> replay(Trace trace) throws IOException {
        int[] keys = trace.keys();
        int distinct = (int) Arrays.stream(keys).distinct().count();
        List<HitRatio> ratios = new ArrayList<>();
        try (OpenProvider provider = Contestant.FYERCACHE.open(Integer.class)) {
            for (int percent : BOUND_PERCENTS) {
                int bound = Math.max(1, (int) ((long) distinct * percent / 100));
                int ours = hitsOfFyerCache(provider, trace.id() + "-" + bound, keys, bound);
                ratios.add(new HitRatio(trace.id(), keys.length, bound, ours, hitsOfCaffeine(keys, bound)));
            }
        }
        return ratios;
    }

    private static int hitsOfFyerCache(OpenProvider provider, String name, int[] keys, int bound) {
        FyerConfiguration<Integer, Integer> configuration = FyerConfiguration.builder(Integer.class, Integer.class)
                .maximumEntries(bound)
                .build();
        Cache<Integer, Integer> cache = provider.manager().createCache(name, configuration);
        int hits = 0;
        for (int key : keys) {
            if (cache.get(key) != null) {
                hits++;
            } else {
                cache.put(key, key);
            }
        }
        provider.manager().destroyCache(name);
        return hits;
    }

    /** Evicts on the calling thread, as Caffeine's own simulator does. */
    static int hitsOfCaffeine(int[] keys, int bound) {
        ConcurrentMap<Integer, Integer> map = Caffeine.newBuilder()
                .maximumSize(bound)
                .executor(Runnable::run)
                .<Integer, Integer>build()
                .asMap();
        int hits = 0;
        for (int key : keys) {
            if (map.get(key) != null) {
                hits++;
            } else {
                map.put(key, key);
            }
        }
        return hits;
    }
}
