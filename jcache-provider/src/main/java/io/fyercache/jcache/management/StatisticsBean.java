package io.fyercache.jcache.management;

import io.fyercache.core.statistics.CacheCounters;
import javax.cache.management.CacheStatisticsMXBean;

/** A cache's counters as JMX shows them. Percentages are 0..100, times in microseconds; both are 0 while there is nothing to divide. */
final class StatisticsBean implements CacheStatisticsMXBean {
    private static final double NANOS_PER_MICRO = 1_000;

    private final CacheCounters counters;

    StatisticsBean(CacheCounters counters) {
        this.counters = counters;
    }

    @Override
    public void clear() {
        counters.clear();
    }

    @Override
    public long getCacheHits() {
        return counters.hits();
    }

    @Override
    public float getCacheHitPercentage() {
        return percentage(counters.hits());
    }

    @Override
    public long getCacheMisses() {
        return counters.misses();
    }

    @Override
    public float getCacheMissPercentage() {
        return percentage(counters.misses());
    }

    @Override
    public long getCacheGets() {
        return counters.hits() + counters.misses();
    }

    @Override
    public long getCachePuts() {
        return counters.puts();
    }

    @Override
    public long getCacheRemovals() {
        return counters.removals();
    }

    @Override
    public long getCacheEvictions() {
        return counters.evictions();
    }

    @Override
    public float getAverageGetTime() {
        return micros(counters.averageGetNanos());
    }

    @Override
    public float getAveragePutTime() {
        return micros(counters.averagePutNanos());
    }

    @Override
    public float getAverageRemoveTime() {
        return micros(counters.averageRemoveNanos());
    }

    private float percentage(long part) {
        long gets = getCacheGets();
        return gets == 0 ? 0 : (float) part / gets * 100.0f;
    }

    private static float micros(double nanos) {
        return (float) (nanos / NANOS_PER_MICRO);
    }
}
