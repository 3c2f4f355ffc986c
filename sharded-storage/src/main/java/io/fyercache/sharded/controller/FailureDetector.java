package io.fyercache.sharded.controller;

import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Whom this member hears (T1). A suspicion is no verdict: being wrong costs time, and never data. Used by one thread.
 */
public final class FailureDetector {
    private final HearingTimes times;
    private final TreeMap<Incarnation, Link> links = new TreeMap<>();
    private long lookedNanos;

    private static final class Link {
        private long heardNanos;

        /** Whether it was ever heard: who was not may still be on its way in, and only be there too late for a first attempt. */
        private boolean met;

        private boolean lost;

        Link(long heardNanos) {
            this.heardNanos = heardNanos;
        }
    }

    /** Makes a detector that listens to nobody yet. */
    public FailureDetector(HearingTimes times, long nowNanos) {
        this.times = times;
        this.lookedNanos = nowNanos;
    }

    /** Listens to these members and to no others. One that is new counts as heard now. */
    public void listenTo(Collection<Incarnation> members, long nowNanos) {
        links.keySet().retainAll(members);
        members.forEach(member -> links.computeIfAbsent(member, first -> new Link(nowNanos)));
    }

    /** Notes a word from a member. */
    public void heard(Incarnation member, long nowNanos) {
        Link link = links.get(member);
        if (link != null) {
            link.heardNanos = nowNanos;
            link.met = true;
            link.lost = false;
        }
    }

    /** Notes that no connection to a member could be made: if there was one before, it is suspected until it is heard. */
    public void connectionLost(Incarnation member) {
        Link link = links.get(member);
        if (link != null) {
            link.lost = link.met;
        }
    }

    /**
     * Lets time pass. To be called more often than there are heartbeats: if much more time has passed since the last call, it was this
     * member that stood still, and nobody's silence.
     */
    public void onTick(long nowNanos) {
        long gap = nowNanos - lookedNanos;
        lookedNanos = nowNanos;
        if (gap > times.heartbeatNanos()) {
            for (Link link : links.values()) {
                // What was heard since is heard; no silence is longer than the time in which it was listened to.
                link.heardNanos = nowNanos - Math.max(0, nowNanos - link.heardNanos - gap);
            }
        }
    }

    /**
     * Returns what this member hears, for itself and for the others.
     *
     * @param conditions what is to be said of the member itself
     */
    public Hearing hearing(long nowNanos, List<Hearing.Condition> conditions) {
        List<Incarnation> silent = new ArrayList<>();
        List<Incarnation> suspected = new ArrayList<>();
        links.forEach((member, link) -> {
            long silenceNanos = nowNanos - link.heardNanos;
            boolean suspect = link.lost || silenceNanos >= times.silenceNanos();
            if (suspect || silenceNanos >= times.freshNanos()) {
                silent.add(member);
            }
            if (suspect) {
                suspected.add(member);
            }
        });
        return new Hearing(silent, suspected, conditions);
    }
}
