package io.fyercache.testkit.coordination;

import static io.fyercache.testkit.coordination.CoordinationWorld.expect;

import io.fyercache.sharded.coordination.ClaimOutcome;
import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.DataAddress;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Location;
import io.fyercache.sharded.topology.MemberDescription;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.ProtocolVersions;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member that claims, writes, expels and stops without reason, and checks what it is told. */
final class RestlessMember implements CoordinationListener {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final int PARTITIONS = 32;

    /** Longer than a session's timeout. */
    private static final long LONGEST_PAUSE_NANOS = 10 * SECOND;

    private final CoordinationWorld world;
    private final MemberDescription description;
    private final List<Runnable> whilePaused = new ArrayList<>();
    private final Deque<Owed> licences = new ArrayDeque<>();
    private final Deque<Owed> refreshes = new ArrayDeque<>();
    private long pausedUntilNanos;
    private boolean alive = true;
    private @Nullable SimulatedCoordinator coordinator;
    private MembersPresent members = MembersPresent.NOBODY;
    private List<Incarnation> queue = List.of();
    private ControllerEpoch epoch = new ControllerEpoch(0);
    private @Nullable ControllerEpoch reign;
    private @Nullable VersionedTable table;
    private boolean claiming;
    private @Nullable Attempt attempt;
    private @Nullable Attempt unsettled;

    /** What must be known by the time that something asked for now is answered. */
    private record Owed(long sentNanos, long tableVersion, int epoch) {}

    private record Attempt(long version, PartitionTable table) {}

    RestlessMember(CoordinationWorld world) {
        this.world = world;
        this.description = new MemberDescription(
                new UUID(world.random().nextLong(), world.random().nextLong()),
                "node",
                new Location("host", Location.NO_ZONE),
                new DataAddress("10.0.0.1", 7400),
                MemberDescription.DEFAULT_CAPACITY,
                new ProtocolVersions(1, 1));
    }

    void join() {
        SimulatedCoordinator.join(world.zookeeper(), world.timeline(), this::run, description, this, this::begin);
    }

    private void begin(SimulatedCoordinator given) {
        coordinator = given;
        world.onBirth(given.self(), description);
        repeat(SECOND, () -> {
            licences.add(owed());
            given.renewLicence(licences.getLast().sentNanos());
        });
        repeat(100 * MILLIS, this::act);
    }

    private Owed owed() {
        return new Owed(world.timeline().nowNanos(), world.doneVersion(), world.wonEpoch());
    }

    // ---- its process

    private void run(Runnable action) {
        if (isPaused()) {
            whilePaused.add(action);
        } else if (alive) {
            action.run();
        }
    }

    private boolean isPaused() {
        return world.timeline().nowNanos() < pausedUntilNanos;
    }

    private void pause(long nanos) {
        pausedUntilNanos = world.timeline().nowNanos() + nanos;
        world.timeline().after(nanos, () -> {
            List<Runnable> missed = new ArrayList<>(whilePaused);
            whilePaused.clear();
            missed.forEach(this::run);
        });
    }

    private void repeat(long intervalNanos, Runnable action) {
        world.timeline()
                .after(
                        intervalNanos,
                        () -> run(() -> {
                            action.run();
                            repeat(intervalNanos, action);
                        }));
    }

    private void die(String reason) {
        alive = false;
        world.count(reason);
        world.replace(this);
    }

    // ---- what it does

    private void act() {
        if (world.isQuiet()) {
            return;
        }
        switch (world.random().nextInt(100)) {
            case 0 -> pause((long) (world.random().nextDouble() * LONGEST_PAUSE_NANOS));
            case 1 -> {
                if (world.random().nextInt(10) == 0) {
                    die("crash");
                }
            }
            case 2 -> {
                if (world.random().nextInt(10) == 0) {
                    coordinator.leave();
                    die("leave");
                }
            }
            case 3, 4 -> coordinator.requeue();
            case 5, 6, 7, 8 -> refresh();
            case 9, 10, 11 -> claim();
            default -> {
                if (attempt == null
                        && unsettled == null
                        && reign != null
                        && world.random().nextBoolean()) {
                    write(reign);
                }
            }
        }
    }

    private void refresh() {
        refreshes.add(owed());
        coordinator.refresh();
    }

    private void claim() {
        if (!claiming) {
            claiming = true;
            coordinator.claim(epoch);
        }
    }

    private void write(ControllerEpoch under) {
        if (table == null) {
            attempt = new Attempt(1, PartitionTable.initial(PartitionLayout.spread(PARTITIONS), coordinator.self()));
            world.onAttempt(1, attempt.table());
            coordinator.write(new TableWrite.Found(under, attempt.table()));
        } else {
            TableDelta delta = change(table.table());
            attempt = new Attempt(table.version() + 1, table.table().apply(delta));
            world.onAttempt(attempt.version(), attempt.table());
            coordinator.write(new TableWrite.Change(under, table.version(), delta, victims()));
        }
    }

    /** Changes some records to what no other attempt makes of them. */
    private TableDelta change(PartitionTable from) {
        Incarnation mark = new Incarnation(1 + world.random().nextInt(Integer.MAX_VALUE));
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (partition == 0 || world.random().nextBoolean()) {
                PartitionRecord record = from.record(partition);
                PartitionRecord next = new PartitionRecord(
                        record.version() + 1,
                        record.epoch(),
                        record.primary(),
                        record.inSync(),
                        record.joining(),
                        List.of(mark));
                changes.add(new TableDelta.Change(partition, next));
            }
        }
        return new TableDelta(PARTITIONS, changes);
    }

    /** Now and then two at once, the dead and the departed too. */
    private List<Incarnation> victims() {
        List<Incarnation> all = new ArrayList<>(world.born());
        if (world.random().nextInt(30) > 0) {
            return List.of();
        }
        int last = all.size() - 1 - world.random().nextInt(Math.min(all.size(), 6));
        return last == 0 ? List.of(all.get(0)) : List.of(all.get(last), all.get(last - 1));
    }

    // ---- what it is told

    @Override
    public void membersChanged(MembersPresent next) {
        check("members");
        expect(next.asOf() >= members.asOf(), "members get older");
        members = next;
        for (Incarnation member : world.born()) {
            expect(!next.isGone(member) || !world.exists(member), member + " is taken for gone and is there");
        }
    }

    @Override
    public void candidatesChanged(List<Incarnation> next) {
        check("candidates");
        queue = next;
    }

    @Override
    public void controllerChanged(ControllerEpoch next, @Nullable Incarnation controller) {
        check("controller");
        expect(next.compareTo(epoch) >= 0, "the controller's epoch gets older");
        epoch = next;
        reign = coordinator.self().equals(controller) ? next : reign;
    }

    @Override
    public void tableChanged(VersionedTable next) {
        check("table");
        expect(table == null || next.version() >= table.version(), "the table gets older");
        table = next;
        world.onSeen(next.version(), next.table());
    }

    @Override
    public void licenceRenewed(long sentNanos) {
        check("licence");
        while (licences.getFirst().sentNanos() < sentNanos) {
            licences.remove(); // It was never answered.
        }
        checkPaid(licences.remove());
    }

    @Override
    public void refreshed() {
        check("refresh");
        checkPaid(refreshes.remove());
        // Only a refresh that was asked for since then tells; there may have been older ones under way.
        if (unsettled != null && refreshes.isEmpty()) {
            if (tableVersion() < unsettled.version()) {
                world.onFailure(unsettled.version(), unsettled.table());
            }
            unsettled = null;
        }
    }

    private void checkPaid(Owed owed) {
        expect(tableVersion() >= owed.tableVersion(), "version " + owed.tableVersion() + " was written and not told");
        expect(epoch.number() >= owed.epoch(), "epoch " + owed.epoch() + " had begun and was not told");
    }

    private long tableVersion() {
        return table == null ? 0 : table.version();
    }

    @Override
    public void claimEnded(ClaimOutcome outcome) {
        check(outcome.getClass().getSimpleName());
        claiming = false;
        if (outcome instanceof ClaimOutcome.Claimed claimed) {
            reign = claimed.epoch();
            world.onWon(reign);
        }
    }

    @Override
    public void writeEnded(WriteOutcome outcome) {
        check(outcome.name());
        Attempt ended = attempt;
        attempt = null;
        switch (outcome) {
            case DONE -> {
                expect(tableVersion() >= ended.version(), "the outcome was told before the table");
                world.onDone(ended.version(), ended.table());
            }
            case OUT_OF_DATE -> world.onFailure(ended.version(), ended.table());
            case DEPOSED -> {
                reign = null;
                world.onFailure(ended.version(), ended.table());
            }
            case UNKNOWN -> {
                unsettled = ended;
                refresh();
            }
        }
    }

    @Override
    public void expelled() {
        check("expulsion");
        die("expulsion");
    }

    private void check(String event) {
        expect(alive, event + " was told after the end");
        world.count(event);
    }

    /** After a time without faults and without changes everybody knows everything. */
    void checkUpToDate() {
        List<Incarnation> present =
                world.born().stream().filter(world::exists).sorted().toList();
        expect(members.incarnations().equals(present), "members " + members + ", in truth " + present);
        expect(queue.stream().sorted().toList().equals(present), "queue " + queue + ", in truth of " + present);
        expect(epoch.number() == world.trueVersion(Znodes.CONTROLLER), "epoch " + epoch);
        expect(tableVersion() == world.trueVersion(Znodes.TABLE), "version " + tableVersion());
        expect(unsettled == null && refreshes.isEmpty(), "a refresh is not answered");
        expect(attempt == null && !claiming, "a write or claim is not answered");
        expect(exists(), "a member that lives has no znode");
    }

    private boolean exists() {
        return coordinator != null && world.exists(coordinator.self());
    }
}
