package io.fyercache.sharded.replication;

import io.fyercache.sharded.topology.Incarnation;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asking all who could have replaced the primary whether anybody has (R4): what a primary without a lease does before it answers reads. One
 * round at a time serves all reads whose values were taken before it began. Used by one thread.
 */
final class ConfirmationRounds {
    /** Who has answered; null before the first round. */
    private @Nullable TreeSet<Incarnation> confirmed;

    private long round;
    private boolean open;
    private long askedNanos;

    /** How often the question of this round was repeated. */
    private int repetitions;

    /** Returns the number of the round that serves a value which is taken now. */
    long next() {
        return round + 1;
    }

    /** Returns the number of the round that is under way, or was the last. */
    long current() {
        return round;
    }

    boolean isOpen() {
        return open;
    }

    /** Begins a round. */
    void begin(long nowNanos) {
        round++;
        open = true;
        askedNanos = nowNanos;
        repetitions = 0;
        confirmed = new TreeSet<>();
    }

    /** Takes in an answer; one to an earlier round counts for nothing. */
    void confirm(Incarnation member, long ofRound) {
        if (open && ofRound == round && confirmed != null) {
            confirmed.add(member);
        }
    }

    /** Ends the round if all these members have answered; returns the number of the last round that has ended. */
    long endIfConfirmedBy(Collection<Incarnation> members) {
        if (open && confirmed != null && confirmed.containsAll(members)) {
            open = false;
        }
        return open ? round - 1 : round;
    }

    /** Tells whether the question should be asked again, and if so counts it as asked now. */
    boolean isOverdue(long nowNanos, long resendNanos) {
        boolean overdue = open && nowNanos - askedNanos >= resendNanos;
        if (overdue) {
            askedNanos = nowNanos;
            repetitions++;
        }
        return overdue;
    }

    /**
     * T6: returns those of these members who have not answered, if the question was repeated so often. Repetitions are counted and not time: who stood
     * still itself has asked nobody meanwhile.
     */
    List<Incarnation> silent(Collection<Incarnation> members, int afterRepetitions) {
        TreeSet<Incarnation> known = confirmed;
        if (!open || known == null || repetitions < afterRepetitions) {
            return List.of();
        }
        return members.stream().filter(member -> !known.contains(member)).toList();
    }
}
