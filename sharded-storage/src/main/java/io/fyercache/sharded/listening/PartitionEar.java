package io.fyercache.sharded.listening;

import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.util.ArrayList;
import java.util.List;

/** What a process has heard of one partition, and what its listeners have yet to be told of it. Used by one thread. */
final class PartitionEar {
    private final int partition;
    private final Rules rules;
    private long generation;

    /** The place of the last change that was taken. */
    private long taken;

    /** The place of the last change of which the listeners have been told. */
    private long told;

    private List<PlacedChange> waiting = new ArrayList<>();

    /** What the listeners are being told; empty if nothing. */
    private List<PlacedChange> underWay = List.of();

    private long generationUnderWay;
    private final List<ListenerFailure> failures = new ArrayList<>();

    PartitionEar(int partition, Rules rules) {
        this.partition = partition;
        this.rules = rules;
    }

    /** Takes what comes next: nothing that was taken before, and nothing before which something is missing. */
    void take(Changes message) {
        if (message.generation() < generation) {
            return;
        } else if (message.generation() > generation) {
            generation = message.generation();
            taken = 0;
            told = 0;
            failures.clear();
            waiting.clear();
        }
        long after = message.after();
        for (PlacedChange change : message.changes()) {
            if (after > taken && rules.keep(Rule.LISTENERS_KEEP_ORDER)) {
                return;
            }
            if (change.place() > taken || !rules.keep(Rule.LISTENERS_DROP_REPEATED)) {
                waiting.add(change);
                taken = change.place();
            }
            after = change.place();
        }
        if (message.after() == 0) {
            long first = message.changes().get(0).place();
            failures.removeIf(failure -> failure.place() < first); // Whoever says this has heard of them.
        }
    }

    /** Returns what the listeners are to be told now; empty if nothing, or if they are being told something. */
    List<PlacedChange> next() {
        if (!underWay.isEmpty() || waiting.isEmpty()) {
            return List.of();
        }
        underWay = waiting;
        waiting = new ArrayList<>();
        generationUnderWay = generation;
        return underWay;
    }

    /** Takes in that the listeners have been told, and what they threw. */
    void told(List<ListenerFailure> thrown) {
        if (generationUnderWay == generation && !underWay.isEmpty()) {
            told = Math.max(told, underWay.get(underWay.size() - 1).place());
            failures.addAll(thrown);
            int tooMany = Math.max(0, failures.size() - ListenerFailure.MAX_FAILURES);
            failures.subList(0, tooMany).clear();
        }
        underWay = List.of();
    }

    /** Says how far this is. */
    ChangesHeard heard() {
        return new ChangesHeard(partition, generation, told, failures);
    }
}
