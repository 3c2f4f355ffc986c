package io.fyercache.sharded.controller;

import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.Hearing.Condition;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is dead, and who does not hear whom, as one member sees it at one moment (T2).
 *
 * <p>A member is dead if its znode is gone or it has said goodbye. It is taken for dead if nobody vouches for it and this member does not
 * hear it, or two others say so; or if it says itself that it does not hear half of the others, because it could serve nobody. Whoever does
 * not hear half of the others itself takes nobody for dead: it is more likely to be the one who is cut off.
 */
public final class Verdicts {
    /** From so many members on, half of the others can be told from a single one. */
    private static final int MANY = 3;

    /** From so many members on, two who do not hear a third are more than one sick link. */
    private static final int ENOUGH_FOR_WITNESSES = 4;

    private static final int WITNESSES = 2;

    private final MembersPresent present;
    private final TreeMap<Incarnation, Hearing> hearings = new TreeMap<>();
    private final SortedSet<Incarnation> goodbyes;
    private final SortedSet<Incarnation> leaving = new TreeSet<>();
    private final SortedSet<Incarnation> detached = new TreeSet<>();
    private final SortedSet<Incarnation> clocksOff = new TreeSet<>();
    private final SortedSet<Incarnation> quarantined = new TreeSet<>();
    private final SortedSet<Incarnation> takenForDead = new TreeSet<>();
    private final boolean isolated;

    /** Judges, for {@code self}. */
    public Verdicts(
            Incarnation self,
            MembersPresent present,
            Hearsay hearsay,
            SortedSet<Incarnation> goodbyes,
            FailingNodes failing,
            long nowNanos) {
        this.present = present;
        this.goodbyes = goodbyes;
        for (Incarnation member : present.incarnations()) {
            Hearing hearing = hearsay.by(member, nowNanos);
            if (hearing != null) {
                hearings.put(member, hearing);
                if (hearing.says(Condition.DETACHED)) {
                    detached.add(member);
                }
            }
            if (hearsay.says(member, Condition.LEAVING)) {
                leaving.add(member);
            }
            if (hearsay.says(member, Condition.CLOCK_OFF)) {
                clocksOff.add(member);
            }
        }
        present.members().stream()
                .filter(member -> failing.isQuarantined(member, nowNanos))
                .forEach(member -> quarantined.add(member.incarnation()));
        isolated = isDeaf(self);
        if (!isolated) {
            for (Incarnation member : present.incarnations()) {
                if (!member.equals(self) && (isDeaf(member) || (isAccused(member, self) && !isVouchedFor(member)))) {
                    takenForDead.add(member);
                }
            }
        }
    }

    private boolean isDeaf(Incarnation member) {
        Hearing hearing = hearings.get(member);
        if (hearing == null || present.members().size() < MANY) {
            return false;
        }
        long unheard = hearing.suspected().stream().filter(present::contains).count();
        return 2 * unheard >= present.members().size();
    }

    private boolean isAccused(Incarnation member, Incarnation self) {
        if (suspects(self, member)) {
            return true;
        }
        long witnesses = hearings.values().stream()
                .filter(hearing -> hearing.suspected().contains(member))
                .count();
        return present.members().size() >= ENOUGH_FOR_WITNESSES && witnesses >= WITNESSES;
    }

    private boolean isVouchedFor(Incarnation member) {
        return hearings.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(member)
                        && !each.getValue().silent().contains(member));
    }

    /** Tells whether this member does not hear half of the others, or more, of three or more. */
    public boolean isIsolated() {
        return isolated;
    }

    /** Tells whether the member is dead, or taken for it. */
    public boolean isDead(Incarnation member) {
        return isKnownDead(member) || takenForDead.contains(member) || present.isGone(member);
    }

    /** Tells whether the member is known to have stopped: it has said so. */
    boolean isKnownDead(Incarnation member) {
        return goodbyes.contains(member);
    }

    /** Tells whether the member's znode is gone. */
    boolean isGone(Incarnation member) {
        return present.isGone(member);
    }

    /** Returns those who have a znode and are taken for dead, in ascending order. */
    List<Incarnation> toBeExpelled() {
        return List.copyOf(takenForDead);
    }

    /** Tells whether a member says that it does not hear another. */
    boolean suspects(Incarnation by, Incarnation member) {
        Hearing hearing = hearings.get(by);
        return hearing != null && hearing.suspected().contains(member);
    }

    /** Returns who can hold copies and means to stay, in ascending order. */
    List<Member> staying() {
        return present.members().stream()
                .filter(member -> !isDead(member.incarnation()) && !leaving.contains(member.incarnation()))
                .toList();
    }

    /** Tells whether the member's clock is not off, so that it may say when entries expire (E4). */
    boolean isClockTrusted(Incarnation member) {
        return !clocksOff.contains(member);
    }

    /** Tells whether the member's node is not in quarantine (T7). */
    boolean isReliable(Incarnation member) {
        return !quarantined.contains(member);
    }

    /** Returns the one of these that lives, can reach ZooKeeper, and comes first, or null. */
    @Nullable
    Incarnation firstAble(Collection<Incarnation> members) {
        return members.stream()
                .filter(member -> !isDead(member) && !detached.contains(member))
                .findFirst()
                .orElse(null);
    }
}
