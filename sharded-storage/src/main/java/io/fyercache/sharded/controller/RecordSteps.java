package io.fyercache.sharded.controller;

import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.Standing;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The next step of each record of a table: first what a dead member makes necessary, then what the primary asks for, then what brings the
 * copies where they should be. One step of a record at a time. For one look at the table; used by one thread.
 *
 * <p>There are many records, and nearly all of them need no step: what tells so allocates nothing.
 */
final class RecordSteps {
    private final Verdicts verdicts;
    private final JoinBudget budget;
    private final TreeMap<Incarnation, Integer> led = new TreeMap<>();
    private final TreeSet<Incarnation> lastHolders = new TreeSet<>();

    RecordSteps(PartitionTable table, Verdicts verdicts, int joinsPerMember) {
        this.verdicts = verdicts;
        this.budget = new JoinBudget(table, joinsPerMember);
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            led.merge(table.record(partition).primary(), 1, Integer::sum);
        }
    }

    /** Tells whether nobody is left who holds the data, and if so remembers who did. */
    boolean noteIfLost(PartitionRecord record) {
        for (Incarnation member : record.inSync()) {
            if (!verdicts.isDead(member)) {
                return false;
            }
        }
        lastHolders.addAll(record.inSync());
        return true;
    }

    /**
     * Returns those of these members who hold nothing that nobody else holds. Whoever is expelled loses all it has; while a member may yet
     * come back with the only copy, it keeps its life.
     */
    List<Incarnation> dispensable(List<Incarnation> members) {
        return members.stream().filter(member -> !lastHolders.contains(member)).toList();
    }

    /**
     * Returns the record after its next step, or null if it needs none.
     *
     * @param wish what the primary asks for, if it asks for anything
     * @param target where the copies should be, the primary first
     */
    @Nullable
    PartitionRecord next(PartitionRecord record, @Nullable ControllerRequest wish, List<Incarnation> target) {
        PartitionRecord mended = mend(record);
        if (mended != null) {
            return mended;
        }
        PartitionRecord granted = wish == null || wish.version() != record.version() ? null : grant(record, wish);
        if (granted != null) {
            return granted;
        }
        return target.equals(record.target()) ? approachTarget(record) : record.retarget(target);
    }

    /** L2, L3: begins anew on a member that lives, or returns null if none can. */
    @Nullable
    PartitionRecord reset(PartitionRecord record, Standing standing, List<Incarnation> target) {
        List<Incarnation> able = Stream.concat(
                        target.stream(), verdicts.staying().stream().map(member -> member.incarnation()))
                .filter(member -> !verdicts.isDead(member) && !record.inSync().contains(member))
                .toList();
        if (able.isEmpty()) {
            return null;
        }
        Incarnation successor = fittest(able).get(0);
        return standing == Standing.FIRM ? record.reset(successor) : record.resetEarly(successor);
    }

    /** Returns those who should rather lead than the others, in their order. */
    private List<Incarnation> fittest(List<Incarnation> able) {
        return preferring(preferring(able, verdicts::isClockTrusted), verdicts::isReliable);
    }

    /** Returns those that the condition holds for, in their order; all of them if it holds for none. */
    private static List<Incarnation> preferring(List<Incarnation> members, Predicate<Incarnation> condition) {
        List<Incarnation> preferred = members.stream().filter(condition).toList();
        return preferred.isEmpty() ? members : preferred;
    }

    /** T3, T6. */
    private @Nullable PartitionRecord mend(PartitionRecord record) {
        if (areWell(record, record.inSync()) && areWell(record, record.joining())) {
            return null;
        }
        List<Incarnation> dead = copies(record).filter(verdicts::isDead).toList();
        if (dead.contains(record.primary())) {
            return record.takeOver(successor(record), dead);
        }
        List<Incarnation> lost = copies(record)
                .filter(member -> verdicts.isDead(member) || verdicts.suspects(record.primary(), member))
                .toList();
        return lost.isEmpty() ? null : record.shrink(lost);
    }

    private boolean areWell(PartitionRecord record, List<Incarnation> copies) {
        for (Incarnation member : copies) {
            if (!isReached(record, member)) {
                return false;
            }
        }
        return true;
    }

    private static Stream<Incarnation> copies(PartitionRecord record) {
        return Stream.concat(record.inSync().stream(), record.joining().stream());
    }

    /** The one that should lead if it can, else the one that leads least; of the fittest. */
    private Incarnation successor(PartitionRecord record) {
        List<Incarnation> able = fittest(record.inSync().stream()
                .filter(member -> !verdicts.isDead(member))
                .toList());
        Incarnation wanted = record.target().get(0);
        Incarnation successor = able.contains(wanted) ? wanted : leastLeading(able);
        led.merge(successor, 1, Integer::sum);
        return successor;
    }

    private Incarnation leastLeading(List<Incarnation> members) {
        Incarnation least = members.get(0);
        for (Incarnation member : members) {
            if (led.getOrDefault(member, 0) < led.getOrDefault(least, 0)) {
                least = member;
            }
        }
        return least;
    }

    /** What the primary asks for on the basis of this very record. */
    private @Nullable PartitionRecord grant(PartitionRecord record, ControllerRequest wish) {
        if (wish instanceof ControllerRequest.Expand expand) {
            return record.joining().contains(expand.member()) ? record.expand(expand.member()) : null;
        } else if (wish instanceof ControllerRequest.Shrink shrink) {
            return shrink.member().equals(record.primary()) || copies(record).noneMatch(shrink.member()::equals)
                    ? null
                    : record.shrink(List.of(shrink.member()));
        }
        // J3. Whoever was to lead may have died since; the old primary, too, goes on in a new epoch only.
        Incarnation leader = leader(record);
        led.merge(leader, 1, Integer::sum);
        return record.handOver(leader);
    }

    /** J1, J4. */
    private @Nullable PartitionRecord approachTarget(PartitionRecord record) {
        for (Incarnation member : record.joining()) {
            if (!record.target().contains(member)) {
                return record.shrink(List.of(member));
            }
        }
        for (Incarnation member : record.target()) {
            if (!record.inSync().contains(member) && !record.joining().contains(member) && mayJoin(record, member)) {
                return record.startJoin(member);
            }
        }
        if (record.inSync().containsAll(record.target())) {
            for (Incarnation member : record.inSync()) {
                if (!member.equals(record.primary()) && !record.target().contains(member)) {
                    return record.removeSurplus(member);
                }
            }
        }
        return null;
    }

    private boolean mayJoin(PartitionRecord record, Incarnation member) {
        return !verdicts.isDead(member)
                && !verdicts.suspects(record.primary(), member)
                && !verdicts.suspects(member, record.primary())
                && budget.take(record.primary(), member);
    }

    /** J3: tells whether the primary should give up, as another one should lead and can. */
    boolean shouldHandOver(PartitionRecord record) {
        return !isLedWell(record) && !leader(record).equals(record.primary());
    }

    /** Tells whether the wanted one leads and is of the fittest, as it is with nearly all records. */
    private boolean isLedWell(PartitionRecord record) {
        Incarnation primary = record.primary();
        return primary.equals(record.target().get(0))
                && isReached(record, primary)
                && verdicts.isClockTrusted(primary)
                && verdicts.isReliable(primary);
    }

    /** Who should lead, of the fittest: the wanted one, else the one that does, else the one that leads least. */
    private Incarnation leader(PartitionRecord record) {
        List<Incarnation> able = preferring(
                record.inSync().stream()
                        .filter(member -> isReached(record, member))
                        .toList(),
                verdicts::isClockTrusted);
        if (record.inSync().containsAll(record.target())) {
            able = preferring(able, record.target()::contains); // A surplus copy cannot go while it leads.
        }
        able = preferring(able, verdicts::isReliable);
        Incarnation wanted = record.target().get(0);
        if (able.contains(wanted)) {
            return wanted;
        }
        return able.isEmpty() || able.contains(record.primary()) ? record.primary() : leastLeading(able);
    }

    /** Tells whether the member lives, and the primary hears it. */
    private boolean isReached(PartitionRecord record, Incarnation member) {
        return !verdicts.isDead(member) && !verdicts.suspects(record.primary(), member);
    }
}
