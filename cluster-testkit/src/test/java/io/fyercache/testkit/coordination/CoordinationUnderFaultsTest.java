package io.fyercache.testkit.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Restless members in many virtual worlds. A world that goes wrong is named by its seed; to see it again, and it alone:
 * {@code -Dsimulation.first-seed=SEED -Dsimulation.seeds=1}.
 */
class CoordinationUnderFaultsTest {
    private static final long FAULTY_NANOS = 60_000_000_000L;
    private static final long FIRST_SEED = Long.getLong("simulation.first-seed", 1);
    private static final int SEEDS_OF_A_BUILD = Integer.getInteger("simulation.seeds", 60);
    private static final int SEEDS_OF_A_NIGHT = Integer.getInteger("simulation.seeds", 5_000);

    @Test
    void underFaults_everyPromiseIsKept_andEverythingHappens() {
        Map<String, Integer> events = runWorlds(SEEDS_OF_A_BUILD);

        assertThat(events)
                .containsKeys("DONE", "OUT_OF_DATE", "DEPOSED", "UNKNOWN")
                .containsKeys("Claimed", "Refused", "Unknown")
                .containsKeys("licence", "refresh", "expulsion", "crash", "leave");
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void underFaults_inManyWorlds_everyPromiseIsKept() {
        assertThat(runWorlds(SEEDS_OF_A_NIGHT)).containsKey("UNKNOWN");
    }

    @Test
    void sameSeed_isTheSameWorld() {
        assertThat(run(FIRST_SEED).events()).isEqualTo(run(FIRST_SEED).events());
        assertThat(run(FIRST_SEED).events()).isNotEqualTo(run(FIRST_SEED + 1).events());
    }

    private static Map<String, Integer> runWorlds(int count) {
        Map<String, Integer> events = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
            CoordinationWorld world = run(seed);
            assertThat(world.events().get("licence"))
                    .as("licences in world %s", seed)
                    .isGreaterThan(200);
            world.events().forEach((event, times) -> events.merge(event, times, Integer::sum));
        }
        return events;
    }

    private static CoordinationWorld run(long seed) {
        CoordinationWorld world = new CoordinationWorld(seed);
        try {
            world.run(FAULTY_NANOS);
            return world;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
