package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UserCodeOfCacheTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final UserCodeOfCache userCode = new UserCodeOfCache("orders", closed::incrementAndGet, threads::add);

    private void runNext() {
        threads.remove().run();
    }

    @Test
    void end_nothingRuns_closesTheObjectsOnAThreadForUserCode() {
        CompletableFuture<Void> givenUp = userCode.end();
        assertThat(closed).hasValue(0);

        runNext();

        assertThat(closed).hasValue(1);
        assertThat(givenUp).isCompleted();
    }

    @Test
    void end_callsUnderWay_theLastOneClosesTheObjects() {
        userCode.run(() -> {});
        userCode.run(() -> assertThat(closed).hasValue(0));
        CompletableFuture<Void> givenUp = userCode.end();

        runNext();
        assertThat(givenUp).isNotDone();
        runNext();

        assertThat(closed).hasValue(1);
        assertThat(givenUp).isCompleted();
        assertThat(threads).isEmpty();
    }

    @Test
    void callThatThrows_isOverAllTheSame() {
        userCode.run(() -> {
            throw new StackOverflowError();
        });
        CompletableFuture<Void> givenUp = userCode.end();

        assertThatThrownBy(this::runNext).isInstanceOf(StackOverflowError.class);

        assertThat(closed).hasValue(1);
        assertThat(givenUp).isCompleted();
    }

    @Test
    void end_twice_closesOnce() {
        CompletableFuture<Void> givenUp = userCode.end();
        assertThat(userCode.end()).isSameAs(givenUp);
        runNext();

        assertThat(threads).isEmpty();
        assertThat(closed).hasValue(1);
    }

    @Test
    void objectsThatCannotBeClosed_keepNobodyWaiting() {
        UserCodeOfCache failing = new UserCodeOfCache(
                "orders",
                () -> {
                    throw new IllegalStateException("stuck");
                },
                Runnable::run);

        assertThat(failing.end()).isCompleted();
    }

    @Test
    void noThreads_callIsNotUnderWay_andNobodyWaits() {
        UserCodeOfCache late = new UserCodeOfCache("orders", closed::incrementAndGet, work -> {
            throw new RejectedExecutionException("ended");
        });

        assertThatThrownBy(() -> late.run(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(late.end()).isCompleted();
    }
}
