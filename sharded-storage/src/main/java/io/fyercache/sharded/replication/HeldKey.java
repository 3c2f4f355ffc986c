package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key for which user code runs or is about to: the request whose turn it is, and those that wait, in their order. Used by one thread. */
final class HeldKey {
    private final EntryKey key;
    private @Nullable Request owner;

    /** Whether there was no room for the change of the request whose turn it is. */
    private boolean roomless;

    /** When that was first looked at; counts if it was. */
    private boolean timed;

    private long firstNanos;
    private final Map<OperationId, Request> waiting = new LinkedHashMap<>();

    HeldKey(EntryKey key) {
        this.key = key;
    }

    EntryKey key() {
        return key;
    }

    /** Returns the request whose turn it is; null for a moment between two of them. */
    @Nullable
    Request owner() {
        return owner;
    }

    void setOwner(@Nullable Request next) {
        owner = next;
        roomless = false;
        timed = false;
    }

    /** Q6: notes that there is no room for its change. */
    void lacksRoom() {
        roomless = true;
    }

    /** Tells whether there was no room for its change when it was looked at. */
    boolean isRoomless() {
        return roomless;
    }

    /** Returns for how long it has had no room, in nanoseconds from when this was first asked. */
    long roomlessNanos(long nowNanos) {
        if (!timed) {
            timed = true;
            firstNanos = nowNanos;
        }
        return nowNanos - firstNanos;
    }

    int waiting() {
        return waiting.size();
    }

    /** Takes in a request that was sent before: whoever answers it must answer the last attempt. Tells whether it was here. */
    boolean joined(Request again) {
        if (owner != null && owner.id().equals(again.id())) {
            owner = later(owner, again);
            return true;
        }
        return waiting.computeIfPresent(again.id(), (id, before) -> later(before, again)) != null;
    }

    private static Request later(Request one, Request other) {
        return other.attempt() > one.attempt() ? other : one;
    }

    /** Adds a request at the end. */
    void await(Request request) {
        waiting.put(request.id(), request);
    }

    /** Takes out the first of those that wait, or null. */
    @Nullable
    Request next() {
        Iterator<Request> first = waiting.values().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Request next = first.next();
        first.remove();
        return next;
    }

    /** Takes out the reads among those that wait. */
    List<Request> nextReads() {
        List<Request> reads = waiting.values().stream()
                .filter(request -> request.task() == Request.Task.Read.READ)
                .toList();
        reads.forEach(read -> waiting.remove(read.id()));
        return reads;
    }

    /** Takes out all that wait. */
    List<Request> nextAll() {
        List<Request> all = List.copyOf(waiting.values());
        waiting.clear();
        return all;
    }
}
