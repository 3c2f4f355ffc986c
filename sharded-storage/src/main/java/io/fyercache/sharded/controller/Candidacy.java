package io.fyercache.sharded.controller;

import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a member should try to become the controller (T8). The queue says whose turn it is, and is no authority: that is the version of the
 * controller's znode, so that two who think it is theirs do no harm.
 */
public final class Candidacy {
    private Candidacy() {}

    /**
     * Tells whether it is this member's turn: all who are before it in the queue are dead, or cannot reach ZooKeeper. Who does not hear half
     * of the others waits until the znodes of those before it are gone.
     *
     * @param controller who controls the table as far as is known here, or null
     */
    public static boolean isTurnOf(
            Incarnation self, List<Incarnation> queue, @Nullable Incarnation controller, Verdicts verdicts) {
        return !self.equals(controller) && queue.contains(self) && self.equals(verdicts.firstAble(queue));
    }
}
