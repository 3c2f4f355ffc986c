package io.fyercache.core.write;

import java.util.Comparator;

/**
 * A key whose newest change is not known to be written, in a {@link WriteQueue}, which owns it and says what the states mean. Used by one
 * thread.
 *
 * @param <K> the type of keys
 * @param <C> the type of changes
 */
final class QueuedKey<K, C> {

    enum State {
        WAITING,
        FAILED,
        UNDER_WAY,
        OVERTAKEN,
        DEAD
    }

    /** Who is due first comes first; of several at once, who came first. */
    static final Comparator<QueuedKey<?, ?>> BY_DUE_TIME =
            Comparator.<QueuedKey<?, ?>>comparingLong(each -> each.dueMillis).thenComparingLong(each -> each.arrival);

    final K key;

    /** Tells keys of one due time apart; no two are alike. */
    final long arrival;

    C change;

    /** Since when the database has been behind. */
    long sinceMillis;

    /** Since when it will have been if what is under way is written: when the change was made that overtook it. */
    long overtakenMillis;

    /** Not to be changed while it is in a set that is ordered by it. */
    long dueMillis;

    State state = State.WAITING;

    /** How often the change has failed. */
    int failures;

    String failure = "";

    QueuedKey(K key, long arrival, C change, long nowMillis) {
        this.key = key;
        this.arrival = arrival;
        this.change = change;
        this.sinceMillis = nowMillis;
    }

    DueWrite<K, C> asDue() {
        return new DueWrite<>(key, change);
    }

    DeadLetter<K, C> asDeadLetter() {
        return new DeadLetter<>(key, change, failures, failure);
    }
}
