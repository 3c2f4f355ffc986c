package io.fyercache.sharded.controller;

import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.topology.Incarnation;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each member has last said that it hears, this one included. Used by one thread. */
public final class Hearsay {
    private final HearingTimes times;
    private final TreeMap<Incarnation, Report> reports = new TreeMap<>();

    private record Report(Hearing hearing, long toldNanos) {}

    /** Makes it without any word. */
    public Hearsay(HearingTimes times) {
        this.times = times;
    }

    /** Notes what a member says; tells whether that is something else than before. */
    public boolean told(Incarnation by, Hearing hearing, long nowNanos) {
        Report before = reports.put(by, new Report(hearing, nowNanos));
        return before == null || !before.hearing().equals(hearing);
    }

    /** Forgets what others than these have said. */
    public void retain(Collection<Incarnation> members) {
        reports.keySet().retainAll(members);
    }

    /** Returns what the member says now, or null if it has said nothing for two heartbeats. */
    @Nullable
    Hearing by(Incarnation member, long nowNanos) {
        Report report = reports.get(member);
        return report != null && nowNanos - report.toldNanos() < times.freshNanos() ? report.hearing() : null;
    }

    /** Tells whether a member says now that it hears another. */
    public boolean hears(Incarnation member, Incarnation other, long nowNanos) {
        Hearing hearing = by(member, nowNanos);
        return hearing != null && !hearing.silent().contains(other);
    }

    /** Returns who says now that it hears both of two others, in ascending order. */
    public List<Incarnation> whoHear(Incarnation one, Incarnation other, long nowNanos) {
        return reports.keySet().stream()
                .filter(member -> !member.equals(one)
                        && !member.equals(other)
                        && hears(member, one, nowNanos)
                        && hears(member, other, nowNanos))
                .toList();
    }

    /** Tells whether a member has said this of itself when it last said anything. */
    public boolean says(Incarnation member, Hearing.Condition condition) {
        Report report = reports.get(member);
        return report != null && report.hearing().says(condition);
    }
}
