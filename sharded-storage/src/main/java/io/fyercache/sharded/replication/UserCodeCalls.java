package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The user code of a partition's operations: the keys that are held for it, the calls that are under way, and the requests that wait (U1,
 * U2, U4). Used by one thread.
 */
final class UserCodeCalls {
    /** Calls under way for one partition; others wait. So one slow database does not take all threads of the member. */
    static final int MAX_CALLS = 64;

    /** Requests that wait for one key. Each is a thread of some client that can do nothing else: more of them is more than one key can bear. */
    static final int MAX_WAITING = 1_024;

    /** Requests of one partition that hold a key or wait for one; at a kilobyte each 8 MB. More than for one key, so that others go on. */
    static final int MAX_REQUESTS = 8 * MAX_WAITING;

    private final Rules rules;
    private final Map<EntryKey, HeldKey> held = new LinkedHashMap<>();
    private final Deque<HeldKey> notStarted = new ArrayDeque<>(1);
    private final TreeMap<Long, HeldKey> underWay = new TreeMap<>();
    private long lastNumber;
    private int requests;

    UserCodeCalls(Rules rules) {
        this.rules = rules;
    }

    /** Tells whether no key is held. */
    boolean isIdle() {
        return held.isEmpty();
    }

    /** Tells whether the key is held. */
    boolean isHeld(EntryKey key) {
        HeldKey present = held.get(key);
        return present != null && present.owner() != null;
    }

    /** Takes in a request that was sent before, and holds the key or waits for it. Tells whether it does. */
    boolean joined(Request again) {
        HeldKey key = held.get(again.key());
        return key != null && key.joined(again);
    }

    /** Holds the key for a request that has not {@linkplain #joined}, or lets it wait for the key. Tells whether there is room for it. */
    boolean add(Request request) {
        HeldKey key = held.getOrDefault(request.key(), new HeldKey(request.key()));
        if (requests == MAX_REQUESTS || key.waiting() == MAX_WAITING) {
            return false;
        }
        requests++;
        if (key.owner() == null) {
            hold(key, request);
        } else {
            key.await(request);
        }
        return true;
    }

    private void hold(HeldKey key, Request owner) {
        key.setOwner(owner);
        notStarted.add(key);
        if (rules.keep(Rule.KEY_HELD_WHILE_USER_CODE_RUNS)) {
            held.put(key.key(), key);
        }
    }

    /**
     * Returns the held key whose turn it is to have a call started; null if there is none, or as many are under way as may be.
     *
     * @param hasRoom tells whether there is room for what may come of the call for a request (Q6); who has none is passed over
     */
    @Nullable
    HeldKey nextToStart(Predicate<Request> hasRoom) {
        Iterator<HeldKey> all = notStarted.iterator();
        while (all.hasNext() && underWay.size() < MAX_CALLS) {
            HeldKey next = all.next();
            if (hasRoom.test(Objects.requireNonNull(next.owner()))) {
                all.remove();
                return next;
            }
            next.lacksRoom();
        }
        return null;
    }

    /** Takes out the keys that were passed over for as long as they may be, since there was no room; to be called at each tick. */
    List<HeldKey> takeRoomless(ToLongFunction<EntryKey> limitNanos, long nowNanos) {
        List<HeldKey> taken = new ArrayList<>();
        notStarted.removeIf(held -> {
            boolean isOver = held.isRoomless() && held.roomlessNanos(nowNanos) >= limitNanos.applyAsLong(held.key());
            if (isOver) {
                taken.add(held);
            }
            return isOver;
        });
        return taken;
    }

    /** Counts a call for a held key as under way. */
    UserCodeCall start(HeldKey key, long epoch, KeyState state) {
        underWay.put(++lastNumber, key);
        Request owner = Objects.requireNonNull(key.owner());
        return new UserCodeCall(
                epoch, lastNumber, key.key(), owner.task(), state, owner.id().client(), owner.batch());
    }

    /** Counts a call as ended, and returns the key that was held for it; null if no such call is under way. */
    @Nullable
    HeldKey end(long number) {
        return underWay.remove(number);
    }

    boolean areUnderWay() {
        return !underWay.isEmpty();
    }

    /** Takes out the request that a key was held for: from now on the key is not held. */
    Request takeOwner(HeldKey key) {
        Request owner = Objects.requireNonNull(key.owner());
        key.setOwner(null);
        requests--;
        return owner;
    }

    /** Takes out the reads that wait for a key. */
    List<Request> takeReads(HeldKey key) {
        List<Request> reads = key.nextReads();
        requests -= reads.size();
        return reads;
    }

    /** Takes out the request that waits longest for a key that is not held any more; null if it is held again, or none waits. */
    @Nullable
    Request takeWaiting(HeldKey key) {
        Request next = key.owner() == null ? key.next() : null;
        if (next != null) {
            requests--;
        } else if (key.owner() == null) {
            held.remove(key.key(), key);
        }
        return next;
    }

    /** Takes out everything that has to do with keys for which no call was started. */
    List<Request> takeNotStarted() {
        List<Request> taken = new ArrayList<>();
        for (HeldKey key = notStarted.poll(); key != null; key = notStarted.poll()) {
            take(key, taken);
            held.remove(key.key(), key);
        }
        return taken;
    }

    /** Takes out everything; what is under way is not known any more. */
    List<Request> takeAll() {
        List<Request> taken = takeNotStarted();
        underWay.values().forEach(key -> take(key, taken));
        underWay.clear();
        held.clear();
        return taken;
    }

    private void take(HeldKey key, List<Request> taken) {
        int before = taken.size();
        taken.add(takeOwner(key));
        taken.addAll(key.nextAll());
        requests -= taken.size() - before - 1;
    }
}
