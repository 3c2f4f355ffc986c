package io.fyercache.quickstart;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each do one piece of work and end. */
final class Workers {
    private Workers() {}

    /**
     * Runs each of {@code work}, of at least one piece, on a thread of its own, and returns when all are done.
     *
     * @throws ExecutionException with what a failing piece threw; all pieces have ended by then
     */
    static void runAll(List<? extends Runnable> work) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Object> done :
                    threads.invokeAll(work.stream().map(Executors::callable).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
