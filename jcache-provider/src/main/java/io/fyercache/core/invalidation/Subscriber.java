package io.fyercache.core.invalidation;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Announcement;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * What one process makes of the messages of all: which keys are outdated, whether anything was missed, and how long what it knows may be trusted.
 *
 * <ul>
 *   <li><b>Gaps.</b> Announcements of an origin are numbered. Who sees a number skipped, by an announcement or a heartbeat, has missed something, and takes
 *       everything for outdated. So does who meets an origin that has told of changes before, and who has not heard of an origin for too long that has not
 *       said farewell: it may have ended between a change and the word of it.
 *   <li><b>Trust.</b> A process hears its own heartbeats, too. One that comes back proves that everything has come which the bus had when it was sent:
 *       from that moment on what is in memory may be used for {@code maximumStaleness}, by the one clock that sent it. No other clock is compared.
 *   <li><b>Twice, late, damaged.</b> What was told before is done again, as it does no harm to drop a key twice, and counted.
 * </ul>
 *
 * <p>Used by one thread at a time.
 */
public final class Subscriber {
    /** Origins that are known at a time, 4,096: far more than processes that share a topic, and some megabytes if somebody makes them up. */
    static final int MAX_ORIGINS = 4_096;

    private final OriginId self;
    private final long silenceNanos;
    private final Outdated outdated;
    private final Tally tally;
    private final TreeMap<OriginId, Origin> origins = new TreeMap<>();
    private boolean hasBegun;
    private boolean isTrusted;
    private long trustedFromNanos;

    /** Who takes out of caches what is outdated. */
    public interface Outdated {
        /** These keys of a cache are. */
        void keys(String cacheName, List<EncodedKey> keys);

        /** All keys of a cache are. */
        void all(String cacheName);

        /** All keys of all caches are. */
        void everything();
    }

    /** Who counts what happens. */
    public interface Tally {
        /** Another process has told of a change. */
        void received();

        /** A message came again, or late. */
        void repeated();

        /** Something was missed. */
        void gap();
    }

    /** What is known of an origin. */
    private static final class Origin {
        /** The number that comes next; {@link #ANY} after the subscription has begun anew. */
        private long next = ANY;

        private long lastHeardNanos;
    }

    /** Stands for a number that is not known. */
    private static final long ANY = -1;

    /**
     * Makes the state of a process that has heard of nothing.
     *
     * @param self the process itself, whose announcements concern the others only
     * @param silenceNanos how long another origin may be silent, 1 or more
     */
    public Subscriber(OriginId self, long silenceNanos, Outdated outdated, Tally tally) {
        this.self = self;
        this.silenceNanos = silenceNanos;
        this.outdated = outdated;
        this.tally = tally;
    }

    /** Takes in that what was told before {@code nowNanos} may not have come, and that all that is told afterwards will. */
    public void mayHaveMissed() {
        if (hasBegun) {
            tally.gap();
        }
        hasBegun = true;
        origins.values().forEach(origin -> origin.next = ANY);
        outdated.everything();
    }

    /** Takes in a message that has come at {@code nowNanos}. */
    public void receive(InvalidationMessage message, long nowNanos) {
        boolean own = message.origin().equals(self);
        Origin origin = origins.get(message.origin());
        if (origin == null) {
            origin = new Origin();
            makeRoom();
            origins.put(message.origin(), origin);
            if (!own && message.sequence() > 0) {
                outdated.everything(); // What it told before was told to others.
            }
        }
        origin.lastHeardNanos = nowNanos;
        count(origin, message);
        if (message instanceof Announcement announcement && !own) {
            tally.received();
            apply(announcement);
        } else if (message instanceof Heartbeat heartbeat && own) {
            comeBack(heartbeat.stampNanos(), nowNanos);
        } else if (message instanceof Farewell && !own) {
            origins.remove(message.origin());
        }
    }

    private void count(Origin origin, InvalidationMessage message) {
        long number = message.sequence();
        if (origin.next != ANY && number > origin.next) {
            tally.gap();
            outdated.everything();
        } else if (number < origin.next) {
            tally.repeated();
            return;
        }
        origin.next = message instanceof Announcement ? number + 1 : number;
    }

    private void apply(Announcement announcement) {
        if (announcement instanceof Keys keys) {
            outdated.keys(keys.cacheName(), keys.keys());
        } else if (announcement instanceof All all) {
            outdated.all(all.cacheName());
        }
    }

    /** Takes in that a heartbeat of this process has made its way, and looks who has made none lately. */
    private void comeBack(long stampNanos, long nowNanos) {
        if (nowNanos - stampNanos < 0 || (isTrusted && stampNanos - trustedFromNanos <= 0)) {
            return; // Nobody has sent it yet, or a later one has come.
        }
        isTrusted = true;
        trustedFromNanos = stampNanos;
        boolean anySilent = false;
        Iterator<Origin> each = origins.values().iterator();
        while (each.hasNext()) {
            if (nowNanos - each.next().lastHeardNanos > silenceNanos) {
                each.remove();
                anySilent = true;
            }
        }
        if (anySilent) {
            tally.gap();
            outdated.everything();
        }
    }

    /** Forgets the origin that was not heard of for longest, if there are too many: it is met again as one that has told something before. */
    private void makeRoom() {
        if (origins.size() >= MAX_ORIGINS) {
            OriginId longest = null;
            long heardNanos = 0;
            for (var entry : origins.entrySet()) {
                long lastNanos = entry.getValue().lastHeardNanos;
                if (longest == null || lastNanos - heardNanos < 0) {
                    longest = entry.getKey();
                    heardNanos = lastNanos;
                }
            }
            if (longest != null) {
                origins.remove(longest);
                outdated.everything();
            }
        }
    }

    /** Tells whether a heartbeat has come back yet. */
    public boolean isTrusted() {
        return isTrusted;
    }

    /** Returns when the latest heartbeat was sent that has come back: everything has come that the bus had then. Of meaning if {@link #isTrusted()}. */
    public long trustedFromNanos() {
        return trustedFromNanos;
    }

    /** Returns how many origins are known, this process included. */
    int originCount() {
        return origins.size();
    }
}
