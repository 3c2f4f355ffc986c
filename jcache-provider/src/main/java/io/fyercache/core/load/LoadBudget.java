package io.fyercache.core.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many calls of one cache's loader run at once, so that a cold cache does not stampede the database that it protects. Fair: who
 * waited longest goes first. Thread-safe.
 */
final class LoadBudget {
    private final Slots slots;
    private volatile LoadSettings settings;

    /** Slots whose number can become less although some are taken. */
    private static final class Slots extends Semaphore {
        private static final long serialVersionUID = 1L;

        Slots(int number) {
            super(number, true);
        }

        void add(int more) {
            if (more < 0) {
                reducePermits(-more);
            } else {
                release(more);
            }
        }
    }

    LoadBudget(LoadSettings settings) {
        this.settings = settings;
        this.slots = new Slots(settings.maximumConcurrentLoads());
    }

    /** Has more slots from now on, or fewer: loads under way end, and then none takes their place. */
    synchronized void adjust(LoadSettings next) {
        slots.add(next.maximumConcurrentLoads() - settings.maximumConcurrentLoads());
        settings = next;
    }

    /**
     * Takes one of the slots, waiting for it as long as the settings allow.
     *
     * @throws LoadBudgetException if none came free in time, or the thread was interrupted (its flag is then still set)
     */
    void acquire() {
        try {
            // Not before those who wait; and without a look at the interrupt flag where nobody has to wait.
            if ((!slots.hasQueuedThreads() && slots.tryAcquire())
                    || slots.tryAcquire(settings.loadQueueWaitMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadBudgetException("interrupted while waiting for one of " + settings.maximumConcurrentLoads()
                    + " concurrent loads to end");
        }
        throw new LoadBudgetException(
                "all " + settings.maximumConcurrentLoads() + " concurrent loads of this cache stayed busy for "
                        + settings.loadQueueWaitMillis()
                        + " ms (expected: one to end); the data source is too slow for the demand, or maximumConcurrentLoads is too small for it");
    }

    void release() {
        slots.release();
    }
}
