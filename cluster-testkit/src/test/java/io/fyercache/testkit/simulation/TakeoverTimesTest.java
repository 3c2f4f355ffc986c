package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a partition stands still whose primary dies, in virtual time: the budget of docs/protocol.md, 12. */
class TakeoverTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final int WORLDS = 50;

    @Test
    void killedPrimary_isReplacedWithinASecond() {
        List<Long> millis = new ArrayList<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed);
            world.runUntil(5 * SECOND);
            millis.add(world.millisToReplaceKilledPrimary());
        }
        Collections.sort(millis);

        assertThat(millis.get(WORLDS / 2)).as("median of %s ms", millis).isLessThan(450);
        assertThat(millis.get(WORLDS - 1)).as("longest of %s ms", millis).isLessThan(1_000);
    }

    @Test
    void pausedPrimary_isReplacedWithinASecond() {
        List<Long> millis = new ArrayList<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed);
            world.runUntil(5 * SECOND);
            millis.add(world.millisToReplacePausedPrimary());
        }
        Collections.sort(millis);

        assertThat(millis.get(WORLDS / 2)).as("median of %s ms", millis).isLessThan(750);
        assertThat(millis.get(WORLDS - 1)).as("longest of %s ms", millis).isLessThan(1_000);
    }
}
