package io.fyercache.zookeeper.lock;

import io.fyercache.core.time.SystemClock;
import io.fyercache.zookeeper.turn.Claim;
import io.fyercache.zookeeper.turn.Claim.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The locks of a process. Nothing runs and no session is open before the first is asked for. Thread-safe. */
public final class SessionLocks implements Locks, AutoCloseable {
    /** The longest limit: what is longer is not meant to be one. */
    private static final Duration LONGEST_LIMIT = Duration.ofDays(365);

    private static final Pattern NAME = Pattern.compile("(?!\\.+$)[\\p{Alnum}._-]{1," + MAX_NAME_LENGTH + "}");

    private final Supplier<LockProcess> starter;
    private final Map<Owned, Grip> grips = new ConcurrentHashMap<>();
    private @Nullable LockProcess process;
    private boolean closed;

    /** Who holds what: the one thing of a kind that a thread holds of a lock. */
    private record Owned(Thread thread, String lock, Kind kind) {}

    /**
     * Starts nothing yet.
     *
     * @param name what the operator calls the process
     * @param sessionTimeout of the sessions that come from the source
     * @param classLoader finds the classes of the user's code that is called when a lock is lost
     */
    public SessionLocks(String name, SessionSource source, Duration sessionTimeout, ClassLoader classLoader) {
        starter = () -> new LockProcess(name, source, sessionTimeout, classLoader);
    }

    @Override
    public FencedLock lock(String name) {
        check(name);
        return new FencedLock(this, name, Claim.LOCK);
    }

    @Override
    public FencedReadWriteLock readWriteLock(String name) {
        check(name);
        return new FencedReadWriteLock(this, name);
    }

    @Override
    public FencedSemaphore semaphore(String name, int permits) {
        check(name);
        return new FencedSemaphore(this, name, permits);
    }

    private synchronized void check(String name) {
        requireOpen();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("lock name: '" + name + "' (expected: 1.." + MAX_NAME_LENGTH
                    + " letters, digits, '.', '_' and '-', not dots alone)");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("locks: closed, with their cache manager (expected: open)");
        }
    }

    // ---- holding them

    LockHold acquire(String lock, Claim claim) throws InterruptedException {
        // Longer than any process lives, so there always is a hold.
        return acquire(lock, claim, Long.MAX_VALUE).orElseThrow();
    }

    Optional<LockHold> acquire(String lock, Claim claim, Duration limit) throws InterruptedException {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "limit: " + limit + " (expected: more than none, at most " + LONGEST_LIMIT.toDays() + " days)");
        }
        return acquire(lock, claim, limit.toNanos());
    }

    private Optional<LockHold> acquire(String lock, Claim claim, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        LockHold again = again(lock, claim);
        if (again != null) {
            return Optional.of(again);
        }
        LockProcess running = running();
        Grip grip;
        if (claim.kind() == Kind.PERMIT) {
            grip = new Grip(lock, claim, SystemClock.INSTANCE, running, () -> {});
        } else {
            Owned owned = owned(lock, claim.kind());
            grip = new Grip(lock, claim, SystemClock.INSTANCE, running, () -> grips.remove(owned));
            grips.put(owned, grip);
        }
        running.enter(grip);
        return grip.await(nanos) ? Optional.of(new LockHold(grip)) : Optional.empty();
    }

    /** Returns another hold of what the thread holds already, if that will do. */
    private @Nullable LockHold again(String lock, Claim claim) {
        return switch (claim.kind()) {
            case PERMIT -> null;
            case LOCK -> another(lock, Kind.LOCK);
            case READ -> {
                LockHold ofWriter = another(lock, Kind.WRITE);
                yield ofWriter == null ? another(lock, Kind.READ) : ofWriter;
            }
            case WRITE -> {
                Grip read = grips.get(owned(lock, Kind.READ));
                if (read != null && read.isHeld()) {
                    throw new IllegalStateException(
                            "lock '" + lock + "' to write: the thread holds it to read (expected: not to,"
                                    + " as it would wait for itself); close that hold first");
                }
                yield another(lock, Kind.WRITE);
            }
        };
    }

    private @Nullable LockHold another(String lock, Kind kind) {
        Grip grip = grips.get(owned(lock, kind));
        return grip == null ? null : grip.another();
    }

    private static Owned owned(String lock, Kind kind) {
        return new Owned(Thread.currentThread(), lock, kind);
    }

    private synchronized LockProcess running() {
        requireOpen();
        if (process == null) {
            process = starter.get();
        }
        return process;
    }

    /** Ends them: what is held is lost, who waits gets an exception. Waits until nothing of them is left, 15 seconds at most. */
    @Override
    public void close() {
        LockProcess running;
        synchronized (this) {
            closed = true;
            running = process;
            process = null;
        }
        if (running != null) {
            running.close();
        }
    }
}
