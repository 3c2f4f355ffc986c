package io.fyercache.sharded.controller;

import static io.fyercache.sharded.controller.FailingNodes.QUARANTINE_NANOS;
import static io.fyercache.sharded.controller.FailingNodes.WINDOW_NANOS;
import static io.fyercache.sharded.controller.Members.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import org.junit.jupiter.api.Test;

/** T7. */
class FailingNodesTest {
    /** The clock has no beginning: it may pass the end of the numbers. */
    private final long start = Long.parseLong("9223372036754775807") - WINDOW_NANOS / 2;

    private final FailingNodes nodes = new FailingNodes();
    private final Member member = member(1);

    private void ended(long... afterNanos) {
        for (long after : afterNanos) {
            nodes.ended(member, start + after);
        }
    }

    private boolean isQuarantined(long afterNanos) {
        return nodes.isQuarantined(member, start + afterNanos);
    }

    @Test
    void threeEndsInTenMinutes_areQuarantineForFive() {
        ended(0, 1);
        assertThat(isQuarantined(1)).isFalse();

        ended(WINDOW_NANOS);
        assertThat(isQuarantined(WINDOW_NANOS)).isTrue();
        assertThat(isQuarantined(WINDOW_NANOS + QUARANTINE_NANOS - 1)).isTrue();
        assertThat(isQuarantined(WINDOW_NANOS + QUARANTINE_NANOS)).isFalse();
    }

    @Test
    void threeEndsInMoreThanTenMinutes_areNone() {
        ended(0, 1, WINDOW_NANOS + 1);

        assertThat(isQuarantined(WINDOW_NANOS + 1)).isFalse();
    }

    @Test
    void endAfterAQuarantine_beginsTheNext() {
        ended(0, 1, 2, QUARANTINE_NANOS + 2);

        assertThat(isQuarantined(QUARANTINE_NANOS + 2)).isTrue();
        assertThat(isQuarantined(2 * QUARANTINE_NANOS + 1)).isTrue();
    }

    @Test
    void itIsTheNode_notItsMember_norAnyOther() {
        ended(0, 1, 2);

        assertThat(nodes.isQuarantined(new Member(new Incarnation(99), member.description()), start + 2))
                .isTrue();
        assertThat(nodes.isQuarantined(member(2), start + 2)).isFalse();
    }

    @Test
    void nodeThatHasStayedForTenMinutes_isForgotten() {
        ended(0, 1);
        nodes.ended(member(2), start + WINDOW_NANOS + 2);

        ended(WINDOW_NANOS + 3);
        assertThat(isQuarantined(WINDOW_NANOS + 3)).isFalse();
        ended(WINDOW_NANOS + 4);
        assertThat(isQuarantined(WINDOW_NANOS + 4))
                .as("the two of before do not count")
                .isFalse();
    }
}
