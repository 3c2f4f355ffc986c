package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.zookeeper.LockProcesses.LockProcess;
import io.fyercache.zookeeper.lock.FencedLock;
import io.fyercache.zookeeper.lock.FencedReadWriteLock;
import io.fyercache.zookeeper.lock.FencedSemaphore;
import io.fyercache.zookeeper.lock.LockHold;
import io.fyercache.zookeeper.lock.LockLostException;
import io.fyercache.zookeeper.lock.Locks;
import io.fyercache.zookeeper.lock.LocksUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of several processes on a real server, each with a session of its own. */
class LocksTest extends OneServerTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private LockProcesses processes;
    private LockProcess one;
    private LockProcess two;

    /** Plain, and counted up in two steps: whoever does not hold the lock alone gets it wrong. */
    private volatile int counter;

    @BeforeEach
    void makePlace() throws Exception {
        operator.create(settings.chroot(), new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        start(settings);
    }

    private void start(ZooKeeperSettings how) {
        processes = new LockProcesses(ensemble, how);
        one = processes.start();
        two = processes.start();
    }

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    private List<String> places(String lock) {
        try {
            return operator.getChildren(settings.chroot() + "/locks/" + lock, false);
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        } catch (KeeperException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitPlaces(String lock, int count) {
        LiveMembers.await(count + " places of " + lock, () -> places(lock).size() == count);
    }

    /** Does something on a thread of its own. */
    private static <T> CompletableFuture<T> elsewhere(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                result.complete(action.call());
                            } catch (Exception | AssertionError e) {
                                result.completeExceptionally(e);
                            }
                        },
                        "test")
                .start();
        return result;
    }

    private static <T> T get(CompletableFuture<T> result) {
        return LiveMembers.get(result);
    }

    // ---- a lock

    @Test
    void lock_isHeldByOneAtATime_withTokensThatGrow() {
        int threads = 6;
        int rounds = 20;
        List<LockProcess> several = List.of(one, two, processes.start());
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            FencedLock lock = several.get(thread % several.size()).locks().lock("counter");
            ends.add(elsewhere(() -> {
                for (int round = 0; round < rounds; round++) {
                    try (LockHold hold = lock.lock()) {
                        int before = counter;
                        tokens.add(hold.token());
                        counter = before + 1;
                    }
                }
                return null;
            }));
        }
        ends.forEach(LocksTest::get);

        assertThat(counter).isEqualTo(threads * rounds);
        assertThat(tokens).isSorted().doesNotHaveDuplicates().hasSize(threads * rounds);
    }

    @Test
    void thread_takesItAgain_andItIsFreeWhenAllIsClosed() throws Exception {
        LockHold outer = one.locks().lock("a").lock();
        LockHold inner = one.locks().lock("a").tryLock(SHORT).orElseThrow();
        assertThat(inner.token()).isEqualTo(outer.token()).isPositive();
        assertThat(get(elsewhere(() -> one.locks().lock("a").tryLock(SHORT)))).isEmpty();

        inner.close();
        inner.close();
        assertThat(inner.isHeld()).isFalse();
        assertThat(outer.isHeld()).isTrue();
        assertThat(two.locks().lock("a").tryLock(SHORT)).isEmpty();

        outer.close();
        assertThat(two.locks().lock("a").lock().token()).isGreaterThan(outer.token());
    }

    @Test
    void thread_holdsALockSoOftenAtATime() throws Exception {
        FencedLock lock = one.locks().lock("a");
        List<LockHold> holds = new ArrayList<>();
        for (int count = 0; count < 65_535; count++) {
            holds.add(lock.lock());
        }

        assertThatIllegalStateException().isThrownBy(lock::lock).withMessageContaining("lock 'a': held 65535 times");
        holds.forEach(LockHold::close);
        assertThat(two.locks().lock("a").lock().isHeld()).isTrue();
    }

    @Test
    void whoWaitsLonger_comesFirst() throws Exception {
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        LockHold held = one.locks().lock("a").lock();
        for (int waiting = 1; waiting <= 4; waiting++) {
            int number = waiting;
            FencedLock lock = (waiting % 2 == 0 ? one : two).locks().lock("a");
            ends.add(elsewhere(() -> {
                LockHold hold = lock.lock();
                order.add(number);
                hold.close();
                return null;
            }));
            awaitPlaces("a", 1 + waiting);
        }

        held.close();
        ends.forEach(LocksTest::get);

        assertThat(order).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whoGivesUpWaiting_leavesNothing() throws Exception {
        LockHold held = one.locks().lock("a").lock();
        assertThat(two.locks().lock("a").tryLock(SHORT)).isEmpty();
        awaitPlaces("a", 1);

        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(
                () -> thrown.set(catchThrowable(() -> two.locks().lock("a").lock())));
        waiting.start();
        awaitPlaces("a", 2);
        waiting.interrupt();
        LiveMembers.await("end of waiting", () -> !waiting.isAlive());

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        awaitPlaces("a", 1);
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    void locks_leaveNoZnode_andNoThread() throws Exception {
        one.locks().lock("a").lock().close();
        one.locks().semaphore("b", 2).acquire().close();
        try (LockHold held = two.locks().readWriteLock("c").writeLock().lock()) {
            assertThat(held.isHeld()).isTrue();
        }

        LiveMembers.await("no queue", () -> children("/locks").isEmpty());
        processes.close();

        LiveMembers.await(
                "no thread",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("fyercache-locks-test")));
    }

    private List<String> children(String path) {
        try {
            return operator.getChildren(settings.chroot() + path, false);
        } catch (KeeperException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- what goes wrong

    @Test
    void lostSession_isTold_andOthersComeIn() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        LockHold lost = one.locks().lock("a").lock().onLost(told::countDown);
        CompletableFuture<LockHold> next = elsewhere(() -> two.locks().lock("a").lock());
        awaitPlaces("a", 2);

        one.expire();

        assertThat(told.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(lost.isHeld()).isFalse();
        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(lost::requireHeld)
                .withMessageContaining("lock 'a': lost");
        assertThat(get(next).token()).isGreaterThan(lost.token());
        CountDownLatch toldLate = new CountDownLatch(1);
        lost.onLost(toldLate::countDown);
        assertThat(toldLate.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        lost.close();
        // The process goes on, with another session.
        assertThat(one.locks().lock("b").lock().isHeld()).isTrue();
    }

    @Test
    void lostSession_letsWhoWaitsGoOnWaiting() throws Exception {
        LockHold held = two.locks().lock("a").lock();
        CompletableFuture<LockHold> waiting =
                elsewhere(() -> one.locks().lock("a").lock());
        awaitPlaces("a", 2);
        String before = places("a").toString();

        one.expire();
        LiveMembers.await(
                "another place",
                () -> places("a").size() == 2 && !places("a").toString().equals(before));
        held.close();

        assertThat(get(waiting).token()).isGreaterThan(held.token());
    }

    @Test
    void holderThatIsCutOff_knowsItBeforeAnotherHolds() throws Exception {
        processes.close();
        start(settings.within(Duration.ofMillis(1_500), settings.joinTimeout()));
        CountDownLatch told = new CountDownLatch(1);
        LockHold lost = one.locks().lock("a").lock().onLost(told::countDown);
        CompletableFuture<Boolean> heldByBoth = elsewhere(() -> {
            LockHold next = two.locks().lock("a").lock();
            return next.isHeld() && lost.isHeld();
        });
        awaitPlaces("a", 2);

        one.set(TcpProxy.Traffic.CUT);

        assertThat(get(heldByBoth)).isFalse();
        assertThat(told.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void holderThatIsCutOff_isTold_thoughItNeverAsks() throws Exception {
        processes.close();
        start(settings.within(Duration.ofMillis(1_500), settings.joinTimeout()));
        CountDownLatch told = new CountDownLatch(1);
        LockHold lost = one.locks().lock("a").lock().onLost(told::countDown);

        one.set(TcpProxy.Traffic.CUT);

        assertThat(told.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(lost.isHeld()).isFalse();
    }

    @Test
    void cutThatIsShorterThanTheSession_leavesTheLock() throws Exception {
        LockHold held = one.locks().lock("a").lock();
        List<String> before = places("a");

        one.set(TcpProxy.Traffic.CUT);
        LiveMembers.await("cut", () -> !one.isConnected());
        one.set(TcpProxy.Traffic.PASSES);

        assertThat(one.locks().lock("b").lock().isHeld()).isTrue(); // So there is a connection.
        assertThat(held.isHeld()).isTrue();
        assertThat(places("a")).isEqualTo(before);
        assertThat(two.locks().lock("a").tryLock(SHORT)).isEmpty();
    }

    @Test
    void placeWhoseAnswerIsLost_isFoundAgain() throws Exception {
        LockHold held = two.locks().lock("a").lock();
        one.locks().lock("b").lock(); // So there is a connection.

        one.set(TcpProxy.Traffic.LOSES_ANSWERS);
        CompletableFuture<LockHold> waiting =
                elsewhere(() -> one.locks().lock("a").lock());
        awaitPlaces("a", 2);
        List<String> before = places("a");
        one.set(TcpProxy.Traffic.PASSES);
        held.close();

        assertThat(get(waiting).isHeld()).isTrue();
        assertThat(places("a")).hasSize(1);
        assertThat(before).containsAll(places("a"));
    }

    @Test
    void whoGivesUpWhileNothingIsAnswered_leavesNothingLater() throws Exception {
        LockHold held = two.locks().lock("a").lock();
        one.locks().lock("b").lock();

        one.set(TcpProxy.Traffic.LOSES_ANSWERS);
        assertThat(one.locks().lock("a").tryLock(SHORT)).isEmpty();
        awaitPlaces("a", 2);
        one.set(TcpProxy.Traffic.PASSES);

        awaitPlaces("a", 1);
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    void znodeThatSomebodyDeletes_endsTheHold() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        LockHold held = one.locks().lock("a").lock().onLost(told::countDown);

        operator.delete(settings.chroot() + "/locks/a/" + places("a").get(0), -1);

        assertThat(told.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(held.isHeld()).isFalse();
    }

    @Test
    void closing_endsHoldsAndWaiting() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        LockHold held = one.locks().lock("a").lock().onLost(told::countDown);
        CompletableFuture<Throwable> waiting =
                elsewhere(() -> catchThrowable(() -> one.locks().lock("a").lock()));
        awaitPlaces("a", 2);

        one.locks().close();

        assertThat(told.await(LiveMembers.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(held.isHeld()).isFalse();
        assertThat(get(waiting)).isInstanceOf(LocksUnavailableException.class).hasMessageContaining("closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> one.locks().lock("a"))
                .withMessageContaining("closed");
        awaitPlaces("a", 0);
    }

    @Test
    void placeWithoutCluster_isRefusedWithAReason() {
        processes.close();
        start(ZooKeeperSettings.of(ensemble.servers(), "/nowhere"));

        assertThatExceptionOfType(LocksUnavailableException.class)
                .isThrownBy(() -> one.locks().lock("a").lock())
                .withMessageContaining("lock 'a'")
                .withMessageContaining("/nowhere");
    }

    // ---- read and write

    @Test
    void readers_holdTogether_andNoneOvertakesAWriter() throws Exception {
        FencedReadWriteLock ofOne = one.locks().readWriteLock("a");
        FencedReadWriteLock ofTwo = two.locks().readWriteLock("a");
        LockHold first = ofOne.readLock().lock();
        LockHold second = ofTwo.readLock().lock();
        CompletableFuture<LockHold> writer = elsewhere(() -> ofOne.writeLock().lock());
        awaitPlaces("a", 3);
        CompletableFuture<LockHold> reader = elsewhere(() -> ofTwo.readLock().lock());
        awaitPlaces("a", 4);

        first.close();
        awaitPlaces("a", 3);
        assertThat(writer).isNotDone();
        second.close();
        LockHold writing = get(writer);

        assertThat(reader).isNotDone();
        assertThat(writing.token()).isGreaterThan(first.token()).isGreaterThan(second.token());
        writing.close();
        assertThat(get(reader).token()).isGreaterThan(writing.token());
    }

    @Test
    void writer_mayRead_andGoesOnHoldingItAlone() throws Exception {
        FencedReadWriteLock lock = one.locks().readWriteLock("a");
        LockHold writing = lock.writeLock().lock();
        LockHold reading = lock.readLock().lock();

        assertThat(reading.token()).isEqualTo(writing.token());
        writing.close();
        assertThat(two.locks().readWriteLock("a").readLock().tryLock(SHORT)).isEmpty();
        reading.close();
        assertThat(two.locks().readWriteLock("a").readLock().lock().isHeld()).isTrue();
    }

    @Test
    void reader_mayNotWrite_asItWouldWaitForItself() throws Exception {
        FencedReadWriteLock lock = one.locks().readWriteLock("a");
        LockHold reading = lock.readLock().lock();

        assertThatIllegalStateException()
                .isThrownBy(() -> lock.writeLock().lock())
                .withMessageContaining("lock 'a'")
                .withMessageContaining("holds it to read");
        reading.close();
        assertThat(lock.writeLock().lock().isHeld()).isTrue();
    }

    // ---- semaphores

    @Test
    void semaphore_letsSoManyIn_inTheirOrder() throws Exception {
        FencedSemaphore ofOne = one.locks().semaphore("a", 3);
        FencedSemaphore ofTwo = two.locks().semaphore("a", 3);
        List<LockHold> held = new ArrayList<>(List.of(ofOne.acquire(), ofOne.acquire(), ofTwo.acquire()));
        assertThat(held).extracting(LockHold::token).doesNotHaveDuplicates();
        assertThat(ofTwo.tryAcquire(SHORT)).isEmpty();
        awaitPlaces("a", 3);

        List<Integer> order = new CopyOnWriteArrayList<>();
        List<CompletableFuture<LockHold>> waiting = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            int own = number;
            FencedSemaphore semaphore = number % 2 == 0 ? ofOne : ofTwo;
            waiting.add(elsewhere(() -> {
                LockHold hold = semaphore.acquire();
                order.add(own);
                return hold;
            }));
            awaitPlaces("a", 3 + number);
        }
        for (int number = 0; number < 3; number++) {
            held.get(2 - number).close(); // Not that of the place before.
            get(waiting.get(number));
        }
        assertThat(waiting.get(3)).isNotDone();
        get(waiting.get(1)).close();

        assertThat(get(waiting.get(3)).isHeld()).isTrue();
        assertThat(order).containsExactly(1, 2, 3, 4);
    }

    @Test
    void nameInUseForSomethingElse_isRefused() throws Exception {
        LockHold held = one.locks().semaphore("a", 3).acquire();

        assertThatExceptionOfType(LocksUnavailableException.class)
                .isThrownBy(() -> two.locks().semaphore("a", 2).acquire())
                .withMessageContaining("in use as a semaphore of 3 (expected: as a semaphore of 2");
        assertThatExceptionOfType(LocksUnavailableException.class)
                .isThrownBy(() -> two.locks().lock("a").lock())
                .withMessageContaining("in use as a semaphore of 3 (expected: as a lock");
        awaitPlaces("a", 1);
        held.close();
        assertThat(two.locks().semaphore("a", 2).acquire().isHeld()).isTrue();
    }

    // ---- arguments

    @Test
    void wrongArguments_areRefused() {
        Locks locks = one.locks();
        for (String name : List.of("", ".", "..", "a/b", "a b", "x".repeat(Locks.MAX_NAME_LENGTH + 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> locks.lock(name))
                    .withMessageContaining("'" + name);
            assertThatIllegalArgumentException().isThrownBy(() -> locks.readWriteLock(name));
        }
        assertThat(locks.lock("x".repeat(Locks.MAX_NAME_LENGTH))).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> locks.semaphore("a", Locks.MAX_PERMITS + 1))
                .withMessageContaining("permits: 1025 (expected: 1..1024)");
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(366))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> locks.lock("a").tryLock(limit))
                    .withMessageContaining("limit: ");
        }
    }

    // ---- access lists

    @Test
    void withCredentials_nobodyElseMayTouchLocks() throws Exception {
        DigestCredentials credentials = new DigestCredentials("orders", "correct-horse-battery");
        ZooKeeperSettings secure =
                ZooKeeperSettings.of(ensemble.servers(), ensemble.newChroot()).with(credentials);
        ZooKeeper owner = ensemble.client();
        try {
            owner.addAuthInfo(DigestCredentials.SCHEME, credentials.toBytes());
            owner.create(secure.chroot(), new byte[0], ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
            processes.close();
            start(secure);
            LockHold held = one.locks().lock("a").lock();

            String queue = secure.chroot() + "/locks/a";
            List<String> paths = Ensemble.tree(owner, secure.chroot());
            assertThat(paths).hasSize(4).contains(queue);
            for (String path : paths) {
                assertThatExceptionOfType(KeeperException.NoAuthException.class)
                        .isThrownBy(() -> operator.getData(path, false, null));
            }
            assertThatExceptionOfType(KeeperException.NoAuthException.class)
                    .isThrownBy(() -> operator.delete(paths.get(3), -1));
            assertThat(held.isHeld()).isTrue();
        } finally {
            owner.close();
        }
    }
}
