package io.fyercache.jcache.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The listener runs in the background, one change after the other in the order in which they were passed.
 *
 * <p>Changes wait in a bounded queue. None is dropped: when the queue is full, whoever changes the cache waits for room. It does so with
 * the key held, and therefore not at all where the listener could be waiting for it in turn:
 *
 * <ul>
 *   <li>a thread that runs an asynchronous listener never waits, so that listeners may change caches that others listen to;
 *   <li>nobody waits while the listener itself waits for a held key, or for a thread of the background to run on;
 *   <li>nobody waits longer than {@value #LONGEST_WAIT_SECONDS} s, in case the listener waits for something else of the caller's.
 * </ul>
 *
 * In these cases the queue grows beyond its bound by the one change.
 *
 * <p>What the listener throws is logged once, and counted; the changes after it are delivered all the same.
 */
final class AsynchronousDelivery implements Delivery {
    private static final Logger LOGGER = System.getLogger(AsynchronousDelivery.class.getName());

    /** Seconds. Long for any listener that works, short for a thread that would otherwise hang for ever. */
    static final int LONGEST_WAIT_SECONDS = 10;

    /** Seconds that closing a cache waits for its listeners to hear of everything. */
    static final int LONGEST_DRAIN_SECONDS = 5;

    /** Milliseconds between two looks at whether the listener waits for a key; the wait is over earlier when there is room. */
    private static final int LOOK_MILLIS = 10;

    /** Changes delivered in one go, until others that need the background get a turn. */
    private static final int TURN = 256;

    /** Whether this thread is running an asynchronous listener of any cache. Set only while it does. */
    private static final ThreadLocal<Boolean> DELIVERING = new ThreadLocal<>();

    private final String cacheName;
    private final ListenerCall call;
    private final int capacity;
    private final Executor background;
    private final HoldWaits waits;
    private final LongAdder failures = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition idle = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<EntryChange> waiting = new ArrayDeque<>();

    /** Whether {@link #deliver} runs or is about to. */
    @GuardedBy("lock")
    private boolean active;

    @GuardedBy("lock")
    private @Nullable Thread deliverer;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * Makes the delivery to {@code call}.
     *
     * @param capacity how many changes may wait, at least 1
     * @param background where the listener runs
     * @param waits says who waits for a held key
     */
    AsynchronousDelivery(String cacheName, ListenerCall call, int capacity, Executor background, HoldWaits waits) {
        this.cacheName = cacheName;
        this.call = call;
        this.capacity = capacity;
        this.background = background;
        this.waits = waits;
    }

    @Override
    public void pass(EntryChange change) {
        if (!call.wants(change.kind())) {
            return;
        }
        EntryChange detached = call.detach(change);
        lock.lock();
        try {
            if (waiting.size() >= capacity) {
                awaitRoom();
            }
            if (closed) {
                return;
            }
            waiting.add(detached);
            if (active) {
                return;
            }
            active = true;
        } finally {
            lock.unlock();
        }
        if (!startDelivering()) {
            deliver(); // Too much waits for the background: whoever made the change helps.
        }
    }

    @Override
    public ChangeInterest addInterest(ChangeInterest others) {
        return call.addInterest(others);
    }

    private boolean startDelivering() {
        try {
            background.execute(this::deliver);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @GuardedBy("lock")
    private void awaitRoom() {
        if (DELIVERING.get() != null) {
            return;
        }
        long left = TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        boolean interrupted = false;
        while (waiting.size() >= capacity && !closed && left > 0 && !isListenerStuck()) {
            boolean unattended = deliverer == null;
            long look = Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            try {
                left -= look - room.awaitNanos(look);
            } catch (InterruptedException e) {
                // The operation has happened: its change must be told of. The caller sees the interrupt afterwards.
                interrupted = true;
            }
            if (unattended && deliverer == null) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @GuardedBy("lock")
    private boolean isListenerStuck() {
        return deliverer != null && waits.isWaiting(deliverer);
    }

    private void deliver() {
        boolean outer = DELIVERING.get() == null;
        DELIVERING.set(true);
        try {
            int told = 0;
            EntryChange next;
            while ((next = takeNext()) != null) {
                tell(next);
                told++;
                if (told % TURN == 0 && handOver()) {
                    return;
                }
            }
        } finally {
            if (outer) {
                DELIVERING.remove();
            }
        }
    }

    /** Lets others have this thread, if there is a turn to be had later. */
    private boolean handOver() {
        lock.lock();
        try {
            deliverer = null;
        } finally {
            lock.unlock();
        }
        return startDelivering();
    }

    private @Nullable EntryChange takeNext() {
        lock.lock();
        try {
            EntryChange next = waiting.poll();
            if (next == null) {
                active = false;
                deliverer = null;
                idle.signalAll();
            } else {
                deliverer = Thread.currentThread();
                room.signal();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void tell(EntryChange change) {
        try {
            call.tell(change);
        } catch (RuntimeException | Error e) {
            failures.increment();
            if (failures.sum() == 1) {
                LOGGER.log(
                        Level.WARNING,
                        () -> "cache '" + cacheName + "': asynchronous listener " + call.describe()
                                + " failed; it is told of later changes all the same (logged once)",
                        e);
            }
        }
    }

    @Override
    public void close() {
        int untold;
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            if (deliverer != Thread.currentThread()) {
                awaitIdle();
            }
            untold = waiting.size();
            waiting.clear();
        } finally {
            lock.unlock();
        }
        if (untold > 0) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cacheName + "': closed before asynchronous listener " + call.describe()
                            + " was told of " + untold + " changes");
        }
        if (failures.sum() > 1) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "cache '" + cacheName + "': asynchronous listener " + call.describe() + " failed "
                            + failures.sum() + " times");
        }
        call.close();
    }

    @GuardedBy("lock")
    private void awaitIdle() {
        long left = TimeUnit.SECONDS.toNanos(LONGEST_DRAIN_SECONDS);
        try {
            while (active && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Whoever interrupts a closing thread wants it to hurry.
            Thread.currentThread().interrupt();
        }
    }
}
