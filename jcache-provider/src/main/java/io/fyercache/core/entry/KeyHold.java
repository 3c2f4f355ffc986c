package io.fyercache.core.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The right of one thread to decide what becomes of one key while foreign code runs: a loader, writer, entry processor, expiry
 * policy or listener. The entry refers to it meanwhile; readers see {@link #visible()} and do not wait, writers wait for the release.
 *
 * <p>The owner alone commits and releases; any thread may wait. A thread that comes back to a key which it holds itself may go on
 * only while listeners run, which is after the commit; before it, two decisions about one key would be nested in each other.
 */
public class KeyHold {
    /** Milliseconds, 100, after which who waits looks whether the hold is lost: nobody has the stack to say so then. */
    private static final long LOOK_MILLIS = 100;

    private static final VarHandle VISIBLE;

    private final Thread owner = Thread.currentThread();

    static {
        try {
            VISIBLE = MethodHandles.lookup().findVarHandle(KeyHold.class, "visible", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Object visible;

    /** What stays in the slot if there is no value at the end: {@link Vacancy#DEAD} if the entry goes. Owner only. */
    private Vacancy vacancy = Vacancy.DEAD;

    /** Written and read by the owner only. */
    private boolean notifying;

    /** Written by the owner, before it reads {@link #awaited}. */
    private volatile boolean released;

    /** Whether anybody waits or did; written before {@link #released} is read, so that owner and waiter cannot miss each other. */
    private volatile boolean awaited;

    /** Whether what is known of the key is outdated; written before {@link #released} is read, and read by the owner after that is written. */
    private volatile boolean outdated;

    /** Makes a hold, owned by the calling thread, of a key that has no value; or of one that an entry says more of. */
    public KeyHold() {}

    /** Takes over what stands in an entry's slot. Owner only, before anybody sees the hold. */
    final void startFrom(Object slot) {
        boolean vacant = slot == Vacancy.KNOWN_MISS;
        vacancy = vacant ? Vacancy.KNOWN_MISS : Vacancy.DEAD;
        VISIBLE.setRelease(
                this, vacant ? null : slot); // The claim of the slot, which follows, orders it for everybody.
    }

    /** Returns the value that readers see meanwhile, or null where they see none: none that is {@linkplain #outdate outdated}. */
    public final @Nullable Object visible() {
        Object value = visible;
        return value == null || outdated ? null : value;
    }

    /**
     * Says that what is known of the key, and whatever its owner finds out yet, is outdated: nobody sees it any more, and the entry goes when the key is let
     * go. Any thread, without waiting.
     *
     * @return false if the key may have been let go already, so that the caller must look again
     */
    public final boolean outdate() {
        outdated = true;
        return !isOver();
    }

    /** Tells whether {@link #outdate} was said. */
    public final boolean isOutdated() {
        return outdated;
    }

    /** Returns what stays in the slot if there is no value at the end. Owner only. */
    public final Vacancy vacancy() {
        return vacancy;
    }

    /** Says what stays in the slot if there is no value at the end. Owner only. */
    public final void setVacancy(Vacancy remaining) {
        vacancy = remaining;
    }

    /** Returns what the slot gets when the key is let go: what is visible now, or the vacancy; nothing that is outdated. Owner only. */
    public final Object outcome() {
        if (outdated) {
            return Vacancy.DEAD;
        }
        Object value = visible;
        return value == null ? vacancy : value;
    }

    /** Returns the thread that holds the key. */
    public final Thread owner() {
        return owner;
    }

    /** Tells whether the calling thread holds the key. */
    public final boolean isMine() {
        return owner == Thread.currentThread();
    }

    /** Tells the owner whether only listeners are running now, so that an operation of theirs may go on from what is visible. */
    public final boolean isNotifying() {
        return notifying;
    }

    /** Says whether listeners are running. Owner only. */
    public final void setNotifying(boolean running) {
        notifying = running;
    }

    /** Makes {@code value} (null: none) what readers see from now on. Owner only. */
    public final void commit(@Nullable Object value) {
        // What orders it for everybody is the volatile write of the slot at the release; until then, readers see
        // either.
        VISIBLE.setRelease(this, value);
    }

    /** Wakes all who wait, after the slot has got its final content. Owner only, once. */
    public final void signalReleased() {
        released = true;
        if (awaited) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Tells whether nobody waits for this hold any more, even if some have not woken up yet: the key was let go, or the hold is lost. */
    final boolean isOver() {
        return released || isLost();
    }

    /**
     * Tells whether the owner has gone and may not have let the key go, as its stack was full. Then the next who comes by does it: {@link
     * CacheEntry#recover}.
     */
    public boolean isLost() {
        return false;
    }

    /** Waits until it is released, or seen to be lost. Interrupts are kept for the caller to see afterwards, as with any monitor. */
    final void awaitReleased() {
        boolean interrupted = false;
        synchronized (this) {
            awaited = true;
            while (!isOver()) {
                try {
                    wait(LOOK_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final String toString() {
        return "held by " + owner.getName();
    }
}
