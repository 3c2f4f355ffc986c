package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOutcome.Closed;
import io.fyercache.sharded.client.CallOutcome.TimedOut;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.engine.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallBatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Submission CALL = (router, now, owner) -> {};

    private final ExecutorService process = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        process.shutdown();
    }

    @Test
    void outcomes_areInTheOrderOfTheCalls_howeverTheyEnd() {
        List<CallOwner> owners = new ArrayList<>();
        CallBatch batch = new CallBatch(List.of(CALL, CALL));
        process.execute(() -> batch.begin((call, owner) -> owners.add(owner)));
        process.execute(() -> owners.get(1).completed(TimedOut.TIMED_OUT));
        process.execute(() -> owners.get(0).completed(Closed.CLOSED));

        assertThat(batch.await()).containsExactly(Closed.CLOSED, TimedOut.TIMED_OUT);
    }

    @Test
    void noWakeUpIsLost() {
        for (int round = 0; round < 20_000; round++) {
            CallBatch batch = new CallBatch(List.of(CALL));
            process.execute(() -> batch.begin((call, owner) -> owner.completed(Closed.CLOSED)));
            assertThat(batch.await()).hasSize(1);
        }
    }

    @Test
    void noCalls_endAtOnce() {
        CallBatch batch = new CallBatch(List.of());
        process.execute(() -> batch.begin((call, owner) -> {}));

        assertThat(batch.await()).isEmpty();
    }

    @Test
    void interruptedCaller_waitsOn_andStaysInterrupted() {
        List<CallOwner> owners = new ArrayList<>();
        List<CallOutcome> outcomes = new ArrayList<>();
        boolean[] interrupted = new boolean[1];
        Thread caller = new Thread(() -> {
            CallBatch batch = new CallBatch(List.of(CALL));
            process.execute(() -> batch.begin((call, owner) -> owners.add(owner)));
            outcomes.addAll(batch.await());
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        caller.start();
        await().atMost(PATIENCE).until(() -> caller.getState() == Thread.State.WAITING);

        caller.interrupt();
        await().atMost(PATIENCE).until(() -> !caller.isInterrupted() && caller.getState() == Thread.State.WAITING);
        process.execute(() -> owners.get(0).completed(Closed.CLOSED));

        await().atMost(PATIENCE).until(() -> !caller.isAlive());
        assertThat(outcomes).containsExactly(Closed.CLOSED);
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void callThatCannotBeMade_isTheCallersFailure() {
        CallBatch batch = new CallBatch(List.of(CALL, CALL));
        process.execute(() -> batch.begin((call, owner) -> {
            throw new IllegalArgumentException("minInSync: 99");
        }));

        assertThatIllegalArgumentException().isThrownBy(batch::await).withMessage("minInSync: 99");
    }
}
