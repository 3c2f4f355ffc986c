package io.fyercache.core.invalidated;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.engine.InvalidationDesign.Settings;
import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.InvalidationMessage;
import io.fyercache.core.invalidation.MalformedMessageException;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.core.invalidation.Subscriber;
import io.fyercache.core.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connection of caches with the same settings to their bus: hands what comes to the caches concerned, and knows whether what they have in memory may be
 * used. Thread-safe.
 */
final class InvalidationChannel implements BusListener, Subscriber.Outdated {
    private static final Logger LOGGER = System.getLogger(InvalidationChannel.class.getName());

    private final String name;
    private final Clock clock;
    private final long stalenessNanos;
    private final ChannelCounters counters = new ChannelCounters();
    private final Announcer announcer;
    private final ConcurrentMap<String, InvalidatedCacheEngine> caches = new ConcurrentHashMap<>();

    @GuardedBy("this")
    private final Subscriber subscriber;

    /** Until when what is in memory may be used. */
    private volatile long trustedUntilNanos;

    /** Whether that time is known to be over: what is in memory is dropped before it is looked for. */
    private volatile boolean doubted = true;

    /** When the latest heartbeat was sent that has come back; null if none has. */
    private volatile @Nullable Long newsFromNanos;

    private volatile @Nullable InvalidationBus bus;

    InvalidationChannel(String name, OriginId self, Settings settings, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.stalenessNanos = settings.maximumStaleness().toNanos();
        this.trustedUntilNanos = clock.nanoTime();
        this.announcer = new Announcer(name, self, settings, clock, counters);
        // One heartbeat less: who is silent is found out when a heartbeat comes back, and that is not at once.
        long silenceNanos = stalenessNanos - settings.heartbeat().toNanos();
        this.subscriber = new Subscriber(self, silenceNanos, this, counters);
    }

    /** Starts to tell and to hear. Once. */
    void start(InvalidationBus opened) {
        bus = opened;
        announcer.start(opened);
    }

    Announcer announcer() {
        return announcer;
    }

    ChannelCounters counters() {
        return counters;
    }

    void add(InvalidatedCacheEngine cache) {
        caches.put(cache.name(), cache);
    }

    void remove(InvalidatedCacheEngine cache) {
        caches.remove(cache.name(), cache);
    }

    void close() {
        announcer.close();
        InvalidationBus opened = bus;
        if (opened != null) {
            opened.close();
        }
    }

    // ---- whether memory may be used

    /** Tells whether what is in memory must not be used, as far as anybody has noticed: one volatile read. */
    boolean isDoubted() {
        return doubted;
    }

    /** Tells whether what is in memory may be used, looking at the clock. */
    boolean isInStep() {
        if (clock.nanoTime() - trustedUntilNanos < 0) {
            return true;
        }
        doubted = true;
        return false;
    }

    /** Returns the age of the latest heartbeat that has come back, in nanoseconds; -1 if none has. */
    long lagNanos() {
        Long fromNanos = newsFromNanos;
        return fromNanos == null ? -1 : Math.max(0, clock.nanoTime() - fromNanos);
    }

    // ---- what comes by the bus

    @Override
    public void received(byte[] bytes) {
        InvalidationMessage message;
        try {
            message = InvalidationCodec.decode(bytes);
        } catch (MalformedMessageException e) {
            counters.malformed();
            LOGGER.log(Level.DEBUG, "invalidation {0}: {1}", name, e.getMessage());
            return;
        }
        synchronized (this) {
            subscriber.receive(message, clock.nanoTime());
            if (subscriber.isTrusted()) {
                trust(subscriber.trustedFromNanos());
            }
        }
    }

    /** Waits until what is in memory may be used, so long at most, or until interrupted, which stays. */
    synchronized void awaitInStep(Duration limit) {
        long endNanos = clock.nanoTime() + limit.toNanos();
        long leftNanos = limit.toNanos();
        while (doubted && leftNanos > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            leftNanos = endNanos - clock.nanoTime();
        }
    }

    @GuardedBy("this")
    private void trust(long fromNanos) {
        Long before = newsFromNanos;
        if (before == null || before != fromNanos) {
            newsFromNanos = fromNanos;
            trustedUntilNanos = fromNanos + stalenessNanos;
            doubted = clock.nanoTime() - trustedUntilNanos >= 0;
            notifyAll();
        }
    }

    @Override
    public synchronized void mayHaveMissed() {
        subscriber.mayHaveMissed();
    }

    @Override
    public void keys(String cacheName, List<EncodedKey> keys) {
        InvalidatedCacheEngine cache = caches.get(cacheName);
        if (cache != null) {
            cache.outdate(keys);
        }
    }

    @Override
    public void all(String cacheName) {
        InvalidatedCacheEngine cache = caches.get(cacheName);
        if (cache != null) {
            cache.outdateAll();
        }
    }

    @Override
    public void everything() {
        caches.values().forEach(InvalidatedCacheEngine::outdateAll);
    }
}
