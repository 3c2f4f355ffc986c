package io.fyercache.management.history;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has samples taken, one at once and then regularly, by a thread of its own. Thread-safe. */
public final class Sampler implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Sampler.class.getName());

    private final ScheduledExecutorService thread;

    private Sampler(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** Begins. */
    public static Sampler start(History history) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "fyercache-history");
            made.setDaemon(true);
            return made;
        });
        // So that the first figures come with the second sample, and not the third.
        sample(history);
        // Whatever becomes of it ends the schedule otherwise, and that is told below.
        var unused = thread.scheduleAtFixedRate(
                () -> sample(history), History.INTERVAL_MILLIS, History.INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return new Sampler(thread);
    }

    private static void sample(History history) {
        try {
            history.sample();
        } catch (RuntimeException e) {
            // A cache, or all of them, are closed meanwhile: the next sample is as good.
            LOGGER.log(Level.DEBUG, "no sample was taken", e);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
