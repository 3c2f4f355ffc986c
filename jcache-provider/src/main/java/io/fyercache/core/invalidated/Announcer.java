package io.fyercache.core.invalidated;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.engine.InvalidationDesign.Confirmation;
import io.fyercache.core.engine.InvalidationDesign.Settings;
import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.InvalidationMessage;
import io.fyercache.core.invalidation.InvalidationMessage.Announcement;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.core.invalidation.Outbox;
import io.fyercache.core.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes what has changed here, and that this one lives: one thread publishes what callers leave, in rounds, so that callers who come
 * together are served together. What the bus does not take is published again until it does; a message of which it is not known whether it was taken has
 * the same number when it comes again. Who waits does so until the bus says that the message is with those who listen, as far as it knows who they are.
 *
 * <p>While the bus takes nothing, what is to be told is kept, each key once, up to {@value #MAX_QUEUED_KEYS} keys. Then who changes another waits for room as
 * long as a change may wait for the bus; after that "all keys" is told of the cache instead of its keys.
 *
 * <p>Thread-safe.
 */
final class Announcer {
    /** Keys that wait to be told, 10,000: a minute of a busy application, and some megabytes. */
    static final int MAX_QUEUED_KEYS = 10_000;

    /** Milliseconds until a message is published again that the bus did not take, 50 at first and doubled up to 1,000: it may be back any moment. */
    private static final long FIRST_RETRY_MILLIS = 50;

    private static final long LONGEST_RETRY_MILLIS = 1_000;

    private static final Logger LOGGER = System.getLogger(Announcer.class.getName());

    private final String name;
    private final Clock clock;
    private final long heartbeatNanos;
    private final long confirmNanos;
    private final ChannelCounters counters;

    @GuardedBy("this")
    private final Outbox outbox;

    @GuardedBy("this")
    private long confirmedTicket;

    @GuardedBy("this")
    private long nextHeartbeatNanos;

    @GuardedBy("this")
    private boolean closing;

    /** When to give up, once closing. */
    @GuardedBy("this")
    private long endNanos;

    /** Of the publishing thread. */
    private boolean isFailing;

    private @Nullable Thread thread;

    Announcer(String name, OriginId self, Settings settings, Clock clock, ChannelCounters counters) {
        this.name = name;
        this.clock = clock;
        this.heartbeatNanos = settings.heartbeat().toNanos();
        this.confirmNanos = settings.confirmLimit().toNanos();
        this.counters = counters;
        this.outbox = new Outbox(self, MAX_QUEUED_KEYS);
        this.nextHeartbeatNanos = clock.nanoTime();
    }

    /** Starts to publish. Once. */
    void start(InvalidationBus bus) {
        Thread publisher = new Thread(() -> publishAll(bus), "fyercache-invalidation-" + name);
        publisher.setDaemon(true);
        publisher.setContextClassLoader(Announcer.class.getClassLoader());
        thread = publisher;
        publisher.start();
    }

    // ---- callers

    /**
     * Tells that keys of a cache have changed.
     *
     * @throws UnconfirmedInvalidationException if the bus was to confirm it, and has not in time; it is told all the same, as soon as that can be
     */
    void tell(String cacheName, Collection<EncodedKey> keys, Confirmation confirmation) {
        if (keys.isEmpty()) {
            return;
        }
        long startNanos = clock.nanoTime();
        synchronized (this) {
            boolean fits = outbox.couldHold(keys.size()) && awaitRoom(keys.size(), startNanos);
            long ticket = fits ? outbox.tell(cacheName, keys) : outbox.tellAll(cacheName);
            conclude(cacheName, ticket, confirmation, startNanos);
        }
    }

    /** Tells that any key of a cache may have changed; otherwise as {@link #tell}. */
    void tellAll(String cacheName, Confirmation confirmation) {
        long startNanos = clock.nanoTime();
        synchronized (this) {
            conclude(cacheName, outbox.tellAll(cacheName), confirmation, startNanos);
        }
    }

    @GuardedBy("this")
    private void conclude(String cacheName, long ticket, Confirmation confirmation, long startNanos) {
        notifyAll();
        if (confirmation == Confirmation.AWAITED && !awaitConfirmation(ticket, startNanos)) {
            throw new UnconfirmedInvalidationException(cacheName, TimeUnit.NANOSECONDS.toMillis(confirmNanos));
        }
    }

    @GuardedBy("this")
    private boolean awaitRoom(int keys, long startNanos) {
        while (!outbox.hasRoomFor(keys)) {
            if (!awaitNews(startNanos)) {
                return false;
            }
        }
        return true;
    }

    @GuardedBy("this")
    private boolean awaitConfirmation(long ticket, long startNanos) {
        while (confirmedTicket < ticket) {
            if (!awaitNews(startNanos)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until something has happened; false if there is no more time for it, or the thread is interrupted. */
    @GuardedBy("this")
    private boolean awaitNews(long startNanos) {
        long leftNanos = confirmNanos - (clock.nanoTime() - startNanos);
        if (leftNanos <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts it wants it to go on.
            return false;
        }
    }

    /** Tells what is left, for as long as a change may wait for the bus, and says farewell if nothing is left. */
    void close() {
        Thread publisher = thread;
        synchronized (this) {
            closing = true;
            endNanos = clock.nanoTime() + confirmNanos;
            notifyAll();
        }
        if (publisher == null) {
            return;
        }
        try {
            publisher.join(TimeUnit.NANOSECONDS.toMillis(2 * confirmNanos) + LONGEST_RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts a closing thread wants it to hurry.
        }
        publisher.interrupt();
    }

    // ---- the publishing thread

    private void publishAll(InvalidationBus bus) {
        for (Outbox.Round round = next(bus); round != null; round = next(bus)) {
            if (!publishUntilTaken(bus, round)) {
                return;
            }
        }
        publishOnce(() -> bus.publish(InvalidationCodec.encode(farewell()), Announcer::nobodyWaits));
    }

    /** Publishes the messages of a round; false if this is to end before. */
    private boolean publishUntilTaken(InvalidationBus bus, Outbox.Round round) {
        List<Announcement> announcements = round.announcements();
        int last = announcements.size() - 1;
        for (int i = 0; i <= last; i++) {
            // What one process publishes comes in its order: when the last one is with all, the others are.
            Runnable delivered = i == last ? () -> sentAll(round) : counters::sent;
            if (!publishUntilTaken(bus, announcements.get(i), delivered)) {
                return false;
            }
        }
        return true;
    }

    /** Counts the last message of a round before it confirms the round: who has been confirmed finds it counted. */
    private void sentAll(Outbox.Round round) {
        counters.sent();
        confirm(round.lastTicket());
    }

    private static void nobodyWaits() {
        // Heartbeats and farewells are on their way when the bus has them.
    }

    private synchronized InvalidationMessage farewell() {
        return outbox.farewell();
    }

    /** Waits for something to tell, publishing heartbeats meanwhile; null at the end. */
    private Outbox.@Nullable Round next(InvalidationBus bus) {
        while (true) {
            InvalidationMessage heartbeat;
            synchronized (this) {
                long leftNanos = nextHeartbeatNanos - clock.nanoTime();
                if (leftNanos > 0 || closing) {
                    if (!outbox.isEmpty()) {
                        Outbox.Round round = outbox.take();
                        notifyAll(); // There is room.
                        return round;
                    }
                    if (closing) {
                        return null;
                    }
                    waitFor(leftNanos);
                    continue;
                }
                long nowNanos = clock.nanoTime();
                heartbeat = outbox.heartbeat(nowNanos);
                nextHeartbeatNanos = nowNanos + heartbeatNanos;
            }
            publishOnce(() -> bus.publish(InvalidationCodec.encode(heartbeat), Announcer::nobodyWaits));
        }
    }

    @GuardedBy("this")
    private void waitFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            // Nobody but close() interrupts this thread, and sets closing before.
            LOGGER.log(Level.DEBUG, "invalidation {0}: the thread that publishes was interrupted", name);
        }
    }

    /** Publishes a message as often as it takes; false if this is to end before. */
    private boolean publishUntilTaken(InvalidationBus bus, InvalidationMessage message, Runnable delivered) {
        byte[] bytes = InvalidationCodec.encode(message);
        long pauseMillis = FIRST_RETRY_MILLIS;
        while (!publishOnce(() -> bus.publish(bytes, delivered))) {
            synchronized (this) {
                if (closing && clock.nanoTime() - endNanos >= 0) {
                    return false;
                }
                waitFor(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_RETRY_MILLIS);
        }
        return true;
    }

    private boolean publishOnce(Runnable publication) {
        try {
            publication.run();
        } catch (RuntimeException e) {
            if (!isFailing) {
                isFailing = true;
                LOGGER.log(
                        Level.WARNING,
                        "invalidation " + name + ": the bus does not take messages; others are told when it does again",
                        e);
            }
            return false;
        }
        if (isFailing) {
            isFailing = false;
            LOGGER.log(Level.INFO, "invalidation {0}: the bus takes messages again", name);
        }
        return true;
    }

    private synchronized void confirm(long ticket) {
        confirmedTicket = Math.max(confirmedTicket, ticket);
        notifyAll();
    }
}
