package io.fyercache.sharded.transport.netty;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.time.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts refusals, and logs one of each address in a minute at most: a peer must not be able to fill a disk. Nothing of what the peer has sent
 * is logged. Thread-safe.
 */
final class RefusalLog {
    private static final Logger LOGGER = System.getLogger(RefusalLog.class.getName());
    private static final long MINUTE_NANOS = 60_000_000_000L;

    /** Addresses that are logged in a minute: as many as a cluster has members. A flood from more is one line each for these. */
    static final int MAX_ADDRESSES = 256;

    private final Clock clock;
    private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);

    @GuardedBy("this")
    private final Set<InetAddress> logged = new HashSet<>();

    @GuardedBy("this")
    private long minuteStartNanos;

    RefusalLog(Clock clock) {
        this.clock = clock;
        this.minuteStartNanos = clock.nanoTime();
        for (Refusal reason : Refusal.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /** Counts a refusal, and logs it unless there is too much of that. */
    void note(Refusal reason, @Nullable SocketAddress peer) {
        counter(reason).increment();
        InetAddress address = peer instanceof InetSocketAddress internet ? internet.getAddress() : null;
        if (address != null && isToBeLogged(address)) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "connection with " + address.getHostAddress() + " refused: " + reason
                            + "; more of this address are counted and not logged for up to a minute");
        }
    }

    /** Returns how many there were for each reason that there was. */
    Map<Refusal, Long> counted() {
        Map<Refusal, Long> counted = new EnumMap<>(Refusal.class);
        counts.forEach((reason, count) -> {
            if (count.sum() > 0) {
                counted.put(reason, count.sum());
            }
        });
        return counted;
    }

    long count(Refusal reason) {
        return counter(reason).sum();
    }

    private LongAdder counter(Refusal reason) {
        LongAdder counter = counts.get(reason);
        if (counter == null) {
            throw new IllegalStateException("refusal: " + reason + " (expected: one that has a counter)");
        }
        return counter;
    }

    private synchronized boolean isToBeLogged(InetAddress address) {
        long now = clock.nanoTime();
        if (now - minuteStartNanos >= MINUTE_NANOS) {
            minuteStartNanos = now;
            logged.clear();
        }
        return logged.size() < MAX_ADDRESSES && logged.add(address);
    }
}
