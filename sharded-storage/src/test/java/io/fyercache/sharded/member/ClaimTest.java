package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.topology.ControllerEpoch;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a member that hears nobody wants to control the table (T8). */
class ClaimTest {
    private static final Incarnation FIRST = new Incarnation(1);
    private static final Incarnation SELF = new Incarnation(2);
    private static final long TICK_NANOS = 10_000_000;
    private static final int TICKS_OF_A_SECOND = 100;

    private final Newcomer process = new Newcomer();
    private long nowNanos;
    private final StorageMember member = new StorageMember(process, process, MemberSettings.STANDARD, 0);

    private static final class Newcomer extends SilentProcess {
        private boolean letIn;
        private int claims;

        Newcomer() {
            super(SELF);
        }

        @Override
        public boolean isLetIn() {
            return letIn;
        }

        @Override
        public void claim(ControllerEpoch known) {
            claims++;
        }
    }

    private void firstIsNotHeard() {
        member.onMembers(new MembersPresent(2, List.of(SilentProcess.member(FIRST), SilentProcess.member(SELF))), 0);
        member.onCandidates(List.of(FIRST, SELF));
        oneSecond();
    }

    private void oneSecond() {
        for (int tick = 0; tick < TICKS_OF_A_SECOND; tick++) {
            nowNanos += TICK_NANOS;
            member.onTick(nowNanos, 0);
        }
    }

    @Test
    void memberThatNobodyHasLetIn_leavesControlToTheOneThatItDoesNotHear() {
        firstIsNotHeard();

        assertThat(process.claims).isZero();
    }

    @Test
    void memberThatIsLetIn_takesControlFromTheOneThatItDoesNotHear() {
        firstIsNotHeard();

        process.letIn = true;
        oneSecond();

        assertThat(process.claims).isOne();
    }
}
