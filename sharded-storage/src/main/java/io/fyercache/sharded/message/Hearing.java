package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.TreeSet;

/**
 * What a member hears of the others, and what they should know of itself (T1, T2). Of whom it says nothing, it heard just now, and vouches
 * for.
 *
 * @param silent of whom it has not heard for two heartbeats, in ascending order
 * @param suspected those of them whose connection is broken, or who were silent too long, in ascending order
 * @param conditions what is the case with the member itself, each once and in the order of the constants
 */
public record Hearing(List<Incarnation> silent, List<Incarnation> suspected, List<Condition> conditions) {
    /** Everybody is heard, and nothing is to be said. */
    public static final Hearing ALL = new Hearing(List.of(), List.of(), List.of());

    /** What may be the case with a member, as far as others must know. */
    public enum Condition {
        /** It wants to leave (J5). */
        LEAVING,
        /** ZooKeeper has not answered it for a while, so that it could not control the table (T8). */
        DETACHED,
        /** Its wall clock is far from those of most others, so that it should not lead (E4). */
        CLOCK_OFF
    }

    /** Keeps unmodifiable copies, and puts the conditions in order. */
    public Hearing {
        silent = List.copyOf(silent);
        suspected = List.copyOf(suspected);
        conditions = List.copyOf(new TreeSet<>(conditions));
    }

    /** Tells whether the member says this of itself. */
    public boolean says(Condition condition) {
        return conditions.contains(condition);
    }
}
