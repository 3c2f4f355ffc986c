package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.controller.HearingTimes;
import io.fyercache.sharded.controller.Hearsay;
import io.fyercache.sharded.message.ControllerRequest.Shrink;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.MemberMessage.Asked;
import io.fyercache.sharded.message.MemberMessage.Relayed;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** T2. */
class ControllerPathTest {
    private static final Incarnation SELF = new Incarnation(1);
    private static final Incarnation CONTROLLER = new Incarnation(2);
    private static final Incarnation THIRD = new Incarnation(3);
    private static final Incarnation FOURTH = new Incarnation(4);
    private static final List<Incarnation> OTHERS = List.of(CONTROLLER, THIRD, FOURTH);
    private static final long TURN_NANOS = 100_000_000;
    private static final Asked ASKED = new Asked(0, new Shrink(12, CONTROLLER));

    private record Sent(Incarnation to, MemberMessage message) {}

    private final Hearsay hearsay = new Hearsay(HearingTimes.STANDARD);
    private final List<Sent> sent = new ArrayList<>();
    private final ControllerPath path =
            new ControllerPath(SELF, hearsay, (to, message) -> sent.add(new Sent(to, message)), TURN_NANOS);

    ControllerPathTest() {
        says(SELF); // As each member does at every look at the clock.
    }

    private void says(Incarnation member, Incarnation... silent) {
        hearsay.told(member, new Hearing(List.of(silent), List.of(), List.of()), 0);
    }

    private List<Sent> askedAt(long nowNanos) {
        sent.clear();
        path.ask(ASKED, CONTROLLER, nowNanos);
        return List.copyOf(sent);
    }

    private static Sent straight() {
        return new Sent(CONTROLLER, ASKED);
    }

    private static Sent by(Incarnation relay) {
        return new Sent(relay, new Relayed(SELF, ASKED));
    }

    @Test
    void controllerHearsThisMember_itIsAskedStraight() {
        OTHERS.forEach(this::says);

        assertThat(askedAt(0)).containsExactly(straight());
    }

    @Test
    void controllerDoesNotHearThisMember_othersPassItOnInTurn() {
        OTHERS.forEach(this::says);
        says(CONTROLLER, SELF);

        assertThat(askedAt(0)).containsExactly(straight(), by(THIRD));
        assertThat(askedAt(TURN_NANOS)).containsExactly(straight(), by(FOURTH));
        assertThat(askedAt(2 * TURN_NANOS - 1)).containsExactly(straight(), by(FOURTH));
    }

    @Test
    void controllerIsNotHeardHere_othersPassItOn() {
        says(FOURTH);

        assertThat(askedAt(0)).containsExactly(straight(), by(FOURTH));
    }

    @Test
    void whoDoesNotHearBoth_passesNothingOn() {
        says(THIRD, SELF);
        says(FOURTH, CONTROLLER);

        assertThat(askedAt(0)).containsExactly(straight());
    }

    @Test
    void thisMemberControls_nobodyElseIsAsked() {
        says(THIRD);

        path.ask(ASKED, SELF, 0);

        assertThat(sent).containsExactly(new Sent(SELF, ASKED));
    }

    @Test
    void whatAPrimaryAsks_isPassedOnOnce() {
        Relayed relayed = new Relayed(THIRD, ASKED);

        path.passOn(THIRD, relayed, CONTROLLER);
        path.passOn(FOURTH, relayed, CONTROLLER);
        path.passOn(THIRD, relayed, null);

        assertThat(sent).containsExactly(new Sent(CONTROLLER, relayed));
    }
}
