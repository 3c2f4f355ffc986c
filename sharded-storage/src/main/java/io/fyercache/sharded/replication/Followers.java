package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The members that follow a primary in its epoch: what each has acknowledged, and what is sent to it. Messages may get lost, so whoever has
 * not acknowledged all is reminded. Used by one thread.
 */
final class Followers {

    /** What a member has acknowledged that has not taken over the log yet. */
    private static final long NOTHING = -1;

    /** The stream of a copy that is from before the epoch. */
    private static final long NO_STREAM = 0;

    private final ReplicaMember member;
    private final long epoch;
    private final ReplicaLog log;
    private final TreeMap<Incarnation, Follower> followers = new TreeMap<>();
    private long remindedNanos;

    @Override
    public String toString() {
        return followers.toString();
    }

    private static final class Follower {
        private final long stream;
        private long acknowledged;
        private long told;
        private long heardNanos;

        /** Since when it owes an acknowledgement, or when it last owed none. */
        private long owesNanos;

        Follower(long stream, long acknowledged, long nowNanos) {
            this.stream = stream;
            this.acknowledged = acknowledged;
            this.heardNanos = nowNanos;
            this.owesNanos = nowNanos;
        }

        @Override
        public String toString() {
            return "stream " + stream + " has " + acknowledged;
        }
    }

    Followers(ReplicaMember member, long epoch, ReplicaLog log, long nowNanos) {
        this.remindedNanos = nowNanos;
        this.member = member;
        this.epoch = epoch;
        this.log = log;
    }

    /** Adds a member that is in sync and must take over the log, unless it follows already. */
    void addInSync(Incarnation added, long nowNanos) {
        if (!followers.containsKey(added)) {
            followers.put(added, new Follower(NO_STREAM, NOTHING, nowNanos));
            reconcile(added);
        }
    }

    /** Adds a member whose copy begins after {@code base}, and sends it what has come since. */
    void addFilling(Incarnation added, long stream, long base, long nowNanos) {
        Follower follower = new Follower(stream, base, nowNanos);
        followers.put(added, follower);
        prepare(added, follower, log.after(base));
    }

    /** Keeps those that the condition holds for. */
    void retain(Predicate<Incarnation> condition) {
        followers.keySet().removeIf(condition.negate());
    }

    /**
     * Takes in what a member acknowledges; tells whether that is new. It counts for the copy that it was said of alone: a member that was
     * taken out and joins again has another one, which may lack what an acknowledgement that is still under way says.
     */
    boolean acknowledged(Incarnation from, Acknowledge acknowledge, long nowNanos) {
        Follower follower = followers.get(from);
        if (follower == null
                || (acknowledge.stream() != follower.stream && member.rules().keep(Rule.ACKNOWLEDGEMENTS_NAME_COPY))
                || acknowledge.number() <= follower.acknowledged
                || acknowledge.number() > log.last()) {
            return false;
        }
        follower.acknowledged = acknowledge.number();
        follower.owesNanos = nowNanos;
        follower.heardNanos = nowNanos;
        return true;
    }

    /** Returns the last entry that all these members have acknowledged; the last of all if there are no members. */
    long acknowledgedBy(Collection<Incarnation> members) {
        long least = log.last();
        for (Incarnation each : members) {
            Follower follower = followers.get(each);
            least = Math.min(least, follower == null ? NOTHING : follower.acknowledged);
        }
        return least;
    }

    /** Returns the last entry that every follower has acknowledged. */
    long acknowledgedByAll() {
        return acknowledgedBy(followers.keySet());
    }

    /** W3: sends an entry to all. */
    void send(LogEntry entry) {
        followers.forEach((each, follower) -> prepare(each, follower, List.of(entry)));
    }

    /** T6: returns those who have owed an acknowledgement for too long. */
    List<Incarnation> overdue(long nowNanos) {
        List<Incarnation> overdue = new ArrayList<>();
        followers.forEach((each, follower) -> {
            if (nowNanos - follower.owesNanos >= member.times().patienceNanos()) {
                overdue.add(each);
            }
        });
        return overdue;
    }

    /** Sends again what may be lost, and says what is committed where no entry has said it. To be called many times while that takes. */
    void remind(long nowNanos) {
        boolean stoodStill = nowNanos - remindedNanos >= member.times().resendNanos();
        remindedNanos = nowNanos;
        followers.forEach((each, follower) -> {
            // Who stood still itself owes the others the time.
            if (stoodStill || follower.acknowledged >= log.last()) {
                follower.owesNanos = nowNanos;
            }
            if (nowNanos - follower.heardNanos >= member.times().resendNanos()) {
                follower.heardNanos = nowNanos;
                remind(each, follower);
            }
        });
    }

    private void remind(Incarnation each, Follower follower) {
        if (follower.acknowledged == NOTHING) {
            reconcile(each);
        } else if (follower.acknowledged < log.last()) {
            prepare(each, follower, log.after(follower.acknowledged));
        } else if (follower.told < committedToTell()) {
            follower.told = committedToTell();
            member.host().send(each, new Committed(epoch, follower.told));
        }
    }

    /**
     * V1: a follower hears that an entry is committed when the entry's changes have arrived. So it carries out no entry, and does not forget
     * what was there before, that it may have to tell of.
     */
    private long committedToTell() {
        return member.rules().keep(Rule.CHANGES_ARRIVE_FIRST) ? log.told() : log.committed();
    }

    private void prepare(Incarnation each, Follower follower, List<LogEntry> entries) {
        follower.told = committedToTell();
        member.host().send(each, new Prepare(epoch, entries, follower.told));
    }

    private void reconcile(Incarnation each) {
        long base = log.committed();
        member.host().send(each, new Reconcile(epoch, base, log.after(base)));
    }
}
