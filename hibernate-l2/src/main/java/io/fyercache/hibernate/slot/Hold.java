package io.fyercache.hibernate.slot;

import java.io.Serializable;
import java.util.UUID;

/**
 * One transaction's part in a locked key.
 *
 * @param name whose it is
 * @param deadline when it ends by itself, if whoever has it never ends it
 */
public record Hold(Name name, long deadline) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * What a hold is known by.
     *
     * @param process drawn by each region factory when it starts
     * @param number counted by it, for each kind of entries
     */
    public record Name(UUID process, long number) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Tells whether it has ended by itself at {@code timestamp}. */
    boolean isOver(long timestamp) {
        return timestamp > deadline;
    }
}
