package io.fyercache.quickstart;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a flag: the job looks at it between small pieces of work, closes what it opened, and only then does the
 * JVM end. Thread-safe.
 */
final class StopSignal {
    /** How long the JVM waits for the job to close its cache and its database; both take milliseconds. */
    private static final long CLOSE_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean raised;

    /** Raises the flag when the JVM is asked to end, and makes it wait for {@link #closed}. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::raiseAndWait, "quickstart-stop"));
    }

    private void raiseAndWait() {
        raise();
        try {
            if (!closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(StopSignal.class.getName())
                        .log(System.Logger.Level.WARNING, "not closed within {0} s; ending anyway", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void raise() {
        raised = true;
    }

    boolean isRaised() {
        return raised;
    }

    /**
     * Does nothing until the flag is raised.
     *
     * @throws Stopped once it is raised
     */
    void check() {
        if (raised) {
            throw new Stopped();
        }
    }

    /** Says that everything is closed: the JVM may end. */
    void closed() {
        closed.countDown();
    }

    /** The job was asked to stop. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped");
        }
    }
}
