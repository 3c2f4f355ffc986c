package io.fyercache.sharded.controller;

import static io.fyercache.sharded.controller.Members.inc;
import static io.fyercache.sharded.controller.Members.incs;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.topology.Member;
import org.junit.jupiter.api.Test;

/** T1, T2, T8. */
class VerdictsTest {
    @Test
    void membersWhoHearEachOther_live() {
        Verdicts verdicts = Members.of(5).verdicts();

        assertThat(incs(1, 2, 3, 4, 5)).noneMatch(verdicts::isDead);
        assertThat(verdicts.toBeExpelled()).isEmpty();
        assertThat(verdicts.isIsolated()).isFalse();
    }

    @Test
    void whomNobodyHears_isTakenForDead() {
        assertThat(Members.of(3).areWithout(2).verdicts().toBeExpelled()).containsExactly(inc(2));
        assertThat(Members.of(2).areWithout(2).verdicts().toBeExpelled()).containsExactly(inc(2));
    }

    @Test
    void oneSickLink_deposesNobody() {
        assertThat(Members.of(3).suspects(1, 2).verdicts().isDead(inc(2)))
                .as("3 vouches for 2")
                .isFalse();
        assertThat(Members.of(3).suspects(3, 2).verdicts().isDead(inc(2)))
                .as("1 vouches for 2")
                .isFalse();
    }

    @Test
    void twoWitnesses_areEnough_whereNobodyVouches() {
        Members four = Members.of(4).doesNotHear(1, 2).suspects(3, 2).suspects(4, 2);

        assertThat(four.verdicts().isDead(inc(2))).isTrue();
        assertThat(Members.of(3).doesNotHear(1, 2).suspects(3, 2).verdicts().isDead(inc(2)))
                .as("one witness of three members")
                .isFalse();
    }

    @Test
    void whoSaysThatItHearsNotHalf_isTakenForDead() {
        assertThat(Members.of(5).suspects(2, 1, 3, 4).verdicts().toBeExpelled()).containsExactly(inc(2));
        assertThat(Members.of(5).suspects(2, 1, 3).verdicts().toBeExpelled()).isEmpty();
        assertThat(Members.of(5).doesNotHear(2, 1, 3, 4).verdicts().toBeExpelled())
                .as("silence is not yet suspicion")
                .isEmpty();
    }

    @Test
    void whoHearsNotHalfItself_takesNobodyForDead() {
        Members cutOff = Members.of(4).suspects(1, 2, 3);
        cutOff.areWithout(4);
        Verdicts verdicts = cutOff.suspects(1, 2, 3, 4).verdicts();

        assertThat(verdicts.isIsolated()).isTrue();
        assertThat(verdicts.toBeExpelled()).isEmpty();
    }

    @Test
    void ofTwo_eachMayTakeTheOtherForDead() {
        Verdicts verdicts = Members.of(2).areWithout(2).verdicts();

        assertThat(verdicts.isIsolated()).isFalse();
        assertThat(verdicts.isDead(inc(2))).isTrue();
    }

    @Test
    void whoseZnodeIsGone_isDead_evenForTheIsolated() {
        Verdicts verdicts = Members.of(4).isGone(4).suspects(1, 2, 3).verdicts();

        assertThat(verdicts.isIsolated()).isTrue();
        assertThat(verdicts.isDead(inc(4))).isTrue();
        assertThat(verdicts.isDead(inc(2))).isFalse();
    }

    @Test
    void whoIsBornLater_isNotGone() {
        assertThat(Members.of(3).verdicts().isDead(inc(4))).isFalse();
    }

    @Test
    void whoSaidGoodbye_isDead_andNeedNotBeExpelled() {
        Verdicts verdicts = Members.of(3).saidGoodbye(2).verdicts();

        assertThat(verdicts.isDead(inc(2))).isTrue();
        assertThat(verdicts.isKnownDead(inc(2))).isTrue();
        assertThat(verdicts.toBeExpelled()).isEmpty();
    }

    @Test
    void whoWantsToLeave_lives_andDoesNotStay() {
        Verdicts verdicts = Members.of(3).wantsToLeave(2).verdicts();

        assertThat(verdicts.isDead(inc(2))).isFalse();
        assertThat(verdicts.staying().stream().map(Member::incarnation)).containsExactly(inc(1), inc(3));
    }

    @Test
    void turnToControl_isTheFirstLivingInTheQueue() {
        Verdicts all = Members.of(3).verdicts();

        assertThat(Candidacy.isTurnOf(inc(1), incs(1, 2, 3), null, all)).isTrue();
        assertThat(Candidacy.isTurnOf(inc(1), incs(1, 2, 3), inc(1), all))
                .as("it controls already")
                .isFalse();
        assertThat(Candidacy.isTurnOf(inc(1), incs(2, 1, 3), null, all)).isFalse();
        assertThat(Candidacy.isTurnOf(
                        inc(1),
                        incs(2, 1, 3),
                        inc(2),
                        Members.of(3).areWithout(2).verdicts()))
                .isTrue();
        assertThat(Candidacy.isTurnOf(inc(1), incs(2, 3), null, all))
                .as("it is in no queue")
                .isFalse();
    }

    @Test
    void turnToControl_passesOverWhoCannotReachZooKeeper() {
        Verdicts verdicts = Members.of(3).cannotReachZooKeeper(2).verdicts();

        assertThat(Candidacy.isTurnOf(inc(1), incs(2, 1, 3), inc(2), verdicts)).isTrue();
        assertThat(verdicts.isDead(inc(2))).as("it may serve all the same").isFalse();
        assertThat(Candidacy.isTurnOf(
                        inc(1),
                        incs(1, 2, 3),
                        null,
                        Members.of(3).cannotReachZooKeeper(1).verdicts()))
                .isFalse();
    }

    @Test
    void whoHearsNotHalf_waitsUntilTheZnodesBeforeItAreGone() {
        Members cutOff = Members.of(3).suspects(1, 2, 3);

        assertThat(Candidacy.isTurnOf(inc(1), incs(2, 1, 3), inc(2), cutOff.verdicts()))
                .isFalse();
        assertThat(Candidacy.isTurnOf(
                        inc(1), incs(2, 1, 3), inc(2), cutOff.isGone(2).verdicts()))
                .isTrue();
    }
}
