package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** How long a partition stands still whose primary dies, in virtual time: the budget of docs/protocol.md, 12. */
class TakeoverTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final int WORLDS = 50;

    @Test
    void killedPrimary_isReplacedWithinASecond() {
        List<Long> millis = millisUntilServedAgain(ClusterSimulation::crash);

        assertThat(millis.get(WORLDS / 2)).as("median of %s ms", millis).isLessThan(450);
        assertThat(millis.get(WORLDS - 1)).as("longest of %s ms", millis).isLessThan(1_000);
    }

    @Test
    void pausedPrimary_isReplacedWithinASecond() {
        List<Long> millis = millisUntilServedAgain((world, primary) -> world.pause(primary, 5 * SECOND));

        assertThat(millis.get(WORLDS / 2)).as("median of %s ms", millis).isLessThan(750);
        assertThat(millis.get(WORLDS - 1)).as("longest of %s ms", millis).isLessThan(1_000);
    }

    private static List<Long> millisUntilServedAgain(BiConsumer<ClusterSimulation, SimulatedLife> harm) {
        List<Long> millis = new ArrayList<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            ClusterSimulation world = ClusterSimulation.calm(seed);
            world.runFor(5 * SECOND);
            SimulatedLife primary = world.primaryOf(0);
            harm.accept(world, primary);
            millis.add(world.runUntil(() -> world.isServedBesides(primary, 0)) / 1_000_000);
        }
        Collections.sort(millis);
        return millis;
    }
}
