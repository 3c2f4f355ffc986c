package io.fyercache.sharded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkThreadsTest {
    private final WorkThreads threads = new WorkThreads("one", 1, 1, getClass().getClassLoader());

    @AfterEach
    void close() {
        threads.close();
    }

    /** As a loader does that reads what another loads. */
    private int sumUpTo(int number) {
        if (number == 0) {
            return 0;
        }
        CompletableFuture<Integer> rest = CompletableFuture.supplyAsync(() -> sumUpTo(number - 1), threads);
        return number + WorkThreads.away(rest::join);
    }

    @Test
    void workWaitsForOther_isDoneMeanwhile() {
        assertThat(CompletableFuture.supplyAsync(() -> sumUpTo(20), threads).join())
                .isEqualTo(210);
    }

    @Test
    void workHasReturned_thereIsNoRoomForMore() {
        CompletableFuture.supplyAsync(() -> sumUpTo(1), threads).join();
        Awaitility.await().until(() -> alive() <= 1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Runnable work = () -> {
            begun.countDown();
            await(mayEnd);
        };
        threads.execute(work);
        await(begun);
        threads.execute(work);

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> threads.execute(work));
        mayEnd.countDown();
    }

    @Test
    void otherThread_waitsLikeAny() {
        assertThat(WorkThreads.away(() -> "all the same")).isEqualTo("all the same");
    }

    private static long alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("one-"))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
