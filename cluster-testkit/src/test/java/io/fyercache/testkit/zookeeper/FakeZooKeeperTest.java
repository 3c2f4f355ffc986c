package io.fyercache.testkit.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper.Loss;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FakeZooKeeperTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;
    private static final ZooKeeperFaults LAGGING = new ZooKeeperFaults(5, 20, 50 * MILLIS, 0, 0, 0, 0);
    private static final int SEEDS = 50;

    private final World world = new World(1, ZooKeeperFaults.NONE);

    /** An ensemble and its time. */
    private static final class World {
        private final Timeline timeline = new Timeline();
        private final FakeZooKeeper zookeeper;

        World(long seed, ZooKeeperFaults faults) {
            zookeeper = new FakeZooKeeper(timeline, new Random(seed), faults);
        }

        Client start() {
            Client process = new Client(this);
            process.client = zookeeper.open(process::run, process);
            pass(SECOND);
            return process;
        }

        void pass(long nanos) {
            timeline.runUntil(timeline.nowNanos() + nanos, () -> {});
        }

        boolean exists(String path) {
            return zookeeper.truth(path) != null;
        }
    }

    /** A client that notes what it is told, and can be paused. */
    private static final class Client implements SessionListener {
        private final World world;
        private final List<String> heard = new ArrayList<>();
        private final List<Runnable> whilePaused = new ArrayList<>();
        private boolean paused;
        private ZooKeeperClient client;

        Client(World world) {
            this.world = world;
        }

        void run(Runnable action) {
            if (paused) {
                whilePaused.add(action);
            } else {
                action.run();
            }
        }

        void resume() {
            paused = false;
            List<Runnable> missed = new ArrayList<>(whilePaused);
            whilePaused.clear();
            missed.forEach(Runnable::run);
        }

        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void changed(String path) {
            heard.add(path);
        }

        @Override
        public void expired() {
            heard.add("expired");
        }

        long count(String what) {
            return heard.stream().filter(what::equals).count();
        }

        AtomicReference<Reply<List<Written>>> send(ZnodeOperation... operations) {
            AtomicReference<Reply<List<Written>>> reply = new AtomicReference<>();
            client.write(List.of(operations), reply::set);
            return reply;
        }

        Reply<List<Written>> write(ZnodeOperation... operations) {
            AtomicReference<Reply<List<Written>>> reply = send(operations);
            world.pass(SECOND);
            return reply.get();
        }

        Znode.Stat stat(String path) {
            AtomicReference<Reply<Znode>> reply = new AtomicReference<>();
            client.get(path, reply::set);
            world.pass(SECOND);
            return ((Reply.Done<Znode>) reply.get()).value().stat();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Create create(String path) {
        return new Create(path, bytes("first"), CreateMode.PERSISTENT);
    }

    private static Create ephemeral(String path) {
        return new Create(path, bytes("mine"), CreateMode.EPHEMERAL);
    }

    private static SetData set(String path, int expectedVersion) {
        return new SetData(path, bytes("next"), expectedVersion);
    }

    // ---- transactions

    @Test
    void stat_countsWhatZooKeeperCounts() {
        Client process = world.start();
        process.write(create("/a"));
        long created = process.stat("/a").czxid();

        process.write(set("/a", 0));
        process.write(set("/a", 1));
        long set = process.stat("/a").mzxid();
        process.write(create("/a/b"));
        long childCreated = process.stat("/a/b").czxid();
        process.write(create("/a/c"));
        process.write(new Delete("/a/b", 0));
        long childDeleted = process.stat("/a").pzxid();

        Znode.Stat stat = process.stat("/a");
        assertThat(List.of(created, set, childCreated, childDeleted)).isSorted().doesNotHaveDuplicates();
        assertThat(stat).isEqualTo(new Znode.Stat(created, set, childDeleted, 2, 3, 0, 1));
    }

    @Test
    void sequentialZnodes_getNamesThatGrow() {
        Client process = world.start();
        process.write(create("/queue"));
        Create next = new Create("/queue/x-", bytes(""), CreateMode.EPHEMERAL_SEQUENTIAL);

        process.write(next);
        process.write(next, next);
        process.write(new Delete("/queue/x-0000000002", ZnodeOperation.ANY_VERSION));
        process.write(next);

        AtomicReference<Reply<Children>> children = new AtomicReference<>();
        process.client.children("/queue", children::set);
        world.pass(SECOND);
        assertThat(((Reply.Done<Children>) children.get()).value().names())
                .containsExactly("x-0000000000", "x-0000000001", "x-0000000004");
    }

    static Stream<Arguments> obstacles() {
        return Stream.of(
                Arguments.of(create("/a"), Refusal.NODE_EXISTS),
                Arguments.of(create("/missing/b"), Refusal.NO_NODE),
                Arguments.of(create("/e/b"), Refusal.NO_CHILDREN_FOR_EPHEMERALS),
                Arguments.of(set("/missing", 0), Refusal.NO_NODE),
                Arguments.of(set("/a", 1), Refusal.BAD_VERSION),
                Arguments.of(new Check("/a", 1), Refusal.BAD_VERSION),
                Arguments.of(new Check("/missing", ZnodeOperation.ANY_VERSION), Refusal.NO_NODE),
                Arguments.of(new Delete("/a", ZnodeOperation.ANY_VERSION), Refusal.NOT_EMPTY),
                Arguments.of(new Delete("/a/b", 7), Refusal.BAD_VERSION));
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void multi_oneOfWhichFails_changesNothing_andNamesIt(ZnodeOperation failing, Refusal reason) {
        Client process = world.start();
        process.write(create("/a"), create("/a/b"), ephemeral("/e"));

        Reply<List<Written>> reply = process.write(set("/a/b", 0), create("/new"), failing, create("/a"));

        assertThat(reply).isEqualTo(new Reply.Refused<>(2, reason));
        assertThat(world.exists("/new")).isFalse();
        assertThat(process.stat("/a/b").version()).isZero();
    }

    @Test
    void multi_seesItsOwnOperations() {
        Client process = world.start();

        Reply<List<Written>> reply = process.write(
                create("/a"), create("/a/b"), set("/a/b", 0), new Check("/a/b", 1), new Delete("/a/b", 1));

        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(process.stat("/a"))
                .extracting(Znode.Stat::numChildren, Znode.Stat::cversion)
                .containsExactly(0, 2);
    }

    @Test
    void create_withoutNameOrRoot_isAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> create("a")).withMessageContaining("path: a ");
        assertThatIllegalArgumentException().isThrownBy(() -> create("/a/")).withMessageContaining("path: /a/ ");
    }

    // ---- sessions

    @Test
    void ephemerals_vanishWithTheSession_halfASecondToFourLate() {
        Client process = world.start();
        Client other = world.start();
        process.write(ephemeral("/e"));
        process.paused = true; // for good
        long pausedNanos = world.timeline.nowNanos();

        world.pass(FakeZooKeeper.SESSION_TIMEOUT_NANOS - 2 * SECOND); // It was heard at most two seconds ago.
        assertThat(world.exists("/e")).isTrue();
        while (world.exists("/e")) {
            world.pass(MILLIS);
        }

        assertThat(world.timeline.nowNanos() - pausedNanos)
                .isBetween(4 * SECOND + 500 * MILLIS, FakeZooKeeper.SESSION_TIMEOUT_NANOS + 4 * SECOND);
        assertThat(other.count("expired")).isZero();
    }

    @Test
    void close_removesEphemeralsSoon_andTellsNothingMore() {
        Client process = world.start();
        process.write(ephemeral("/e"));
        AtomicReference<Reply<List<Written>>> before = process.send(create("/before"));

        process.client.close();

        world.pass(10 * MILLIS);
        assertThat(world.exists("/before")).isTrue();
        assertThat(world.exists("/e")).isFalse();
        assertThat(before.get()).isNull();
        assertThat(process.heard).containsExactly("connected");
    }

    @Test
    void pausedTooLong_hearsOfItsEndWhenItGoesOn() {
        Client process = world.start();
        process.write(ephemeral("/e"));
        process.paused = true;

        world.pass(20 * SECOND);
        assertThat(world.exists("/e")).isFalse();
        assertThat(process.heard).containsExactly("connected");
        process.resume();
        AtomicReference<Reply<List<Written>>> late = process.send(create("/late"));
        world.pass(SECOND);

        assertThat(process.heard).containsExactly("connected", "expired");
        assertThat(late.get()).isEqualTo(new Reply.Lost<>());
        assertThat(world.exists("/late")).isFalse();
    }

    @Test
    void idleSession_stays() {
        Client process = world.start();

        world.pass(60 * SECOND);

        assertThat(process.heard).containsExactly("connected");
    }

    // ---- what goes wrong

    @Test
    void cutOff_losesTheRequest_orOnlyTheAnswer() {
        Client process = world.start();
        world.zookeeper.cutOff(process.client, Loss.EVERYTHING, 3 * SECOND);
        AtomicReference<Reply<List<Written>>> request = process.send(create("/request"));
        world.pass(6 * SECOND);
        world.zookeeper.cutOff(process.client, Loss.ANSWERS, 3 * SECOND);
        AtomicReference<Reply<List<Written>>> answer = process.send(create("/answer"));
        world.pass(6 * SECOND);

        assertThat(request.get()).isEqualTo(new Reply.Lost<>());
        assertThat(world.exists("/request")).isFalse();
        assertThat(answer.get()).isEqualTo(new Reply.Lost<>());
        assertThat(world.exists("/answer")).isTrue();
        assertThat(process.heard).containsExactly("connected", "connected", "connected");
        assertThat(process.write(create("/again"))).isInstanceOf(Reply.Done.class);
    }

    @Test
    void outage_endsNoSession_howeverLong() {
        Client process = world.start();
        process.write(ephemeral("/e"));

        world.zookeeper.goDown(30 * SECOND);
        AtomicReference<Reply<List<Written>>> meanwhile = process.send(create("/meanwhile"));
        world.pass(31 * SECOND);

        assertThat(meanwhile.get()).isEqualTo(new Reply.Lost<>());
        assertThat(world.exists("/meanwhile")).isFalse();
        assertThat(process.heard).containsExactly("connected", "connected");
        assertThat(world.exists("/e")).isTrue();
    }

    @Test
    void changeOfLeader_leavesSomeWritesDoneAndSomeNot_andSettlesAllBeforeTheirClientsAreBack() {
        int done = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            World seeded = new World(seed, ZooKeeperFaults.NONE);
            List<Client> processes = new ArrayList<>();
            List<AtomicReference<Reply<List<Written>>>> replies = new ArrayList<>();
            Stream.of(1, 2, 3, 4).forEach(number -> processes.add(seeded.start()));
            processes.forEach(process -> replies.add(process.send(create("/" + processes.indexOf(process)))));
            seeded.pass(MILLIS);

            seeded.zookeeper.goDown(100 * MILLIS);

            List<Boolean> settled = exist(seeded);
            seeded.pass(2 * SECOND);
            assertThat(exist(seeded)).isEqualTo(settled);
            assertThat(processes).allMatch(process -> process.count("connected") == 2);
            for (int i = 0; i < settled.size(); i++) {
                assertThat(replies.get(i).get()).isInstanceOfAny(Reply.Lost.class, Reply.Done.class);
                assertThat(settled.get(i) || replies.get(i).get() instanceof Reply.Lost)
                        .as("what is answered stays")
                        .isTrue();
                done += settled.get(i) ? 1 : 0;
            }
        }
        assertThat(done).as("writes done, of %s", 4 * SEEDS).isBetween(SEEDS / 2, 4 * SEEDS - SEEDS / 2);
    }

    private static List<Boolean> exist(World world) {
        return Stream.of("/0", "/1", "/2", "/3").map(world::exists).toList();
    }

    @Test
    void brokenConnections_leaveSomeWritesDoneAndSomeNot() {
        ZooKeeperFaults breaking = new ZooKeeperFaults(0, 0, 1, 50, 0, 0, 0);
        World broken = new World(1, breaking);
        Client process = broken.start();
        int lostAndDone = 0;
        int lostAndNotDone = 0;
        for (int number = 0; number < 200; number++) {
            Reply<List<Written>> reply = process.write(create("/" + number));
            boolean done = broken.exists("/" + number);
            assertThat(done || !(reply instanceof Reply.Done))
                    .as("what is answered is done")
                    .isTrue();
            lostAndDone += done && reply instanceof Reply.Lost ? 1 : 0;
            lostAndNotDone += done ? 0 : 1;
        }

        assertThat(lostAndDone).isPositive();
        assertThat(lostAndNotDone).isPositive();
    }

    @Test
    void whatWasLost_isDoneOrNever_onceItsClientIsConnectedAgain() {
        int lost = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            World broken = new World(seed, new ZooKeeperFaults(20, 0, 300 * MILLIS, 50, 0, 0, 0));
            Client process = broken.start();
            for (int number = 0; number < 20; number++) {
                String path = "/" + number;
                AtomicReference<Reply<List<Written>>> reply = process.send(create(path));
                while (reply.get() == null || !process.client.isConnected()) {
                    broken.pass(MILLIS);
                }
                boolean done = broken.exists(path);
                broken.pass(SECOND);
                assertThat(broken.exists(path)).as("%s in world %s", path, seed).isEqualTo(done);
                lost += reply.get() instanceof Reply.Lost ? 1 : 0;
            }
        }
        assertThat(lost).isGreaterThan(SEEDS);
    }

    // ---- what is seen

    @Test
    void reads_areStale_butNeverGoBack_onWhicheverServer() {
        int stale = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            World lagging = new World(seed, LAGGING);
            Client writer = lagging.start();
            Client reader = lagging.start();
            writer.write(create("/a"));
            reader.client.watch("/a");
            lagging.pass(SECOND);
            List<Integer> versions = new ArrayList<>();
            Consumer<Reply<Znode>> take = reply -> {
                if (reply instanceof Reply.Done<Znode> done) {
                    int version = done.value().stat().version();
                    versions.add(version);
                    // One event for each version before the first answer from which that can be seen.
                    assertThat(reader.count("connected") > 1 || reader.count("/a") >= version)
                            .as("version %s was told of by %s", version, reader.heard)
                            .isTrue();
                }
            };
            for (int round = 0; round < 100; round++) {
                writer.send(set("/a", ZnodeOperation.ANY_VERSION));
                reader.client.get("/a", take);
                lagging.pass(5 * MILLIS);
                int last = versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
                stale += last < lagging.zookeeper.truth("/a").stat().version() ? 1 : 0;
                if (round == 50) {
                    lagging.zookeeper.cutOff(reader.client, Loss.EVERYTHING, MILLIS);
                    lagging.pass(5 * SECOND);
                }
            }

            assertThat(versions).isSorted().hasSizeGreaterThan(50);
        }
        assertThat(stale).isPositive();
    }

    @Test
    void sync_makesReadsCurrent() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            World lagging = new World(seed, LAGGING);
            Client writer = lagging.start();
            Client reader = lagging.start();
            AtomicReference<Reply<Znode>> read = new AtomicReference<>();
            AtomicReference<Reply<List<Written>>> written = writer.send(create("/a"));
            while (written.get() == null) {
                lagging.pass(MILLIS / 10);
            }

            reader.client.sync(reply -> {});
            reader.client.get("/a", read::set);
            lagging.pass(SECOND);

            assertThat(read.get()).isInstanceOf(Reply.Done.class);
        }
    }

    @Test
    void watch_tellsOfTheZnodeAndItsChildren_butNotOfWhatTheChildrenHold() {
        Client writer = world.start();
        Client watcher = world.start();
        writer.write(create("/a"));
        watcher.client.watch("/a");
        watcher.client.watch("/later");
        world.pass(SECOND);

        writer.write(create("/a/b"));
        writer.write(set("/a/b", 0));
        writer.write(set("/a", 0));
        writer.write(new Check("/a", 1));
        writer.write(set("/a", 0));
        writer.write(new Delete("/a/b", 1));
        writer.write(create("/later"));

        assertThat(watcher.heard).containsExactly("connected", "/a", "/a", "/a", "/later");
        assertThat(writer.heard).containsExactly("connected");
    }

    @Test
    void watch_staysOnTheNextConnection_butTellsNothingOfTheTimeBetween() {
        Client writer = world.start();
        Client watcher = world.start();
        watcher.client.watch("/a");
        world.pass(SECOND);
        world.zookeeper.cutOff(watcher.client, Loss.EVERYTHING, SECOND);

        writer.write(create("/a"));
        world.pass(5 * SECOND);
        assertThat(watcher.heard).containsExactly("connected", "connected");

        writer.write(set("/a", 0));
        assertThat(watcher.heard).containsExactly("connected", "connected", "/a");
    }
}
