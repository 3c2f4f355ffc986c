package io.fyercache.sharded.reading;

/**
 * The time in which a process has missed nothing of a partition that it reads near: an entry that was kept in it is read in it, and never after. Has no
 * value but to be the same or another one.
 */
public final class NearEra {
    /** Not atomic, nor read by anybody at once: that one mark gets lost does no harm. */
    private boolean used;

    /** Notes that the partition is read. Any thread may. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Tells whether the partition has been read since this was asked last. */
    public boolean takeUsed() {
        boolean was = used;
        used = false;
        return was;
    }
}
