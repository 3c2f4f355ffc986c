package io.fyercache.core.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A key's place in a store: its value, the lock of the key, and a link by which a store finds it.
 *
 * <pre>
 *           swap                 take                 release
 *   value -------&gt; value   value ------&gt; held ------------------&gt; value | KNOWN_MISS | DEAD
 *   value | KNOWN_MISS ------ kill ------&gt; DEAD         (the entry leaves its store and never comes back)
 * </pre>
 *
 * <p><b>Reading</b> takes no lock: {@link #visible()} is one volatile read, and does not so much as touch the value. While user code
 * works on the key (a loader, writer, processor or listener) readers see the last committed value, which the {@link KeyHold} keeps.
 *
 * <p><b>Writing</b> never runs foreign code; whatever does run foreign code holds the key first. An {@linkplain #isEternal eternal}
 * entry has nothing but its slot to keep consistent, so a value is exchanged for another by {@link #swap} alone. One with a deadline
 * is changed inside {@code synchronized (entry)}, for nanoseconds, and whoever owns the monitor still leaves a value of an eternal
 * entry only by {@code swap}. Other keys never wait, and an operation on a held key waits for that key alone.
 *
 * <p><b>A held entry</b> has itself in its slot, and the hold in a field of its own: whether a key is held is thereby seen by comparing
 * references. Asking the value what it is would cost a cache miss that a reader need not have. The field is claimed first, by one
 * compare-and-set, and then the slot by another; at the end the slot gets its new content first. So a reader that met a held slot and
 * then a hold, and finds the slot still held, has met a hold whose value was current in the meantime.
 *
 * <p><b>The deadline</b> of an {@link ExpiringEntry} is written after the slot and read before it. A reader may therefore combine an
 * old deadline with a newer value, never a newer deadline with an older value: at worst it takes a fresh value for expired, looks
 * again under the lock, and finds out.
 *
 * <p>An entry without deadline takes 32 bytes and one with a deadline 40 (64-bit JVM, compressed references), and there is no node of
 * a map besides, which is what decides the memory per entry of a whole cache.
 */
public class CacheEntry {
    private static final VarHandle SLOT;
    private static final VarHandle HOLD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SLOT = lookup.findVarHandle(CacheEntry.class, "slot", Object.class);
            HOLD = lookup.findVarHandle(CacheEntry.class, "hold", KeyHold.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        rehearse();
    }

    private final Object key;
    private final int hash;

    /** A value, a {@link Vacancy}, or this entry itself while it is held; never null. */
    private volatile Object slot;

    /** Who has claimed the entry. The claim counts from when the slot says that the entry is held. */
    private volatile @Nullable KeyHold hold;

    private volatile @Nullable CacheEntry next;

    /**
     * Makes an entry that is in no store yet.
     *
     * @param slot a value or a {@link Vacancy}
     */
    protected CacheEntry(Object key, Object slot) {
        this.key = key;
        this.hash = hashOf(key);
        this.slot = slot;
    }

    /** Makes an entry without room for a deadline, not in any store yet. {@code slot} is a value or a {@link Vacancy}. */
    public static CacheEntry eternal(Object key, Object slot) {
        return new CacheEntry(key, slot);
    }

    /**
     * Makes an entry with room for a deadline, not in any store yet.
     *
     * @param slot the value or a {@link Vacancy}
     * @param deadlineMillis the wall-clock time at which it expires, {@link Expiry#NEVER} for not yet known or never
     */
    public static CacheEntry expiring(Object key, Object slot, long deadlineMillis) {
        return new ExpiringEntry(key, slot, deadlineMillis);
    }

    /** Returns the hash of a key with the upper half folded into the lower one, of which the index of a table is taken. */
    public static int hashOf(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    /**
     * Does once what ends a hold. The JVM links each use of a VarHandle when it comes by for the first time, which takes some kilobytes of stack: too
     * much for whoever lets a key go because the stack is full.
     */
    private static void rehearse() {
        KeyHold hold = new KeyHold();
        CacheEntry entry = new CacheEntry("", "");
        entry.take(hold);
        hold.commit("");
        entry.release(hold.outcome());
        hold.signalReleased();
        CacheEntry dead = new CacheEntry("", Vacancy.DEAD);
        dead.take(new KeyHold());
        entry.swap("", "");
        entry.killUnlessHeld();
        entry.kill("");
    }

    // ---- its place in a store

    /** Returns the key in stored form. */
    public final Object key() {
        return key;
    }

    /** Returns {@link #hashOf} the key. */
    public final int hash() {
        return hash;
    }

    /** Tells whether this is an entry of {@code key}, the hash of which the caller knows. */
    public final boolean isOf(Object wanted, int wantedHash) {
        return hash == wantedHash && (key == wanted || wanted.equals(key));
    }

    /** Returns the entry that the store has linked this one to. Any thread, without lock. */
    public final @Nullable CacheEntry next() {
        return next;
    }

    /** Links this to another entry. For the store that keeps it. */
    public final void linkTo(@Nullable CacheEntry entry) {
        next = entry;
    }

    // ---- reading

    /** Returns the committed value that a reader sees now, expired or not, or null if there is none. Any thread, without lock. */
    public final @Nullable Object visible() {
        Object seen = slot;
        return seen == this || isVacancy(seen) ? visibleBehind(seen) : seen;
    }

    private @Nullable Object visibleBehind(Object marker) {
        Object seen = marker;
        while (seen == this) {
            KeyHold standing = hold;
            seen = slot;
            if (seen == this && standing != null) {
                return standing.visible();
            }
        }
        return isVacancy(seen) ? null : seen;
    }

    private static boolean isVacancy(Object seen) {
        return seen == Vacancy.DEAD || seen == Vacancy.KNOWN_MISS;
    }

    /** Returns the value if nobody holds the key, or null if somebody does or there is none. It may be old the next moment. */
    public final @Nullable Object unheldValue() {
        Object seen = slot;
        return seen == this || isVacancy(seen) ? null : seen;
    }

    /** Tells whether somebody holds the key. */
    public final boolean isHeld() {
        return slot == this;
    }

    /** Tells whether this entry has left its store, so that the key must be looked up again. */
    public final boolean isDead() {
        return slot == Vacancy.DEAD;
    }

    // ---- changing it without user code

    /** Puts a new value into the slot. The caller owns the monitor of an entry with a deadline, and has seen a value in the slot. */
    public final void replace(Object value) {
        slot = value;
    }

    /**
     * Puts {@code value} into the slot if exactly {@code seen} stands there.
     *
     * @return false if something else stands there by now, so that the caller must look again
     */
    public final boolean swap(Object seen, Object value) {
        return SLOT.compareAndSet(this, seen, value);
    }

    /**
     * Marks the entry as gone if exactly the value {@code seen} stands in the slot. The caller takes it out of the store afterwards.
     *
     * @return false if something else stands there by now, so that the caller must look again
     */
    public final boolean kill(Object seen) {
        return SLOT.compareAndSet(this, seen, Vacancy.DEAD);
    }

    /**
     * Marks the entry as gone unless somebody holds the key. The caller takes it out of the store afterwards.
     *
     * @return the value that stood in the slot, a {@link Vacancy}, or the entry itself if it is held and nothing has changed
     */
    public final Object killUnlessHeld() {
        Object seen = slot;
        while (seen != this && seen != Vacancy.DEAD && !SLOT.compareAndSet(this, seen, Vacancy.DEAD)) {
            seen = slot;
        }
        return seen;
    }

    // ---- holding it while user code runs

    /** Returns who holds the key or is about to, or null. It may be old the next moment. */
    public final @Nullable KeyHold hold() {
        return hold;
    }

    /** Makes a new entry, in no store yet, held by {@code first}. */
    public final void takeAtBirth(KeyHold first) {
        hold = first;
        slot = this;
    }

    /**
     * Holds the key for {@code mine}, unless somebody else does. Of an entry with a deadline the caller owns the monitor.
     *
     * @return {@code mine}, or the hold of somebody else; null if the entry is dead
     */
    public final @Nullable KeyHold take(KeyHold mine) {
        KeyHold standing = (KeyHold) HOLD.compareAndExchange(this, null, mine);
        if (standing != null) {
            return standing;
        }
        Object seen;
        do {
            seen = slot;
            if (seen == Vacancy.DEAD) {
                HOLD.setRelease(this, null);
                mine.signalReleased();
                return null;
            }
            mine.startFrom(seen);
        } while (!SLOT.compareAndSet(this, seen, this));
        return mine;
    }

    /**
     * Puts the outcome of a hold into the slot; the deadline is set already. The caller owns the hold.
     *
     * @param outcome a value or a {@link Vacancy}; of a dead one the caller takes the entry out of the store afterwards
     */
    public final void release(Object outcome) {
        // What follows at the latest, and orders both for everybody, is the volatile write that says that the hold is
        // over.
        SLOT.setRelease(this, outcome);
        HOLD.setRelease(this, null);
    }

    /**
     * Ends a hold whose owner has gone, at whatever point of {@link #take} or {@link #release} it was. The caller sees to it that nobody else does the same.
     *
     * @param outcome a value or a {@link Vacancy}
     */
    public final void recover(KeyHold lost, Object outcome) {
        if (hold == lost && slot == this) {
            slot = outcome;
        }
        HOLD.compareAndSet(this, lost, null);
    }

    // ---- its deadline

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
        // Key and value may be secret, and foreign code: they are not printed.
        Object seen = slot;
        String content = seen == this ? hold + "" : seen instanceof Vacancy ? seen.toString() : "value";
        return "CacheEntry[" + content + ", deadline=" + deadlineMillis() + "]";
    }
}
