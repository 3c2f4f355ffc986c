package io.fyercache.sharded.replication;

import java.util.List;

/**
 * What listeners are to be told because an entry of a partition's log was committed. Generation and number tell it from all others of the
 * partition, whoever tells it, and grow: a receiver that has had these, or later ones, drops them. Immutable.
 *
 * @param generation the partition's, in which entries are numbered
 * @param number the entry's
 * @param changes at least one, in their order; to be dropped together or not at all
 */
public record CommittedChanges(long generation, long number, List<CommittedChange> changes) {

    /** Keeps an unmodifiable copy. */
    public CommittedChanges {
        changes = List.copyOf(changes);
    }
}
