package io.fyercache.testkit.coordination;

import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Members that use the port as badly as they can, under faults, and what must hold of it whatever they do. Keeps the truth that no member
 * knows: which tables may be what version, who was born, which epochs were won.
 */
final class CoordinationWorld {
    private static final long SECOND = 1_000_000_000;
    private static final int MEMBERS = 5;

    private final Random random;
    private final Timeline timeline = new Timeline();
    private final FakeZooKeeper zookeeper;
    private final List<RestlessMember> members = new ArrayList<>();
    private final Map<Incarnation, String> born = new LinkedHashMap<>();

    /** What each version may be: whatever was attempted, until one was seen. */
    private final Map<Long, List<PartitionTable>> possible = new TreeMap<>();

    private final Set<ControllerEpoch> won = new LinkedHashSet<>();
    private final Map<String, Integer> events = new TreeMap<>();
    private long doneVersion;
    private int wonEpoch;
    private boolean quiet;

    CoordinationWorld(long seed) {
        random = new Random(seed);
        zookeeper = new FakeZooKeeper(timeline, random, ZooKeeperFaults.draw(random));
        for (int number = 0; number < MEMBERS; number++) {
            startMember();
        }
    }

    void run(long faultyNanos) {
        timeline.runUntil(faultyNanos, () -> {});
        zookeeper.setFaults(ZooKeeperFaults.NONE);
        // As long as the longest outage or pause lasts and a session takes to expire; then a while without any fault.
        timeline.runUntil(faultyNanos + 40 * SECOND, () -> {});
        quiet = true;
        timeline.runUntil(faultyNanos + 60 * SECOND, () -> {});
        members.forEach(RestlessMember::checkUpToDate);
    }

    Random random() {
        return random;
    }

    Timeline timeline() {
        return timeline;
    }

    FakeZooKeeper zookeeper() {
        return zookeeper;
    }

    /** Tells whether members are to leave things as they are. */
    boolean isQuiet() {
        return quiet;
    }

    /** How often what has happened. */
    Map<String, Integer> events() {
        return events;
    }

    void count(Object event) {
        events.merge(event.toString(), 1, Integer::sum);
    }

    // ---- members

    void startMember() {
        RestlessMember member = new RestlessMember(this);
        members.add(member);
        member.join();
    }

    void replace(RestlessMember member) {
        members.remove(member);
        timeline.after(SECOND, this::startMember);
    }

    void onBirth(Incarnation incarnation, MemberDescription description) {
        String path = Znodes.member(description.id().toString());
        expect(born.putIfAbsent(incarnation, path) == null, incarnation + " born twice");
    }

    /** All who ever were. */
    Set<Incarnation> born() {
        return born.keySet();
    }

    boolean exists(Incarnation member) {
        return zookeeper.truth(born.get(member)) != null;
    }

    int trueVersion(String path) {
        Znode znode = zookeeper.truth(path);
        return znode == null ? 0 : znode.stat().version();
    }

    // ---- the controller

    void onWon(ControllerEpoch epoch) {
        expect(won.add(epoch), epoch + " won twice");
        wonEpoch = Math.max(wonEpoch, epoch.number());
    }

    /** The latest epoch that somebody knows to have won. */
    int wonEpoch() {
        return wonEpoch;
    }

    // ---- the table

    /** The latest version that somebody knows to have written. */
    long doneVersion() {
        return doneVersion;
    }

    void onAttempt(long version, PartitionTable table) {
        possible.computeIfAbsent(version, absent -> new ArrayList<>()).add(table);
    }

    /** What was attempted is known not to be done; so it must not be seen later. */
    void onFailure(long version, PartitionTable table) {
        possible.get(version).remove(table);
    }

    void onDone(long version, PartitionTable table) {
        onSeen(version, table);
        doneVersion = Math.max(doneVersion, version);
    }

    void onSeen(long version, PartitionTable table) {
        List<PartitionTable> tables = possible.getOrDefault(version, List.of());
        expect(tables.contains(table), "version " + version + " is none of what it can be: torn, or written twice");
        possible.put(version, new ArrayList<>(List.of(table)));
    }

    static void expect(boolean condition, String broken) {
        if (!condition) {
            throw new AssertionError(broken);
        }
    }
}
