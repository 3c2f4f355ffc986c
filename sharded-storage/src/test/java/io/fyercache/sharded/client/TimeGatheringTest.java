package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeGatheringTest {
    private static final long MILLI = 1_000_000;
    private static final long BEGIN = -1_000 * MILLI; // Clocks begin anywhere.
    private static final long TIME = 1_800_000_000_000L;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);

    private final List<Incarnation> asked = new ArrayList<>();
    private final TimeGathering gathering = new TimeGathering((member, message) -> {
        assertThat(message).isInstanceOf(TimeAsked.class);
        asked.add(member);
    });

    private void begin(Incarnation... members) {
        gathering.membersChanged(List.of(members));
        gathering.begin(BEGIN);
    }

    /** Has a member tell that time, to a question of {@link #BEGIN}. */
    private void tell(Incarnation member, long millis, long nowNanos) {
        gathering.onTold(member, new TimeTold(BEGIN, millis), nowNanos);
    }

    /** Returns what the time is at {@link #BEGIN}. */
    private long time() {
        return gathering.millisAt(BEGIN).orElseThrow();
    }

    @Test
    void untilSomebodyWantsToKnow_nobodyIsAsked() {
        gathering.membersChanged(List.of(ONE));

        gathering.onTick(BEGIN);

        assertThat(asked).isEmpty();
    }

    @Test
    void allAreAsked_andAgain() {
        begin(ONE, TWO);
        assertThat(asked).containsExactly(ONE, TWO);

        gathering.begin(BEGIN);
        gathering.onTick(BEGIN + TimeGathering.AGAIN_NANOS - 1);
        assertThat(asked).hasSize(2);
        gathering.onTick(BEGIN + TimeGathering.AGAIN_NANOS);

        assertThat(asked).containsExactly(ONE, TWO, ONE, TWO);
    }

    @Test
    void itIsUnknown_untilMoreThanHalfHaveTold() {
        begin(ONE, TWO);

        tell(ONE, TIME, BEGIN);
        assertThat(gathering.millisAt(BEGIN)).isEmpty();
        tell(TWO, TIME, BEGIN);

        assertThat(time()).isEqualTo(TIME);
    }

    @Test
    void itIsWhatTheOneInTheMiddleSays_ofAnEvenNumberTheEarlierOfTheTwo() {
        begin(ONE, TWO, THREE);
        tell(ONE, TIME, BEGIN);
        tell(TWO, TIME + 3_600_000, BEGIN);
        assertThat(time()).isEqualTo(TIME);

        tell(THREE, TIME + 5, BEGIN);

        assertThat(time()).isEqualTo(TIME + 5);
    }

    @Test
    void itWasReadInTheMiddleOfTheRoundTrip_andGoesOn() {
        begin(ONE);

        tell(ONE, TIME, BEGIN + 40 * MILLI);

        assertThat(gathering.millisAt(BEGIN + 40 * MILLI)).hasValue(TIME + 20);
        assertThat(gathering.millisAt(BEGIN + 3_600_000 * MILLI)).hasValue(TIME + 3_600_000 - 20);
    }

    @Test
    void longRoundTrip_saysTooLittle() {
        begin(ONE);

        tell(ONE, TIME, BEGIN + TimeGathering.LONGEST_ROUND_TRIP_NANOS + 1);
        assertThat(gathering.millisAt(BEGIN)).isEmpty();
        tell(ONE, TIME, BEGIN - 1);
        assertThat(gathering.millisAt(BEGIN)).isEmpty();

        tell(ONE, TIME, BEGIN + TimeGathering.LONGEST_ROUND_TRIP_NANOS);
        assertThat(gathering.millisAt(BEGIN)).isPresent();
    }

    @Test
    void newMembers_areWaitedFor_untilMoreThanHalfHaveTold() {
        begin(ONE);
        tell(ONE, TIME, BEGIN);

        gathering.membersChanged(List.of(TWO, THREE));
        tell(ONE, TIME + 1_000, BEGIN);
        tell(TWO, TIME + 1_000, BEGIN);
        assertThat(gathering.millisAt(BEGIN)).isEmpty();
        tell(THREE, TIME + 1_000, BEGIN);

        assertThat(time()).isEqualTo(TIME + 1_000);
    }

    @Test
    void memberThatGoes_isNotInTheMiddleAnyMore() {
        begin(ONE, TWO);
        tell(ONE, TIME, BEGIN);
        tell(TWO, TIME + 1_000, BEGIN);
        assertThat(time()).isEqualTo(TIME);

        gathering.membersChanged(List.of(TWO));

        assertThat(time()).isEqualTo(TIME + 1_000);
    }
}
