package io.fyercache.zookeeper.lock;

import io.fyercache.core.time.Clock;
import io.fyercache.zookeeper.turn.Claim;
import io.fyercache.zookeeper.turn.Place;
import io.fyercache.zookeeper.turn.PlaceHolder;
import io.fyercache.zookeeper.turn.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has of a lock, in all of its holds together: from its waiting on. Who uses it and the thread of the places meet in its monitor, under
 * which nothing is waited for and no code of users runs.
 */
final class Grip implements PlaceHolder {
    /** Holds of one thread, at most: as many as the JDK's locks have. More are a recursion without end. */
    static final int MAX_HOLDS = 65_535;

    private final String lock;
    private final Claim claim;
    private final Clock clock;
    private final LockProcess process;
    private final Runnable onEnd;
    private final CountDownLatch decided = new CountDownLatch(1);
    private Stage stage = Stage.WAITING;
    private int holds = 1;
    private List<Runnable> onLost = new ArrayList<>();
    private String refusal = "";
    private long token;
    private long deadlineNanos;

    /** Used by the thread of the places alone. */
    private @Nullable Place place;

    private enum Stage {
        WAITING,
        HELD,
        REFUSED,
        LOST,
        RELEASED
    }

    /**
     * Waits for nothing yet.
     *
     * @param onEnd is called once, when it holds nothing any more
     */
    Grip(String lock, Claim claim, Clock clock, LockProcess process, Runnable onEnd) {
        this.lock = lock;
        this.claim = claim;
        this.clock = clock;
        this.process = process;
        this.onEnd = onEnd;
    }

    // ---- on the thread of the places

    void enter(Places places) {
        place = places.enter(lock, claim, this);
    }

    private void leave() {
        if (place != null) {
            place.leave();
        }
    }

    @Override
    public synchronized void granted(long grantedToken, long untilNanos) {
        if (stage == Stage.WAITING) {
            stage = Stage.HELD;
            token = grantedToken;
            deadlineNanos = untilNanos;
            decided.countDown();
        }
        // Otherwise nobody waits any more, and it is on its way that the place is left.
    }

    @Override
    public synchronized void confirmed(long untilNanos) {
        deadlineNanos = untilNanos;
    }

    @Override
    public synchronized void lost() {
        lose();
    }

    @Override
    public synchronized void refused(String why) {
        if (stage == Stage.WAITING) {
            stage = Stage.REFUSED;
            refusal = why;
            onEnd.run();
            decided.countDown();
        }
    }

    // ---- for those who use it

    /**
     * Waits until it is held, so long at most.
     *
     * @return whether it is, or was; if not, it ends
     */
    boolean await(long nanos) throws InterruptedException {
        try {
            boolean unused = decided.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            release();
            throw e;
        }
        return conclude();
    }

    private synchronized boolean conclude() {
        if (stage == Stage.REFUSED) {
            throw new LocksUnavailableException(lock() + ": " + refusal);
        }
        if (stage == Stage.WAITING) {
            release();
            return false;
        }
        return true;
    }

    /** Returns another hold, or null if it is not held. */
    synchronized @Nullable LockHold another() {
        if (!isHeld()) {
            return null;
        }
        if (holds == MAX_HOLDS) {
            throw new IllegalStateException(
                    lock() + ": held " + holds + " times by this thread (expected: less); close what is not needed");
        }
        holds++;
        return new LockHold(this);
    }

    synchronized void release() {
        holds--;
        if (holds == 0 && (stage == Stage.WAITING || stage == Stage.HELD)) {
            stage = Stage.RELEASED;
            onEnd.run();
            process.execute(this::leave);
        }
    }

    synchronized boolean isHeld() {
        if (stage == Stage.HELD && clock.nanoTime() - deadlineNanos >= 0) {
            lose();
            process.execute(this::leave);
        }
        return stage == Stage.HELD;
    }

    private void lose() {
        if (stage == Stage.HELD) {
            stage = Stage.LOST;
            onEnd.run();
            onLost.forEach(process::call);
            onLost = List.of();
        }
    }

    synchronized void onLost(Runnable action) {
        if (stage == Stage.HELD) {
            onLost.add(action);
        } else if (stage == Stage.LOST) {
            process.call(action);
        }
    }

    synchronized long token() {
        return token;
    }

    String lock() {
        return "lock '" + lock + "'";
    }
}
