package io.fyercache.core.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A key's place in a store: a slot that holds the value, and the lock of the key.
 *
 * <pre>
 *            replace               hold                 release(value)
 *   value ------------&gt; value  value ------&gt; KeyHold ------------------&gt; value
 *   value | KeyHold ------ kill ------&gt; DEAD                (the entry leaves its store and never comes back)
 * </pre>
 *
 * <p><b>Reading</b> takes no lock: {@link #visible()} is one volatile read. While user code works on the key (a loader, writer,
 * processor or listener) the slot holds a {@link KeyHold}, and readers still see the last committed value.
 *
 * <p><b>Writing</b> happens inside {@code synchronized (entry)} and never runs foreign code there; whatever does run foreign code
 * {@linkplain KeyHold holds} the key first. So the monitor is held for nanoseconds, other keys never wait, and an operation on a held
 * key waits for that key alone.
 *
 * <p>An {@linkplain #isEternal eternal} entry has nothing but its slot to keep consistent, so a plain value may also be exchanged
 * for another by {@link #swap} alone. Whoever owns the monitor of such an entry therefore leaves a plain value only by {@code swap}
 * too. A marker is left only by its owner, or not at all.
 *
 * <p><b>The deadline</b> of an {@link ExpiringEntry} is written after the slot and read before it. A reader may therefore combine an
 * old deadline with a newer value, never a newer deadline with an older value: at worst it takes a fresh value for expired, looks
 * again under the lock, and finds out.
 *
 * <p>An entry without deadline takes 16 bytes and one with a deadline 24 (64-bit JVM, compressed references), which is what decides
 * the memory per entry of a whole cache.
 */
public class CacheEntry {
    private static final VarHandle SLOT;

    static {
        try {
            SLOT = MethodHandles.lookup().findVarHandle(CacheEntry.class, "slot", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A value, or a {@link Marker}; never null. */
    private volatile Object slot;

    CacheEntry(Object slot) {
        this.slot = slot;
    }

    /** Makes an entry without room for a deadline, not in any store yet. {@code slot} is a value or a {@link Marker}. */
    public static CacheEntry eternal(Object slot) {
        return new CacheEntry(slot);
    }

    /**
     * Makes an entry with room for a deadline, not in any store yet.
     *
     * @param slot the value or a {@link Marker}
     * @param deadlineMillis the wall-clock time at which it expires, {@link Expiry#NEVER} for not yet known or never
     */
    public static CacheEntry expiring(Object slot, long deadlineMillis) {
        return new ExpiringEntry(slot, deadlineMillis);
    }

    /** Returns the committed value that a reader sees now, expired or not, or null if there is none. Any thread, without lock. */
    public final @Nullable Object visible() {
        Object seen = slot;
        return seen instanceof Marker marker ? marker.visible() : seen;
    }

    /** Returns what stands in the slot: a value or a {@link Marker}. Without the monitor it may be old the next moment. */
    public final Object slot() {
        return slot;
    }

    /** Tells whether this entry has left its store, so that the key must be looked up again. */
    public final boolean isDead() {
        return slot == Vacancy.DEAD;
    }

    /** Returns the wall-clock time in milliseconds at which the value expires, or {@link Expiry#NEVER}. */
    public long deadlineMillis() {
        return Expiry.NEVER;
    }

    /** Tells whether this entry has no room for a deadline. */
    public boolean isEternal() {
        return true;
    }

    /** Tells whether the value's deadline has come at {@code nowMillis}. */
    public final boolean isExpiredAt(long nowMillis) {
        return deadlineMillis() <= nowMillis;
    }

    /** Tells whether {@link #setDeadline} can be told {@code deadlineMillis}: an entry made without a deadline has no room for one. */
    public boolean canExpireAt(long deadlineMillis) {
        return deadlineMillis == Expiry.NEVER;
    }

    /** Puts a new value into the slot. The caller owns the monitor and has seen neither a hold of somebody else nor {@code DEAD}. */
    public final void replace(Object value) {
        slot = value;
    }

    /** Marks the entry as gone. The caller owns the monitor or the hold, and takes it out of the store afterwards. */
    public final void kill() {
        slot = Vacancy.DEAD;
    }

    /**
     * Puts {@code next} into the slot if exactly {@code seen} stands there.
     *
     * @return false if something else stands there by now, so that the caller must look again
     */
    public final boolean swap(Object seen, Object next) {
        return SLOT.compareAndSet(this, seen, next);
    }

    /** Puts the outcome of a hold into the slot; the deadline is set already. The caller owns the hold. */
    public final void release(Object valueOrMarker) {
        slot = valueOrMarker;
    }

    /** Sets the time at which the value expires; after the slot, as the class comment explains. The caller owns the monitor or the hold. */
    public void setDeadline(long deadlineMillis) {
        if (deadlineMillis != Expiry.NEVER) {
            throw new IllegalStateException(
                    "deadline: " + deadlineMillis + " (expected: none; this entry was made without room for one)");
        }
    }

    /**
     * Postpones (or advances) the deadline because of an access, unless somebody changed it since {@code seenDeadlineMillis} was read.
     * Any thread, without lock.
     *
     * @return false if the deadline had changed, so that the caller must look again
     */
    public boolean touch(long seenDeadlineMillis, long deadlineMillis) {
        return true;
    }

    /**
     * Decides, against any {@link #touch} at the same moment, that the value has expired. The caller owns the monitor or the hold.
     *
     * @return false if the deadline is later than {@code nowMillis} after all
     */
    public boolean expire(long nowMillis) {
        return false;
    }

    @Override
    public final String toString() {
        // The value may be secret, and foreign code: it is not printed.
        Object seen = slot;
        return "CacheEntry[" + (seen instanceof Marker ? seen.toString() : "value") + ", deadline=" + deadlineMillis()
                + "]";
    }
}
