package io.fyercache.testkit.simulation;

import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.replication.CommittedChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What processes hear that listen to a partition: each what the log has for it, in its order, once, from when it was told that it listens (V3,
 * V4). Some may be missing if the partition has forgotten the process, or was lost with all copies; then what follows is in order, too. An
 * operation is answered when all who are to be waited for have heard of it (V5).
 */
final class HeardChanges {
    private final LoggedChanges logged = new LoggedChanges();

    /** What each living process has still to hear. */
    private final TreeMap<Long, Deque<Expected>> pending = new TreeMap<>();

    /** The wishes that the log has had. */
    private final Set<Listening> wishes = new HashSet<>();

    /** Who must have heard what before an operation is answered. */
    private final Map<OperationId, List<Awaited>> awaited = new HashMap<>();

    /** The operations that wait for nobody. */
    private final Set<OperationId> hasty = new HashSet<>();

    /**
     * Entries of an earlier generation that were committed when a later one had begun: whoever is cut off with the old copies still serves (L3). Who
     * is on that side hears of them, and nobody need.
     */
    private final Set<Long> late = new HashSet<>();

    private long generation;
    private int count;
    private int forgotten;

    private static final class Expected {
        private final long generation;
        private final PlacedChange change;

        /** Whether it may be missing. */
        private boolean excused;

        Expected(long generation, PlacedChange change) {
            this.generation = generation;
            this.change = change;
        }

        @Override
        public String toString() {
            return change + " of generation " + generation + (excused ? ", or not" : "");
        }
    }

    private record Awaited(long client, long generation, long place) {}

    /** Returns how many changes were heard. */
    int count() {
        return count;
    }

    /** Returns how often a process was forgotten. */
    int forgotten() {
        return forgotten;
    }

    /** Returns how many entries were evicted. */
    int evicted() {
        return logged.evicted();
    }

    /** Returns the keys that have values by now, of those caches. */
    Set<EntryKey> keysOf(long presentGeneration, IntPredicate caches) {
        return logged.keysOf(presentGeneration, caches);
    }

    // ---- processes

    /** Takes in that a process begins: it may hear something. */
    void begun(long client) {
        pending.put(client, new ArrayDeque<>());
    }

    /** Takes in that a process has ended: it hears nothing any more. */
    void ended(long client) {
        pending.remove(client);
    }

    /** Takes in that a process was told that it listens. */
    void listens(Listening wish) {
        boolean isLogged = wishes.stream()
                .anyMatch(each -> each.client() == wish.client()
                        && each.cache() == wish.cache()
                        && each.version() >= wish.version());
        if (!wish.interest().isNone() && !isLogged) {
            throw new AssertionError("V3: a process was told that it listens, and the log does not say so: " + wish);
        }
    }

    /** Takes in that a process has heard of a change: its listeners have returned. */
    void heard(long client, PlacedChange change) {
        Deque<Expected> expected = pending.get(client);
        boolean isLate = late.contains(PlacedChange.entryAt(change.place()));
        if (expected == null || (isLate && expected.stream().noneMatch(each -> each.change.equals(change)))) {
            return;
        }
        for (Expected next = expected.poll(); next != null; next = expected.poll()) {
            if (next.change.equals(change)) {
                count++;
                return;
            } else if (!next.excused) {
                throw new AssertionError(
                        "V4: process " + client + " heard " + change + ", when it was the turn of " + next);
            }
        }
        throw new AssertionError("V4: process " + client + " heard again, or was never to hear: " + change);
    }

    // ---- the log

    /** Takes in a committed entry, once. */
    void committed(long inGeneration, LogEntry entry) {
        List<CommittedChange> changes = logged.committed(inGeneration, entry);
        if (inGeneration < logged.generation()) {
            late.add(entry.number());
            entry.effects().forEach(effect -> {
                if (effect instanceof Effect.Listen wish) {
                    wishes.add(wish.listening());
                }
            });
            return;
        }
        if (inGeneration > generation) {
            generation = inGeneration;
            pending.values().forEach(HeardChanges::excuse);
        }
        for (Effect effect : entry.effects()) {
            if (effect instanceof Effect.Listen wish) {
                wishes.add(wish.listening());
                if (entry.origin() == null) {
                    forgotten++;
                    excuse(pending.get(wish.listening().client()));
                }
            }
        }
        changes.forEach(each -> expect(inGeneration, entry, each));
    }

    private static void excuse(@Nullable Deque<Expected> expected) {
        if (expected != null) {
            expected.forEach(each -> each.excused = true);
        }
    }

    /** Takes in that a primary waits no more for those who listen, up to an entry (B6). */
    void givenUp(long inGeneration, long number) {
        for (Deque<Expected> expected : pending.values()) {
            for (Expected each : expected) {
                each.excused |= each.generation == inGeneration && PlacedChange.entryAt(each.change.place()) <= number;
            }
        }
    }

    private void expect(long inGeneration, LogEntry entry, CommittedChange change) {
        PlacedChange placed = change.placed();
        EntryChange.Kind kind = placed.change().kind();
        for (Listening listener : change.listeners()) {
            Deque<Expected> expected = pending.get(listener.client());
            if (expected != null) {
                expected.add(new Expected(
                        inGeneration,
                        new PlacedChange(
                                placed.place(),
                                placed.cache(),
                                listener.interest().of(placed.change()))));
            }
            if (listener.interest().awaits(kind) && entry.origin() != null) {
                awaited.computeIfAbsent(entry.origin().operation(), first -> new ArrayList<>())
                        .add(new Awaited(listener.client(), inGeneration, placed.place()));
            }
        }
    }

    /** Takes in that an operation is asked for. */
    void asked(Request request) {
        if (request.task() instanceof Request.Task.Write write
                && write.listeners() == Request.Task.Listeners.NOT_AWAITED) {
            hasty.add(request.id());
        }
    }

    /** Takes in that an operation is answered as done. */
    void answered(OperationId operation) {
        if (hasty.contains(operation)) {
            return;
        }
        for (Awaited each : awaited.getOrDefault(operation, List.of())) {
            for (Expected expected : pending.getOrDefault(each.client(), new ArrayDeque<>())) {
                if (!expected.excused
                        && expected.generation == each.generation()
                        && expected.change.place() == each.place()) {
                    throw new AssertionError("V5: " + operation + " is answered, and process " + each.client()
                            + " has not heard " + expected);
                }
            }
        }
    }

    /** Returns what is not as it should be when everything has been told. */
    List<String> wounds() {
        List<String> wounds = new ArrayList<>();
        pending.forEach((client, expected) -> {
            List<Expected> missing =
                    expected.stream().filter(each -> !each.excused).toList();
            if (!missing.isEmpty()) {
                wounds.add(
                        "process " + client + " has not heard " + missing.size() + " changes, first " + missing.get(0));
            }
        });
        return wounds;
    }
}
