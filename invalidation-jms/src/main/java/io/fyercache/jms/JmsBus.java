package io.fyercache.jms;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.BusListener;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.time.Clock;
import io.fyercache.core.time.SystemClock;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a broker, connected to by a thread that does so again whenever the connection breaks. How long a call may wait for a broker that does not
 * answer is a setting of the broker's client; a connection that is closed ends it at once.
 *
 * <p>Thread-safe.
 */
final class JmsBus implements InvalidationBus {
    private static final Logger LOGGER = System.getLogger(JmsBus.class.getName());

    /** Milliseconds until a connection is tried again, 100 at first and doubled up to 2,000: a broker that restarts is back in seconds. */
    private static final long FIRST_PAUSE_MILLIS = 100;

    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** Milliseconds for which {@link #close} waits for a connection that is being made, 10,000: it may hang in the network. */
    private static final long CLOSE_LIMIT_MILLIS = 10_000;

    private final Connector connector;
    private final BusListener listener;
    private final long confirmNanos;
    private final Clock clock = SystemClock.INSTANCE;
    private final Thread thread;

    @GuardedBy("this")
    private @Nullable Link link;

    @GuardedBy("this")
    private boolean broken;

    /** Why the last attempt to connect failed; null if it did not, or there was none. */
    @GuardedBy("this")
    private @Nullable Exception failure;

    private final CountDownLatch ending = new CountDownLatch(1);

    JmsBus(Connector connector, BusUse use, BusListener listener) {
        this.connector = connector;
        this.listener = listener;
        this.confirmNanos = use.confirmLimit().toNanos();
        this.thread = new Thread(this::stayConnected, "fyercache-jms-" + use.name() + "-" + connector.topic());
        this.thread.setDaemon(true);
        this.thread.setContextClassLoader(use.classLoader());
    }

    void start() {
        thread.start();
    }

    @Override
    public void publish(byte[] message) {
        Link present = awaitLink();
        try {
            present.publish(message);
        } catch (JMSException e) {
            breakOff(e);
            throw new BusException("jms: topic " + connector.topic() + ": the broker has not taken a message", e);
        }
    }

    /** Waits until there is a connection, as long as a message may take. */
    private synchronized Link awaitLink() {
        long startNanos = clock.nanoTime();
        Link present = link;
        while (present == null && !isClosed()) {
            long leftNanos = confirmNanos - (clock.nanoTime() - startNanos);
            if (leftNanos <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Whoever interrupts it wants it to go on.
                break;
            }
            present = link;
        }
        if (present == null) {
            throw notConnected();
        }
        return present;
    }

    @GuardedBy("this")
    private BusException notConnected() {
        return new BusException("jms: topic " + connector.topic() + ": " + reason(failure), failure);
    }

    private static String reason(@Nullable Exception cause) {
        return cause instanceof JMSSecurityException
                ? "the broker refuses this process (expected: a user and a password that it knows); correct userFile, or the connection factory"
                : "not connected (expected: a broker that can be reached)";
    }

    private synchronized void fail(Exception cause) {
        failure = cause;
    }

    private synchronized void breakOff(JMSException cause) {
        LOGGER.log(Level.DEBUG, "a connection broke", cause);
        broken = true;
        notifyAll();
    }

    @Override
    public void close() {
        ending.countDown();
        synchronized (this) {
            notifyAll();
        }
        try {
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts a closing thread wants it to hurry.
        }
    }

    // ---- the thread that connects

    private void stayConnected() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        boolean isFailing = false;
        while (!isClosed()) {
            mend();
            try (Link opened = Link.open(connector, listener, this::breakOff)) {
                LOGGER.log(Level.INFO, "jms: topic {0}: connected", connector.topic());
                isFailing = false;
                pauseMillis = FIRST_PAUSE_MILLIS;
                use(opened);
            } catch (JMSException | RuntimeException e) {
                fail(e);
                if (!isFailing) {
                    isFailing = true;
                    LOGGER.log(
                            Level.WARNING,
                            "jms: topic " + connector.topic() + ": " + reason(e)
                                    + "; it is tried again until that is possible",
                            e);
                }
            }
            pause(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private synchronized void mend() {
        broken = false;
    }

    /** Lets others publish by a connection until it breaks, or this is closed. */
    private synchronized void use(Link opened) {
        link = opened;
        failure = null;
        notifyAll();
        while (!broken && !isClosed()) {
            try {
                wait();
            } catch (InterruptedException e) {
                ending.countDown(); // Nobody of ours interrupts this thread.
            }
        }
        link = null;
    }

    private boolean isClosed() {
        return ending.getCount() == 0;
    }

    /** Waits until a time is over, or this is closed. */
    private void pause(long millis) {
        try {
            if (ending.await(millis, TimeUnit.MILLISECONDS)) {
                LOGGER.log(Level.DEBUG, "jms: topic {0}: closed", connector.topic());
            }
        } catch (InterruptedException e) {
            ending.countDown(); // Nobody of ours interrupts this thread.
        }
    }
}
