package io.fyercache.sharded.topology;

import static io.fyercache.sharded.topology.Samples.life;
import static io.fyercache.sharded.topology.Samples.lives;
import static io.fyercache.sharded.topology.Samples.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Samples#settled}: version 12, epoch 5 of generation 2, primary 3, in sync 3 and 7, 9 joining, target 3 and 9. */
class PartitionRecordTest {
    private static final PartitionEpoch TAKEN_OVER = new PartitionEpoch(6, 2, Succession.TAKEN_OVER);

    private static PartitionRecord record(
            PartitionEpoch epoch, Incarnation primary, List<Incarnation> inSync, List<Incarnation> joining) {
        return new PartitionRecord(13, epoch, primary, inSync, joining, lives(3, 9));
    }

    @Test
    void initial_hasTheFounderAsOnlyCopy() {
        assertThat(PartitionRecord.initial(life(4)))
                .isEqualTo(new PartitionRecord(1, PartitionEpoch.FIRST, life(4), lives(4), lives(), lives(4)));
    }

    @Test
    void takeOver_growsTheEpochAndDropsTheDead() {
        assertThat(settled().takeOver(life(7), lives(3, 9))).isEqualTo(record(TAKEN_OVER, life(7), lives(7), lives()));
        assertThat(settled().takeOver(life(7), lives(3))).isEqualTo(record(TAKEN_OVER, life(7), lives(7), lives(9)));
    }

    @Test
    void takeOver_primaryLivesOrSuccessorUnfit_refused() {
        assertIllegal("a dead primary", () -> settled().takeOver(life(7), lives(9)));
        assertIllegal("a successor that lives", () -> settled().takeOver(life(3), lives(3)));
        assertIllegal("a successor in sync", () -> settled().takeOver(life(9), lives(3)));
    }

    @Test
    void shrink_keepsTheEpoch() {
        assertThat(settled().shrink(lives(7))).isEqualTo(record(settled().epoch(), life(3), lives(3), lives(9)));
        assertThat(settled().shrink(lives(9, 100))).isEqualTo(record(settled().epoch(), life(3), lives(3, 7), lives()));
    }

    @Test
    void shrink_ofThePrimaryOrOfNoCopy_refused() {
        assertIllegal("a primary that lives", () -> settled().shrink(lives(3, 7)));
        assertIllegal("a copy among", () -> settled().shrink(lives(100)));
    }

    @Test
    void startJoin_addsToJoiningInOrder() {
        assertThat(settled().startJoin(life(5)))
                .isEqualTo(record(settled().epoch(), life(3), lives(3, 7), lives(5, 9)));
    }

    @Test
    void startJoin_ofACopyOrTwice_refused() {
        assertIllegal("not in sync yet", () -> settled().startJoin(life(7)));
        assertIllegal("not joining yet", () -> settled().startJoin(life(9)));
    }

    @Test
    void expand_bringsTheJoiningMemberInSync() {
        assertThat(settled().expand(life(9))).isEqualTo(record(settled().epoch(), life(3), lives(3, 7, 9), lives()));
    }

    @Test
    void expand_ofAnotherIncarnation_refused() {
        assertIllegal("a joining member", () -> settled().expand(life(10)));
    }

    @Test
    void handOver_growsTheEpochAndKeepsTheCopies() {
        PartitionEpoch handedOver = new PartitionEpoch(6, 2, Succession.HANDED_OVER);

        assertThat(settled().handOver(life(7))).isEqualTo(record(handedOver, life(7), lives(3, 7), lives(9)));
        assertThat(settled().handOver(life(3))).isEqualTo(record(handedOver, life(3), lives(3, 7), lives(9)));
    }

    @Test
    void resetEarly_beginsAProvisionalGeneration_whichStaysSoUntilItIsMadeFirm() {
        PartitionRecord early = settled().resetEarly(life(9));
        assertThat(early.epoch()).isEqualTo(new PartitionEpoch(6, 3, Standing.PROVISIONAL, Succession.TAKEN_OVER));
        assertThat(early.inSync()).containsExactly(life(9));

        PartitionRecord later = early.startJoin(life(3)).expand(life(3)).handOver(life(3));
        assertThat(later.epoch()).isEqualTo(new PartitionEpoch(7, 3, Standing.PROVISIONAL, Succession.HANDED_OVER));
        assertThat(later.takeOver(life(9), lives(3)).epoch().standing()).isEqualTo(Standing.PROVISIONAL);

        PartitionRecord firm = later.makeFirm();
        assertThat(firm.epoch()).isEqualTo(new PartitionEpoch(7, 3, Succession.HANDED_OVER));
        assertThat(firm.version()).isEqualTo(later.version() + 1);
        assertThat(firm.inSync()).isEqualTo(later.inSync());
        assertThat(later.reset(life(100)).epoch().standing()).isEqualTo(Standing.FIRM);
    }

    @Test
    void makeFirm_ofWhatIsFirm_refused() {
        assertIllegal("a generation that is provisional", () -> settled().makeFirm());
    }

    @Test
    void provisionalFirstGeneration_refused() {
        assertThatThrownBy(() -> new PartitionEpoch(5, 1, Standing.PROVISIONAL, Succession.TAKEN_OVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("generation that is provisional: 1 (expected: at least 2)");
    }

    @Test
    void handOver_toAJoiningMember_refused() {
        assertIllegal("a successor in sync", () -> settled().handOver(life(9)));
    }

    @Test
    void removeSurplus_whenTheTargetIsInSync_dropsTheCopy() {
        PartitionRecord moved = settled().expand(life(9)).removeSurplus(life(7));

        assertThat(moved.inSync()).isEqualTo(lives(3, 9));
        assertThat(moved.version()).isEqualTo(14);
        assertThat(moved.epoch()).isEqualTo(settled().epoch());
    }

    @Test
    void removeSurplus_ofWhatIsNeeded_refused() {
        PartitionRecord expanded = settled().expand(life(9));

        assertIllegal("a target that is in sync", () -> settled().removeSurplus(life(7)));
        assertIllegal("a member in sync", () -> expanded.removeSurplus(life(100)));
        assertIllegal("not wanted", () -> expanded.removeSurplus(life(9)));
        assertIllegal("hand over before", () -> expanded.handOver(life(7)).removeSurplus(life(7)));
    }

    @Test
    void reset_growsTheGenerationAndTheEpoch() {
        PartitionEpoch next = new PartitionEpoch(6, 3, Succession.TAKEN_OVER);

        assertThat(settled().reset(life(9))).isEqualTo(record(next, life(9), lives(9), lives()));
    }

    @Test
    void reset_toAMemberThatWasInSync_refused() {
        assertIllegal("was not in sync", () -> settled().reset(life(7)));
    }

    @Test
    void retarget_changesOnlyThePlan() {
        assertThat(settled().retarget(lives(9, 3)))
                .isEqualTo(new PartitionRecord(13, settled().epoch(), life(3), lives(3, 7), lives(9), lives(9, 3)));
        assertIllegal("another target", () -> settled().retarget(lives(3, 9)));
    }

    @Test
    void constructor_partsDisagree_refused() {
        PartitionEpoch second = new PartitionEpoch(2, 1, Succession.TAKEN_OVER);

        assertRefused(
                "version of epoch 2: 1", () -> new PartitionRecord(1, second, life(1), lives(1), lives(), lives(1)));
        assertRefused("primary: #2", () -> new PartitionRecord(2, second, life(2), lives(1), lives(), lives(1)));
        assertRefused(
                "inSync: #1 twice", () -> new PartitionRecord(2, second, life(1), lives(1, 1), lives(), lives(1)));
        assertRefused("joining: #1", () -> new PartitionRecord(2, second, life(1), lives(1), lives(1), lives(1)));
        assertRefused(
                "target: #4 twice", () -> new PartitionRecord(2, second, life(1), lives(1), lives(), lives(4, 5, 4)));
        assertRefused("in target: 0", () -> new PartitionRecord(2, second, life(1), lives(1), lives(), lives()));
        assertRefused(
                "in target: 257",
                () -> new PartitionRecord(
                        2,
                        second,
                        life(1),
                        lives(1),
                        lives(),
                        lives(LongStream.rangeClosed(1, 257).toArray())));
    }

    @Test
    void epoch_generationBeyondTheNumber_refused() {
        assertRefused("generation: 3", () -> new PartitionEpoch(2, 3, Succession.TAKEN_OVER));
        assertRefused("epoch: 0", () -> new PartitionEpoch(0, 0, Succession.TAKEN_OVER));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** I5: version, epoch and generation only grow; and an epoch has one primary. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyStep_growsTheVersionByOneAndNothingFalls(long seed) {
        Random random = new Random(seed);
        PartitionRecord before = PartitionRecord.initial(life(1));
        for (int step = 0; step < 100; step++) {
            PartitionRecord after = Samples.randomStep(random, before);

            assertThat(after.version()).isEqualTo(before.version() + 1);
            assertThat(after.epoch().number())
                    .isBetween(before.epoch().number(), before.epoch().number() + 1);
            assertThat(after.epoch().generation())
                    .isBetween(before.epoch().generation(), before.epoch().generation() + 1);
            if (after.epoch().number() == before.epoch().number()) {
                assertThat(after.primary()).isEqualTo(before.primary());
                assertThat(after.epoch()).isIn(before.epoch(), before.epoch().firm());
            } else if (after.epoch().generation() == before.epoch().generation()) {
                assertThat(before.inSync()).contains(after.primary());
            }
            before = after;
        }
    }

    private static void assertIllegal(String expected, ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(IllegalStateException.class).hasMessageContaining(expected);
    }

    private static void assertRefused(String expected, ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(expected);
    }
}
