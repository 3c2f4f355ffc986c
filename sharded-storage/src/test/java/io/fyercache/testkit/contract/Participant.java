package io.fyercache.testkit.contract;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.ClusterCoordinator;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member that remembers what it was told, and notes what it should not have been told: something older than before, something within a
 * call of the port, or anything after its end. May be told things on another thread than the test's.
 */
final class Participant implements CoordinationListener {
    private final CoordinationFixture fixture;
    private final List<MembersPresent> views = new ArrayList<>();
    private final List<VersionedTable> tables = new ArrayList<>();
    private final List<ClaimOutcome> claims = new ArrayList<>();
    private final List<WriteOutcome> writes = new ArrayList<>();
    private final Map<Long, Knowledge> licences = new LinkedHashMap<>();
    private final List<Knowledge> refreshes = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private List<Incarnation> queue = List.of();
    private @Nullable ControllerEpoch epoch;
    private @Nullable Incarnation controller;
    private boolean expelled;
    private @Nullable Thread calling;
    private @Nullable ClusterCoordinator coordinator;

    /** What a participant knows at a moment. */
    record Knowledge(
            MembersPresent members,
            long tableVersion,
            @Nullable ControllerEpoch epoch) {}

    Participant(CoordinationFixture fixture) {
        this.fixture = fixture;
    }

    void begin(ClusterCoordinator given) {
        coordinator = given;
    }

    ClusterCoordinator coordinator() {
        return coordinator;
    }

    Incarnation self() {
        return coordinator.self();
    }

    /** Calls the port. */
    void call(Consumer<ClusterCoordinator> request) {
        fixture.call(() -> {
            setCalling(Thread.currentThread());
            try {
                request.accept(coordinator);
            } finally {
                setCalling(null);
            }
        });
    }

    private synchronized void setCalling(@Nullable Thread thread) {
        calling = thread;
    }

    synchronized MembersPresent members() {
        return views.isEmpty() ? MembersPresent.NOBODY : views.get(views.size() - 1);
    }

    synchronized List<MembersPresent> views() {
        return List.copyOf(views);
    }

    synchronized List<Incarnation> queue() {
        return queue;
    }

    synchronized @Nullable ControllerEpoch epoch() {
        return epoch;
    }

    synchronized @Nullable Incarnation controller() {
        return controller;
    }

    synchronized long tableVersion() {
        return tables.isEmpty() ? 0 : tables.get(tables.size() - 1).version();
    }

    synchronized PartitionTable table() {
        return tables.get(tables.size() - 1).table();
    }

    synchronized List<VersionedTable> tables() {
        return List.copyOf(tables);
    }

    synchronized List<ClaimOutcome> claims() {
        return List.copyOf(claims);
    }

    synchronized List<WriteOutcome> writes() {
        return List.copyOf(writes);
    }

    /** What was known when the licence of that time was renewed; null if it was not. */
    synchronized @Nullable Knowledge licence(long sentNanos) {
        return licences.get(sentNanos);
    }

    /** What was known at the end of each refresh. */
    synchronized List<Knowledge> refreshes() {
        return List.copyOf(refreshes);
    }

    synchronized boolean isExpelled() {
        return expelled;
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private Knowledge knowledge() {
        return new Knowledge(members(), tableVersion(), epoch);
    }

    private void note(String told) {
        if (expelled) {
            complaints.add(told + " after the end");
        }
        if (calling == Thread.currentThread()) {
            complaints.add(told + " within a call of the port");
        }
    }

    private void expect(boolean condition, String complaint) {
        if (!condition) {
            complaints.add(complaint);
        }
    }

    @Override
    public synchronized void membersChanged(MembersPresent members) {
        note("members");
        expect(
                members.asOf() >= members().asOf(),
                "members as of " + members.asOf() + " after " + members().asOf());
        views.add(members);
    }

    @Override
    public synchronized void candidatesChanged(List<Incarnation> candidates) {
        note("candidates");
        queue = List.copyOf(candidates);
    }

    @Override
    public synchronized void controllerChanged(ControllerEpoch next, @Nullable Incarnation who) {
        note("controller");
        expect(epoch == null || next.compareTo(epoch) >= 0, next + " after " + epoch);
        epoch = next;
        controller = who;
    }

    @Override
    public synchronized void tableChanged(VersionedTable table) {
        note("table");
        expect(table.version() >= tableVersion(), "table " + table.version() + " after " + tableVersion());
        tables.add(table);
    }

    @Override
    public synchronized void licenceRenewed(long sentNanos) {
        note("licence");
        licences.put(sentNanos, knowledge());
    }

    @Override
    public synchronized void claimEnded(ClaimOutcome outcome) {
        note("claim");
        claims.add(outcome);
    }

    @Override
    public synchronized void writeEnded(WriteOutcome outcome) {
        note("write");
        writes.add(outcome);
    }

    @Override
    public synchronized void refreshed() {
        note("refresh");
        refreshes.add(knowledge());
    }

    @Override
    public synchronized void expelled() {
        note("expulsion");
        expelled = true;
    }
}
