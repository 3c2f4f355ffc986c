package io.fyercache.core.entry;

import static io.fyercache.core.engine.contract.EngineFixture.isWaiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldWaitsTest {
    private static final int ROUNDS = 2_000;

    private final HoldWaits waits = new HoldWaits();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void await_releasedBefore_returnsAtOnce() {
        KeyHold hold = new KeyHold();
        hold.signalReleased();

        waits.await(hold);

        assertThat(hold.isOver()).isTrue();
    }

    @Test
    void await_ownHold_deadlock() {
        KeyHold hold = new KeyHold();

        assertThatThrownBy(() -> waits.await(hold))
                .isInstanceOf(KeyDeadlockException.class)
                .hasMessageContaining("this thread");
    }

    @Test
    void await_ownHoldAfterRefusal_othersCanStillWait() throws Exception {
        KeyHold hold = new KeyHold();
        assertThatThrownBy(() -> waits.await(hold)).isInstanceOf(KeyDeadlockException.class);

        Future<?> waiter = threads.submit(() -> waits.await(hold));
        hold.signalReleased();

        waiter.get(10, TimeUnit.SECONDS);
    }

    @Test
    void await_interrupted_waitsOnAndKeepsTheInterrupt() throws Exception {
        KeyHold hold = new KeyHold();
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Boolean> interrupted = threads.submit(() -> {
            thread.set(Thread.currentThread());
            waits.await(hold);
            return Thread.currentThread().isInterrupted();
        });
        await().until(() -> thread.get() != null && isWaiting(thread.get()));

        thread.get().interrupt();
        await().until(() -> isWaiting(thread.get()));
        assertThat(interrupted.isDone()).isFalse();
        hold.signalReleased();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Of two threads that wait for each other's hold, exactly one is told, and the other goes on. */
    @Test
    void await_circleOfTwo_exactlyOneIsRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            KeyHold[] holds = new KeyHold[2];
            CyclicBarrier barrier = new CyclicBarrier(2);
            Future<Boolean> one = threads.submit(circle(holds, 0, barrier));
            Future<Boolean> two = threads.submit(circle(holds, 1, barrier));

            boolean firstRefused = one.get(10, TimeUnit.SECONDS);
            boolean secondRefused = two.get(10, TimeUnit.SECONDS);

            assertThat(firstRefused ^ secondRefused)
                    .as("round %s: refused: %s, %s", round, firstRefused, secondRefused)
                    .isTrue();
        }
    }

    private Callable<Boolean> circle(KeyHold[] holds, int mine, CyclicBarrier barrier) {
        return () -> {
            holds[mine] = new KeyHold();
            barrier.await();
            try {
                waits.await(holds[1 - mine]);
                return false;
            } catch (KeyDeadlockException e) {
                return true;
            } finally {
                holds[mine].signalReleased();
            }
        };
    }

    /** Who was woken but has not run yet waits for nobody: its own holds can be waited for. */
    @Test
    void await_ownerWasReleasedButHasNotRunYet_isNoCircle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            KeyHold mine = new KeyHold();
            AtomicReference<KeyHold> theirs = new AtomicReference<>();
            AtomicReference<Thread> thread = new AtomicReference<>();
            Future<?> other = threads.submit(() -> {
                thread.set(Thread.currentThread());
                KeyHold hold = new KeyHold();
                theirs.set(hold);
                waits.await(mine);
                hold.signalReleased();
            });
            while (theirs.get() == null || !isWaiting(thread.get())) {
                Thread.onSpinWait();
            }

            mine.signalReleased();
            waits.await(theirs.get());

            get(other);
        }
    }

    /** A circle over three threads is found by whoever closes it. */
    @Test
    void await_circleOfThree_lastIsRefused() throws Exception {
        KeyHold a = new KeyHold();
        AtomicReference<KeyHold> b = new AtomicReference<>();
        AtomicReference<KeyHold> c = new AtomicReference<>();
        AtomicReference<Thread> lastStarted = new AtomicReference<>();
        Future<?> second = threads.submit(() -> {
            lastStarted.set(Thread.currentThread());
            b.set(new KeyHold());
            waits.await(a);
            b.get().signalReleased();
        });
        await().until(() -> b.get() != null && isWaiting(lastStarted.get()));
        Future<?> third = threads.submit(() -> {
            lastStarted.set(Thread.currentThread());
            c.set(new KeyHold());
            waits.await(b.get());
            c.get().signalReleased();
        });
        await().until(() -> c.get() != null && isWaiting(lastStarted.get()));

        assertThatThrownBy(() -> waits.await(c.get()))
                .isInstanceOf(KeyDeadlockException.class)
                .hasMessageContaining("which waits for a key that this thread holds");

        a.signalReleased();
        get(second);
        get(third);
    }

    private static void get(Future<?> future) throws InterruptedException, ExecutionException {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("a thread was never woken", e);
        }
    }

    @Test
    void whoWaits_seesThatTheHoldIsLost_thoughNobodySaysSo() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        KeyHold hold = new KeyHold() {
            @Override
            public boolean isLost() {
                return lost.get();
            }
        };
        Thread waiter = new Thread(() -> new HoldWaits().await(hold));
        waiter.start();
        while (!isWaiting(waiter)) {
            Thread.onSpinWait();
        }

        lost.set(true);

        waiter.join();
    }
}
