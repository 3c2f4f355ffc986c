package io.fyercache.sharded.node;

import io.fyercache.sharded.client.CallOutcome;
import io.fyercache.sharded.client.CallOwner;
import io.fyercache.sharded.engine.Submission;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls that a thread makes together, and waits for. The process's thread makes them and takes in how they end; the caller sleeps until all have
 * ended, whoever interrupts it: what it has asked for happens or not, and it has to know.
 */
final class CallBatch {
    private final List<Submission> submissions;
    private final @Nullable CallOutcome[] outcomes;
    private final Thread caller = Thread.currentThread();
    private int open;
    private @Nullable RuntimeException failure;

    /** Written last by the process's thread, and read first by the caller. */
    private volatile boolean over;

    /** Makes a batch of the calling thread. */
    CallBatch(List<Submission> submissions) {
        this.submissions = submissions;
        this.outcomes = new @Nullable CallOutcome[submissions.size()];
        this.open = submissions.size();
    }

    /** What makes a call. */
    interface Maker {
        /** Makes it; the owner is told how it ends, maybe within this. */
        void make(Submission submission, CallOwner owner);
    }

    /** Makes the calls. On the process's thread. */
    void begin(Maker maker) {
        if (open == 0) {
            end();
        }
        for (int i = 0; i < submissions.size() && failure == null; i++) {
            int place = i;
            try {
                maker.make(submissions.get(i), outcome -> completed(place, outcome));
            } catch (RuntimeException e) {
                // It has not been made, and nobody waits for the others any more.
                failure = e;
                end();
            }
        }
    }

    private void completed(int place, CallOutcome outcome) {
        outcomes[place] = outcome;
        open--;
        if (open == 0) {
            end();
        }
    }

    private void end() {
        over = true;
        LockSupport.unpark(caller);
    }

    /**
     * Waits until all calls have ended, and returns how. On the caller's thread, whose interruption stays.
     *
     * @throws RuntimeException that which the router has thrown at a call
     */
    List<CallOutcome> await() {
        boolean interrupted = false;
        while (!over) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        return Arrays.<CallOutcome>asList(outcomes);
    }
}
