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
 * The members that follow a primary in its epoch: what each has acknowledged, and what is sent to it. No more is under way to one of them than
 * the window allows, and what comes next goes when it acknowledges (B2). Messages may get lost. So whoever is silent, or acknowledges the
 * same again, is sent one part again, and the rest when it answers that: it may just be slow. Used by one thread.
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

    /** R6: those who follow no more, and had leave to answer reads when they were taken out. Rarely any. */
    private List<Follower> formerReaders = List.of();

    private long remindedNanos;

    @Override
    public String toString() {
        return followers.toString();
    }

    /** Returns the epoch in which they follow. */
    long epoch() {
        return epoch;
    }

    private static final class Follower {
        private final long stream;

        /** The last entry of the log that it must take over before it takes the next ones. */
        private final long takesOver;

        private long acknowledged;

        /** The last entry that is under way to it. */
        private long sent;

        /** Whether what was sent may be lost: one part was sent again, and the rest follows when that is answered. */
        private boolean probed;

        private long told;
        private long heardNanos;

        /** R6: until when it may answer reads; counts if it ever was given leave to. */
        private boolean reads;

        private long readsUntilNanos;

        /** Since when it owes an acknowledgement, or when it last owed none. */
        private long owesNanos;

        Follower(long stream, long takesOver, long acknowledged, long nowNanos) {
            this.stream = stream;
            this.takesOver = takesOver;
            this.acknowledged = acknowledged;
            this.sent = acknowledged;
            this.heardNanos = nowNanos;
            this.owesNanos = nowNanos;
        }

        boolean mayRead(long nowNanos) {
            return reads && readsUntilNanos - nowNanos > 0;
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
            Follower follower = new Follower(NO_STREAM, log.last(), NOTHING, nowNanos);
            followers.put(added, follower);
            beginTakeOver(added, follower);
            sendMore(added, follower);
        }
    }

    /** Adds a member whose copy begins after {@code base}, and sends it what has come since. */
    void addFilling(Incarnation added, long stream, long base, long nowNanos) {
        Follower follower = new Follower(stream, base, base, nowNanos);
        followers.put(added, follower);
        sendMore(added, follower);
    }

    /** Keeps those that the condition holds for. */
    void retain(Predicate<Incarnation> condition) {
        List<Follower> readers = new ArrayList<>(formerReaders);
        followers.forEach((each, follower) -> {
            if (follower.reads && !condition.test(each)) {
                readers.add(follower);
            }
        });
        formerReaders = List.copyOf(readers);
        followers.keySet().removeIf(condition.negate());
    }

    // ---- R6

    /** Notes that a follower has leave to answer reads from now on. */
    void sublet(Incarnation to, long nowNanos) {
        Follower follower = followers.get(to);
        if (follower != null) {
            follower.reads = true;
            follower.readsUntilNanos = nowNanos + member.times().subleaseNanos();
        }
    }

    /** Tells whether anybody may answer reads by a leave that was given here. */
    boolean isSublet(long nowNanos) {
        return mayRead(followers.values(), nowNanos) || mayRead(formerReaders, nowNanos);
    }

    private static boolean mayRead(Collection<Follower> followers, long nowNanos) {
        for (Follower follower : followers) {
            if (follower.mayRead(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the last entry that all have acknowledged who are out, and may answer reads. */
    private long acknowledgedByFormerReaders(long nowNanos) {
        if (formerReaders.isEmpty() || !member.rules().keep(Rule.COMMIT_WAITS_FOR_SUBLEASE)) {
            return log.last();
        }
        formerReaders = formerReaders.stream()
                .filter(former -> former.mayRead(nowNanos))
                .toList();
        return formerReaders.stream().mapToLong(former -> former.acknowledged).reduce(log.last(), Math::min);
    }

    /** W4, R6: returns the last entry that all these members have acknowledged, and all who are out, and may answer reads. */
    long committableBy(Collection<Incarnation> members, long nowNanos) {
        return Math.min(acknowledgedBy(members), acknowledgedByFormerReaders(nowNanos));
    }

    /**
     * Takes in what a member acknowledges; tells whether that is new. It counts for the copy that it was said of alone: a member that was
     * taken out and joins again has another one, which may lack what an acknowledgement that is still under way says.
     */
    boolean acknowledged(Incarnation from, Acknowledge acknowledge, long nowNanos) {
        Follower follower = followers.get(from);
        if (follower == null
                || (acknowledge.stream() != follower.stream && member.rules().keep(Rule.ACKNOWLEDGEMENTS_NAME_COPY))
                || acknowledge.number() < follower.acknowledged
                || acknowledge.number() > log.last()) {
            return false;
        }
        if (acknowledge.number() == follower.acknowledged) {
            if (!follower.probed && follower.sent > follower.acknowledged) {
                probe(from, follower); // It has something that comes later, and misses the next.
            }
            return false;
        }
        follower.acknowledged = acknowledge.number();
        follower.sent = Math.max(follower.sent, follower.acknowledged);
        follower.probed = false;
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

    /** T4: sends the log anew to one in sync that has had none of it. */
    void missed(Incarnation from, long nowNanos) {
        Follower follower = followers.get(from);
        if (follower != null && follower.acknowledged == NOTHING) {
            follower.heardNanos = nowNanos;
            remind(from, follower);
        }
    }

    /** W3, B2: sends to all what is new to them, as far as the window goes. */
    void send() {
        followers.forEach(this::sendMore);
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
            if (follower.acknowledged >= log.last() && follower.told >= committedToTell()) {
                follower.heardNanos = nowNanos; // It has nothing to say.
            }
            if (nowNanos - follower.heardNanos >= member.times().resendNanos()) {
                follower.heardNanos = nowNanos;
                remind(each, follower);
            }
        });
    }

    private void remind(Incarnation each, Follower follower) {
        if (follower.acknowledged == NOTHING) {
            follower.probed = true;
            beginTakeOver(each, follower);
        } else if (follower.acknowledged < log.last()) {
            probe(each, follower);
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

    private void probe(Incarnation each, Follower follower) {
        follower.probed = true;
        follower.sent = follower.acknowledged;
        sendPart(each, follower);
    }

    private void sendMore(Incarnation each, Follower follower) {
        while (follower.sent < log.last()
                && !follower.probed
                && bytesUnderWay(follower) < member.limits().windowBytes()) {
            sendPart(each, follower);
        }
    }

    private long bytesUnderWay(Follower follower) {
        return log.bytes(follower.acknowledged == NOTHING ? log.committed() : follower.acknowledged, follower.sent);
    }

    /** T4: sends the first part of the log that is to be taken over. It has no entries if all are committed. */
    private void beginTakeOver(Incarnation each, Follower follower) {
        follower.sent = log.committed();
        if (follower.sent < follower.takesOver) {
            sendPart(each, follower);
        } else {
            member.host().send(each, new Reconcile(epoch, log.committed(), follower.takesOver, List.of()));
        }
    }

    /** Sends the next part of the log, of which there is more. */
    private void sendPart(Incarnation each, Follower follower) {
        boolean takesOver = follower.sent < follower.takesOver;
        List<LogEntry> part = log.part(
                follower.sent,
                takesOver ? follower.takesOver : log.last(),
                member.limits().partBytes());
        follower.sent += part.size();
        if (takesOver) {
            member.host().send(each, new Reconcile(epoch, log.committed(), follower.takesOver, part));
        } else {
            follower.told = committedToTell();
            member.host().send(each, new Prepare(epoch, part, follower.told));
        }
    }
}
