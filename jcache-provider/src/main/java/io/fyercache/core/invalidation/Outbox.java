package io.fyercache.core.invalidation;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Announcement;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a process has to tell the others, and has not told yet. A key that has changed twice is told once; numbers are given when messages are made, so that
 * what has a number has changed before. Used by one thread at a time.
 *
 * <p>Everything told has a ticket, and a round of messages covers all tickets before it.
 */
public final class Outbox {
    private final OriginId self;
    private final int maxKeys;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private int queuedKeys;
    private long lastTicket;
    private long nextSequence;

    /** What is to be told of one cache. */
    private static final class Pending {
        private final Set<EncodedKey> keys = new LinkedHashSet<>();
        private boolean all;
    }

    /**
     * Messages to be published one after the other.
     *
     * @param announcements in the order of their numbers
     * @param lastTicket all tickets up to this one are covered when all of them are published
     */
    public record Round(List<Announcement> announcements, long lastTicket) {}

    /**
     * Makes an empty one.
     *
     * @param maxKeys how many keys there is room for, 1 or more
     */
    public Outbox(OriginId self, int maxKeys) {
        this.self = self;
        this.maxKeys = maxKeys;
    }

    /** Tells whether {@link #tell} finds room for so many keys more; what finds none is told by {@link #tellAll}. */
    public boolean hasRoomFor(int keys) {
        return keys <= maxKeys - queuedKeys;
    }

    /** Tells whether there are fewer keys than this has room for at all. */
    public boolean couldHold(int keys) {
        return keys <= maxKeys;
    }

    /** Tells of keys that have changed, and returns the ticket. A key that is too long for a message makes it all keys. */
    public long tell(String cacheName, Collection<EncodedKey> keys) {
        Pending told = pending.computeIfAbsent(cacheName, absent -> new Pending());
        for (EncodedKey key : keys) {
            if (told.all) {
                break;
            }
            if (key.bytes().length > InvalidationCodec.MAX_KEY_BYTES - InvalidationCodec.LENGTH_BYTES) {
                return tellAll(cacheName);
            }
            if (told.keys.add(key)) {
                queuedKeys++;
            }
        }
        return ++lastTicket;
    }

    /** Tells that any key of a cache may have changed, and returns the ticket. */
    public long tellAll(String cacheName) {
        Pending told = pending.computeIfAbsent(cacheName, absent -> new Pending());
        queuedKeys -= told.keys.size();
        told.keys.clear();
        told.all = true;
        return ++lastTicket;
    }

    /** Tells whether there is nothing to tell. */
    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Returns how many keys wait. */
    public int queuedKeys() {
        return queuedKeys;
    }

    /** Takes all that there is to tell, as messages. */
    public Round take() {
        List<Announcement> announcements = new ArrayList<>();
        pending.forEach((cacheName, told) -> {
            if (told.all) {
                announcements.add(new All(self, nextSequence++, cacheName));
            } else {
                addKeys(cacheName, told.keys, announcements);
            }
        });
        pending.clear();
        queuedKeys = 0;
        return new Round(announcements, lastTicket);
    }

    private void addKeys(String cacheName, Set<EncodedKey> keys, List<Announcement> announcements) {
        List<EncodedKey> part = new ArrayList<>();
        int bytes = 0;
        for (EncodedKey key : keys) {
            int more = key.bytes().length + InvalidationCodec.LENGTH_BYTES;
            if (part.size() == InvalidationCodec.MAX_KEYS || bytes + more > InvalidationCodec.MAX_KEY_BYTES) {
                announcements.add(new Keys(self, nextSequence++, cacheName, List.copyOf(part)));
                part.clear();
                bytes = 0;
            }
            part.add(key);
            bytes += more;
        }
        if (!part.isEmpty()) {
            announcements.add(new Keys(self, nextSequence++, cacheName, List.copyOf(part)));
        }
    }

    /** Returns the heartbeat to be sent at {@code nowNanos}, when all messages that were taken are published. */
    public Heartbeat heartbeat(long nowNanos) {
        return new Heartbeat(self, nextSequence, nowNanos);
    }

    /** Returns the word that nothing more will come. */
    public Farewell farewell() {
        return new Farewell(self, nextSequence);
    }
}
