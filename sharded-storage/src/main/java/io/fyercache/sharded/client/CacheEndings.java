package io.fyercache.sharded.client;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The end of the caches that a process has destroyed: it asks all members, again and again, until each has said that it has given the cache up, or
 * is gone, or the time for that is over (Z5).
 *
 * <p>Used by one thread.
 */
public final class CacheEndings {
    /** Nanoseconds, 500 ms, until a member is asked again: as long as a client waits for the answer to an attempt. */
    static final long AGAIN_NANOS = 500_000_000;

    /**
     * Nanoseconds, 10 s, for which members are waited for. A statement of a database that takes longer is a fault by itself, and whoever destroys
     * a cache should not hang for it; the member closes what there is when it can.
     */
    public static final long LIMIT_NANOS = 10_000_000_000L;

    private final BiConsumer<Incarnation, ClientMessage> sender;
    private final Map<Integer, Ending> endings = new LinkedHashMap<>();
    private List<Incarnation> members = List.of();

    /** A cache that members may not have given up yet. */
    private static final class Ending {
        private final long limitNanos;
        private final Set<Incarnation> givenUpBy = new TreeSet<>();
        private final List<Consumer<List<Incarnation>>> waiting = new ArrayList<>();
        private long againNanos;

        Ending(long nowNanos) {
            this.limitNanos = nowNanos + LIMIT_NANOS;
            this.againNanos = nowNanos;
        }
    }

    /**
     * Awaits nothing yet.
     *
     * @param sender sends messages to members, now or never
     */
    public CacheEndings(BiConsumer<Incarnation, ClientMessage> sender) {
        this.sender = sender;
    }

    /**
     * Asks all members about a cache that is destroyed.
     *
     * @param ended is told once who has not said in time that it has given the cache up: nobody, if all is well
     */
    public void await(int cache, long nowNanos, Consumer<List<Incarnation>> ended) {
        endings.computeIfAbsent(cache, number -> new Ending(nowNanos)).waiting.add(ended);
        onTick(nowNanos);
    }

    /** Takes in who is there. As long as that is nobody, it is not known yet. */
    public void membersChanged(List<Incarnation> present) {
        members = List.copyOf(present);
        List.copyOf(endings.keySet()).forEach(this::endIfAllHaveAnswered);
    }

    /** Takes in that a member has given a cache up. */
    public void onGivenUp(Incarnation member, int cache) {
        Ending ending = endings.get(cache);
        if (ending != null) {
            ending.givenUpBy.add(member);
            endIfAllHaveAnswered(cache);
        }
    }

    /** Asks those again who have been silent, and waits no longer for whom time is over. */
    public void onTick(long nowNanos) {
        for (Map.Entry<Integer, Ending> each : List.copyOf(endings.entrySet())) {
            Ending ending = each.getValue();
            if (nowNanos - ending.limitNanos >= 0) {
                end(each.getKey(), silent(ending));
            } else if (nowNanos - ending.againNanos >= 0) {
                ending.againNanos = nowNanos + AGAIN_NANOS;
                silent(ending).forEach(member -> sender.accept(member, new CacheDestroyed(each.getKey())));
            }
        }
    }

    /** Waits for nobody any more. */
    public void close() {
        List.copyOf(endings.entrySet()).forEach(each -> end(each.getKey(), silent(each.getValue())));
    }

    private List<Incarnation> silent(Ending ending) {
        return members.stream()
                .filter(member -> !ending.givenUpBy.contains(member))
                .toList();
    }

    private void endIfAllHaveAnswered(int cache) {
        Ending ending = endings.get(cache);
        if (ending != null && !members.isEmpty() && silent(ending).isEmpty()) {
            end(cache, List.of());
        }
    }

    private void end(int cache, List<Incarnation> silent) {
        Ending ending = endings.remove(cache);
        if (ending != null) {
            ending.waiting.forEach(caller -> caller.accept(silent));
        }
    }
}
