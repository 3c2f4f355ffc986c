package io.fyercache.sharded.replication;

import java.util.List;

/**
 * What listeners are to be told because an entry of a partition's log was committed. Whoever tells it, the generation and the places of the
 * changes are the same, and tell each from all others of the partition: a receiver drops what it has had. Immutable.
 *
 * @param generation the partition's, in which entries are numbered
 * @param number the entry's
 * @param changes at least one, in their order
 */
public record CommittedChanges(long generation, long number, List<CommittedChange> changes) {

    /** Keeps an unmodifiable copy. */
    public CommittedChanges {
        changes = List.copyOf(changes);
    }

    /** Tells whether an operation waits for somebody who listens. */
    boolean areAwaited() {
        return changes.stream().anyMatch(CommittedChange::isAwaited);
    }
}
