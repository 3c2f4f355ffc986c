package io.fyercache.hibernate.timestamp;

import java.io.Serializable;

/**
 * When a table was last changed, as the timestamps region keeps it.
 *
 * <p>Hibernate notes a change twice: before the commit as of a time ahead, until which no result of a query is believed, and afterwards as of that
 * moment, which takes the first back. Two numbers, because two transactions do so at once: with one, who is last takes back what the other
 * has committed.
 *
 * @param committed when the latest change that is over was over
 * @param announced until when results are not believed; 0 if no change is announced
 */
public record LastChange(long committed, long announced) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Before the first change. */
    static final LastChange NONE = new LastChange(0, 0);

    /** Returns this after a change was announced. */
    LastChange announce(long until) {
        return new LastChange(committed, Math.max(announced, until));
    }

    /** Returns this after a change was over. */
    LastChange commit(long at) {
        return new LastChange(Math.max(committed, at), 0);
    }

    /** Returns the timestamp that results of queries must be above. */
    public long effective() {
        return Math.max(committed, announced);
    }
}
