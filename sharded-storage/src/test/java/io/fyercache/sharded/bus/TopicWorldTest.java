package io.fyercache.sharded.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.bus.TopicWorld.Breach;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A1 to A4 on both sides, whatever goes wrong. */
class TopicWorldTest {
    private static final long SECONDS = 20;

    /** Worlds in which a broken rule must be noticed. */
    private static final int SOON = 200;

    @Test
    void underFaults_nobodyReadsWhatWasReplacedByAnAcknowledgedChange_andAllHealsAfterwards() {
        live(60);
    }

    @Tag("nightly")
    @Test
    void underFaults_forLong() {
        live(5_000);
    }

    private static void live(int seeds) {
        for (long seed = 0; seed < seeds; seed++) {
            TopicWorld world = new TopicWorld(seed, Rules.ALL, Breach.NONE);
            world.live(SECONDS);

            assertThat(world.violations()).as("seed %d", seed).isEmpty();
            assertThat(world.readFromMemory()).as("seed %d", seed).isGreaterThan(1_000);
            assertThat(world.allAreInStep()).as("seed %d", seed).isTrue();
            assertThat(world.changesAreAcknowledged()).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOPIC_NEEDS_LEASE", "TOPIC_WAITS_FOR_TAKING_IN", "TOPIC_WAITS_FOR_EARLIER_RELAY"})
    void ruleThatRelaysBreak_isNoticed(Rule rule) {
        assertThat(isNoticed(Rules.without(rule), Breach.NONE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void ruleThatProcessesBreak_isNoticed(Breach breach) {
        assertThat(isNoticed(Rules.ALL, breach)).isTrue();
    }

    private static boolean isNoticed(Rules rules, Breach breach) {
        return LongStream.range(0, SOON).anyMatch(seed -> {
            TopicWorld world = new TopicWorld(seed, rules, breach);
            world.live(SECONDS);
            return !world.violations().isEmpty();
        });
    }
}
