package io.fyercache.sharded.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who holds a partition. The record is kept in ZooKeeper and changed by the controller alone, one legal step at a time:
 * each method below is such a step of the replication protocol ({@code docs/protocol.md}), and returns the record that
 * replaces this one. Each step makes {@link #version} greater by one; where more than that grows, the method says so. All of
 * them throw {@link IllegalStateException} when what they require is not the case; the record itself never changes.
 *
 * <p>Wherever a record lies, it is replaced only by one with a greater version.
 *
 * @param version at least 1; at least the epoch's number, which grows less often
 * @param epoch the reign of the current primary
 * @param primary the member that orders the operations; it is in sync
 * @param inSync the members that hold every acknowledged write, in ascending order, 1..{@value #MAX_COPIES}
 * @param joining the members that are being brought in sync, in ascending order, none of them in sync yet
 * @param target the members that should hold copies in the end, 1..{@value #MAX_COPIES} different ones, the wanted primary
 *     first; the order of the rest says nothing
 */
public record PartitionRecord(
        long version,
        PartitionEpoch epoch,
        Incarnation primary,
        List<Incarnation> inSync,
        List<Incarnation> joining,
        List<Incarnation> target) {
    /** How many copies a partition may have: one on each member, for replicated caches. */
    public static final int MAX_COPIES = Member.MAX_MEMBERS;

    /**
     * Checks that the parts agree, and sorts the copies.
     *
     * @throws IllegalArgumentException if they do not
     */
    public PartitionRecord {
        inSync = ascending("inSync", inSync);
        joining = ascending("joining", joining);
        target = List.copyOf(target);
        Expected.atLeast("version of epoch " + epoch.number(), version, epoch.number());
        Expected.inRange("number of members in sync", inSync.size(), 1, MAX_COPIES);
        Expected.inRange("number of members joining", joining.size(), 0, MAX_COPIES);
        Expected.inRange("number of members in target", target.size(), 1, MAX_COPIES);
        ascending("target", target);
        if (!inSync.contains(primary)) {
            throw new IllegalArgumentException("primary: " + primary + " (expected: one of inSync " + inSync + ")");
        }
        for (Incarnation member : joining) {
            if (inSync.contains(member)) {
                throw new IllegalArgumentException("joining: " + member + " (expected: none of inSync " + inSync + ")");
            }
        }
    }

    private static List<Incarnation> ascending(String name, List<Incarnation> members) {
        List<Incarnation> sorted = members.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).equals(sorted.get(i - 1))) {
                throw new IllegalArgumentException(
                        name + ": " + sorted.get(i) + " twice (expected: each member once, of " + sorted + ")");
            }
        }
        return sorted;
    }

    /** Tells whether the copies are where they should be, and the primary is the one that is wanted. */
    public boolean isSettled() {
        return joining.isEmpty()
                && primary.equals(target.get(0))
                && inSync.size() == target.size()
                && inSync.containsAll(target);
    }

    /** The record of a partition that is new and empty, on the member that founds the cluster. */
    public static PartitionRecord initial(Incarnation founder) {
        return founding(List.of(founder));
    }

    /** The record of a partition that is new and empty, on members that are all in sync because there is nothing yet. */
    public static PartitionRecord founding(List<Incarnation> target) {
        return new PartitionRecord(1, PartitionEpoch.FIRST, target.get(0), target, List.of(), target);
    }

    /**
     * Takeover (T3): the primary is confirmed dead, and a member that is in sync takes its place. The epoch's number
     * grows; everyone who was confirmed dead leaves the copies. Members that are joining begin anew with the new primary.
     *
     * @param successor in sync and not dead
     * @param dead contains the primary
     */
    public PartitionRecord takeOver(Incarnation successor, Collection<Incarnation> dead) {
        require(dead.contains(primary), "takeOver", "a dead primary, not one of " + dead);
        require(!dead.contains(successor), "takeOver", "a successor that lives, not " + successor);
        require(inSync.contains(successor), "takeOver", "a successor in sync, not " + successor);
        return new PartitionRecord(
                version + 1,
                epoch.next(Succession.TAKEN_OVER),
                successor,
                without(inSync, dead),
                without(joining, dead),
                target);
    }

    /**
     * Shrink (T3 and T6): members other than the primary are dead or do not answer, and leave the copies. The epoch
     * stays (KAFKA-15021), as the primary does.
     *
     * @param lost not the primary; at least one of them in sync or joining
     */
    public PartitionRecord shrink(Collection<Incarnation> lost) {
        require(!lost.contains(primary), "shrink", "a primary that lives; take over or reset otherwise");
        List<Incarnation> stillInSync = without(inSync, lost);
        List<Incarnation> stillJoining = without(joining, lost);
        require(
                stillInSync.size() < inSync.size() || stillJoining.size() < joining.size(),
                "shrink",
                "a copy among " + lost);
        return withCopies(stillInSync, stillJoining);
    }

    /**
     * Start of a join (J1): the primary is to bring a member in sync.
     *
     * @param member holds no copy and is not joining yet
     */
    public PartitionRecord startJoin(Incarnation member) {
        require(!inSync.contains(member), "startJoin", "a member that is not in sync yet, not " + member);
        require(!joining.contains(member), "startJoin", "a member that is not joining yet, not " + member);
        return withCopies(inSync, with(joining, member));
    }

    /**
     * Expand (J2): a joining member has every operation and counts as a copy from now on. The controller must have
     * checked before that the primary asked on the basis of this very version; a request on the basis of another one may
     * concern a copy that was dropped since.
     *
     * @param member joining; in the very incarnation that joined (KAFKA-14139)
     */
    public PartitionRecord expand(Incarnation member) {
        require(joining.contains(member), "expand", "a joining member, not " + member);
        return withCopies(with(inSync, member), without(joining, List.of(member)));
    }

    /**
     * Hand-over (J3): the primary has relinquished the partition and a member in sync goes on. The epoch's number
     * grows. The successor may be the old primary, when the one that it relinquished to has died meanwhile: it never resumes
     * within the epoch that it gave up.
     *
     * @param successor in sync
     */
    public PartitionRecord handOver(Incarnation successor) {
        require(inSync.contains(successor), "handOver", "a successor in sync, not " + successor);
        return new PartitionRecord(version + 1, epoch.next(Succession.HANDED_OVER), successor, inSync, joining, target);
    }

    /**
     * Removal of a surplus copy (J4), after which its holder may delete the data. It requires that every member of the
     * target is in sync, so the number of copies never falls below that of the target while copies move.
     *
     * @param member in sync, neither the primary nor in the target
     */
    public PartitionRecord removeSurplus(Incarnation member) {
        require(inSync.contains(member), "removeSurplus", "a member in sync, not " + member);
        require(!member.equals(primary), "removeSurplus", "another member than the primary; hand over before");
        require(!target.contains(member), "removeSurplus", "a member that is not wanted, not " + member);
        require(inSync.containsAll(target), "removeSurplus", "a target that is in sync");
        return withCopies(without(inSync, List.of(member)), joining);
    }

    /**
     * Reset (L2): every member in sync is lost, and with them the data. The generation and the epoch's number grow; nobody
     * is in sync but the successor, which is empty. When this may be done is a matter of time that the controller answers
     * for.
     *
     * @param successor not one of those in sync, all of which are lost
     */
    public PartitionRecord reset(Incarnation successor) {
        return reset(successor, Standing.FIRM);
    }

    /**
     * Early reset (L3): as {@link #reset}, at a time when somebody who is cut off may still serve what is lost. The generation is provisional.
     *
     * @param successor not one of those in sync, all of which are lost
     */
    public PartitionRecord resetEarly(Incarnation successor) {
        return reset(successor, Standing.PROVISIONAL);
    }

    private PartitionRecord reset(Incarnation successor, Standing standing) {
        require(!inSync.contains(successor), "reset", "a successor that was not in sync, not " + successor);
        return new PartitionRecord(
                version + 1, epoch.nextGeneration(standing), successor, List.of(successor), List.of(), target);
    }

    /**
     * End of an early reset (L3): nobody can serve any more what was lost. The epoch's number stays. When this may be done is a matter of time
     * that the controller answers for.
     */
    public PartitionRecord makeFirm() {
        require(epoch.standing() == Standing.PROVISIONAL, "makeFirm", "a generation that is provisional");
        return new PartitionRecord(version + 1, epoch.firm(), primary, inSync, joining, target);
    }

    /**
     * Change of plan: where copies should be in the end. Nothing moves by this step.
     *
     * @param newTarget other than the current one
     */
    public PartitionRecord retarget(List<Incarnation> newTarget) {
        require(!newTarget.equals(target), "retarget", "another target than the current one");
        return new PartitionRecord(version + 1, epoch, primary, inSync, joining, newTarget);
    }

    private PartitionRecord withCopies(List<Incarnation> nextInSync, List<Incarnation> nextJoining) {
        return new PartitionRecord(version + 1, epoch, primary, nextInSync, nextJoining, target);
    }

    private void require(boolean condition, String step, String expected) {
        if (!condition) {
            throw new IllegalStateException(step + " (expected: " + expected + ") of " + this);
        }
    }

    private static List<Incarnation> with(List<Incarnation> members, Incarnation added) {
        List<Incarnation> more = new ArrayList<>(members);
        more.add(added);
        return more;
    }

    private static List<Incarnation> without(List<Incarnation> members, Collection<Incarnation> removed) {
        return members.stream().filter(member -> !removed.contains(member)).toList();
    }
}
