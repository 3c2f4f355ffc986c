package io.fyercache.sharded.controller;

import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.Hearing.Condition;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.ProtocolVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** The members of a test: who is there, and what they say. Member 1 is the one that judges. */
final class Members {
    private static final long NOW = 0;

    private final Hearsay hearsay = new Hearsay(HearingTimes.STANDARD);
    private final TreeSet<Incarnation> goodbyes = new TreeSet<>();
    private final FailingNodes failing = new FailingNodes();
    private List<Member> present;
    private long asOf;

    private Members(int count) {
        present = IntStream.rangeClosed(1, count).mapToObj(Members::member).toList();
        asOf = count;
        present.forEach(member -> hearsay.told(member.incarnation(), Hearing.ALL, NOW));
    }

    /** Members 1 to {@code count}, who all hear each other. */
    static Members of(int count) {
        return new Members(count);
    }

    static Incarnation inc(long number) {
        return new Incarnation(number);
    }

    static List<Incarnation> incs(long... numbers) {
        List<Incarnation> members = new ArrayList<>();
        for (long number : numbers) {
            members.add(inc(number));
        }
        return members;
    }

    static Member member(long number) {
        return new Member(
                inc(number),
                new MemberDescription(
                        new UUID(0, number),
                        "node" + number,
                        new Location("host" + number, ""),
                        new DataAddress("host" + number, 1),
                        MemberDescription.DEFAULT_CAPACITY,
                        new ProtocolVersions(1, 1)));
    }

    /** A member suspects these. */
    Members suspects(long by, long... members) {
        hearsay.told(inc(by), new Hearing(incs(members), incs(members), List.of()), NOW);
        return this;
    }

    /** A member has not heard these for two heartbeats. */
    Members doesNotHear(long by, long... members) {
        hearsay.told(inc(by), new Hearing(incs(members), List.of(), List.of()), NOW);
        return this;
    }

    /** Nobody has heard a member, and it has said nothing. */
    Members areWithout(long silent) {
        for (Member member : present) {
            if (member.incarnation().number() != silent) {
                suspects(member.incarnation().number(), silent);
            }
        }
        hearsay.retain(present.stream()
                .map(Member::incarnation)
                .filter(member -> member.number() != silent)
                .toList());
        return this;
    }

    Members wantsToLeave(long member) {
        return says(member, Condition.LEAVING);
    }

    Members clockIsOff(long member) {
        return says(member, Condition.CLOCK_OFF);
    }

    /** Members on the node of that one have ended three times just now. */
    Members keepsFailing(long number) {
        for (int end = 0; end < FailingNodes.ENDS; end++) {
            failing.ended(member(number), NOW);
        }
        return this;
    }

    private Members says(long member, Condition condition) {
        Hearing before = Objects.requireNonNull(hearsay.by(inc(member), NOW));
        hearsay.told(inc(member), new Hearing(before.silent(), before.suspected(), List.of(condition)), NOW);
        return this;
    }

    Members cannotReachZooKeeper(long member) {
        return says(member, Condition.DETACHED);
    }

    Members saidGoodbye(long member) {
        goodbyes.add(inc(member));
        return this;
    }

    /** A member's znode is gone. */
    Members isGone(long gone) {
        present = present.stream()
                .filter(member -> member.incarnation().number() != gone)
                .toList();
        asOf++;
        return this;
    }

    MembersPresent present() {
        return new MembersPresent(asOf, present);
    }

    Verdicts verdicts() {
        return new Verdicts(inc(1), present(), hearsay, goodbyes, failing, NOW);
    }
}
