package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.Incarnation;
import java.util.List;

/**
 * What a member hears of the others (T1, T2). Of whom it says nothing, it heard just now, and vouches for.
 *
 * @param silent of whom it has not heard for two heartbeats, in ascending order
 * @param suspected those of them whose connection is broken, or who were silent too long, in ascending order
 * @param leaving whether the member itself wants to leave (J5)
 * @param detached whether ZooKeeper has not answered it for a while, so that it could not control the table (T8)
 */
public record Hearing(List<Incarnation> silent, List<Incarnation> suspected, boolean leaving, boolean detached) {
    /** Everybody is heard. */
    public static final Hearing ALL = new Hearing(List.of(), List.of(), false, false);

    /** Keeps unmodifiable copies. */
    public Hearing {
        silent = List.copyOf(silent);
        suspected = List.copyOf(suspected);
    }
}
