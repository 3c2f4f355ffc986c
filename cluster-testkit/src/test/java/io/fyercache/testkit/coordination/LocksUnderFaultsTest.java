package io.fyercache.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Locks in many virtual worlds. A world that goes wrong is named by its seed; to see it again, and it alone: {@code
 * -Dsimulation.first-seed=SEED -Dsimulation.seeds=1}.
 */
class LocksUnderFaultsTest {
    private static final long FAULTY_NANOS = 60_000_000_000L;
    private static final long FIRST_SEED = Long.getLong("simulation.first-seed", 1);
    private static final int SEEDS_OF_A_BUILD = Integer.getInteger("simulation.seeds", 150);
    private static final int SEEDS_OF_A_NIGHT = Integer.getInteger("simulation.seeds", 5_000);

    @Test
    void underFaults_noTwoBelieveToHold_andEverybodyGetsATurn() {
        assertThat(runWorlds(SEEDS_OF_A_BUILD)).containsKeys("granted", "left", "gave up", "lost", "pause");
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void underFaults_inManyWorlds_noTwoBelieveToHold() {
        assertThat(runWorlds(SEEDS_OF_A_NIGHT)).containsKey("lost");
    }

    private static Map<String, Integer> runWorlds(int count) {
        Map<String, Integer> events = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
            LocksWorld world = new LocksWorld(seed);
            try {
                world.run(FAULTY_NANOS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            assertThat(world.events().getOrDefault("granted", 0))
                    .as("turns in world %s", seed)
                    .isGreaterThan(20);
            world.events().forEach((event, times) -> events.merge(event, times, Integer::sum));
        }
        return events;
    }
}
