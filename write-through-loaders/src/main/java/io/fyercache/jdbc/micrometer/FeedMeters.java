package io.fyercache.jdbc.micrometer;

import io.fyercache.jdbc.feed.ChangeFeed;
import io.fyercache.jdbc.feed.FeedStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of a change feed, tagged {@code feed}, its name: {@code fyercache.feed.behind}, {@code fyercache.feed.troubled} (1 while something
 * keeps it from hearing or dropping), {@code fyercache.feed.keys.dropped}, {@code fyercache.feed.caches.dropped} and
 * {@code fyercache.feed.interruptions}; {@link FeedStatus} says what each is. They wait for nothing. The feed is referred to weakly.
 */
public final class FeedMeters implements MeterBinder {

    private final ChangeFeed feed;

    /** Prepares the meters of a feed. */
    public FeedMeters(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "fyercache.feed.behind",
                        feed,
                        TimeUnit.NANOSECONDS,
                        of -> of.status().behind().toNanos())
                .tag("feed", feed.name())
                .description("For how long the feed has not known that its caches have heard of everything")
                .register(registry);
        Gauge.builder("fyercache.feed.troubled", feed, of -> of.status().problem() == null ? 0 : 1)
                .tag("feed", feed.name())
                .description("1 while something keeps the feed from hearing of changes, or from dropping entries")
                .register(registry);
        counter(registry, "fyercache.feed.keys.dropped", "Keys that were dropped", FeedStatus::keysDropped);
        counter(
                registry,
                "fyercache.feed.caches.dropped",
                "How often a cache was dropped as a whole",
                FeedStatus::cachesDropped);
        counter(
                registry,
                "fyercache.feed.interruptions",
                "How often the feed was kept from hearing",
                FeedStatus::interruptions);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<FeedStatus> figure) {
        FunctionCounter.builder(name, feed, of -> figure.applyAsDouble(of.status()))
                .tag("feed", feed.name())
                .description(description)
                .register(registry);
    }
}
