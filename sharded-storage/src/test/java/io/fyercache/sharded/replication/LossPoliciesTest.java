package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.Answer.OutcomeUnknown;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.replication.Scene.Actor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a new generation answers to the caches of each policy (L3, L4). Member 1 had the only copy; member 2 begins anew. */
class LossPoliciesTest {
    private static final Answer NOTHING = Done.NOTHING;
    private static final Answer YES = new Done(new OperationResult.Flag(true), 0);
    private static final Answer NO = new Done(new OperationResult.Flag(false), 0);
    private static final Answer LOST = new PartitionLost(2);

    private static Scene lost(LossPolicy policy) {
        Scene scene = Scene.ofOne(HostedCaches.plain(policy));
        assertThat(answer(scene, scene.one, scene.put("k", "old"))).isEqualTo(NOTHING);
        scene.change(scene.record.reset(TWO));
        scene.tick();
        return scene;
    }

    /** Returns the last answer to a request, without what is to be counted. */
    private static Answer answer(Scene scene, Actor actor, Request request) {
        actor.request(request);
        scene.tick();
        List<Answer> answers = actor.answersTo(request);
        Answer last = answers.get(answers.size() - 1);
        return last instanceof Done done ? new Done(done.result(), 0) : last;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FAIL")
    void newGeneration_servesCachesThatDoNotAsk(LossPolicy policy) {
        Scene scene = lost(policy);

        assertThat(answer(scene, scene.two, scene.read("k"))).isEqualTo(NOTHING);
        assertThat(answer(scene, scene.two, scene.put("k", "new"))).isEqualTo(NOTHING);
        assertThat(answer(scene, scene.two, scene.acknowledgement()))
                .as("nothing to acknowledge")
                .isEqualTo(NO);
    }

    @Test
    void cacheThatFails_isServedWhenTheLossIsAcknowledged() {
        Scene scene = lost(LossPolicy.FAIL);
        assertThat(answer(scene, scene.two, scene.read("k"))).isEqualTo(LOST);
        assertThat(answer(scene, scene.two, scene.put("k", "new"))).isEqualTo(LOST);

        Request acknowledgement = scene.acknowledgement();
        assertThat(answer(scene, scene.two, acknowledgement)).isEqualTo(YES);
        assertThat(answer(scene, scene.two, scene.read("k"))).isEqualTo(NOTHING);
        assertThat(answer(scene, scene.two, scene.put("k", "new"))).isEqualTo(NOTHING);

        assertThat(answer(scene, scene.two, acknowledgement.again()))
                .as("its retry")
                .isEqualTo(YES);
        assertThat(answer(scene, scene.two, scene.acknowledgement()))
                .as("the next one")
                .isEqualTo(NO);
        assertThat(scene.two.committed)
                .filteredOn(
                        entry -> entry.effects().stream().anyMatch(effect -> effect instanceof Effect.AcknowledgeLoss))
                .hasSize(1);
    }

    @Test
    void firstGeneration_isNoLoss() {
        Scene scene = Scene.ofOne(HostedCaches.plain(LossPolicy.FAIL));

        assertThat(answer(scene, scene.one, scene.acknowledgement())).isEqualTo(NO);
        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(NOTHING);
    }

    @Test
    void acknowledgementOfAnEarlierLoss_doesNotCountForALaterOne() {
        Scene scene = lost(LossPolicy.FAIL);
        Request early = scene.acknowledgement();
        assertThat(answer(scene, scene.two, scene.acknowledgement())).isEqualTo(YES);
        scene.change(scene.record.reset(ONE));
        scene.tick();

        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(new PartitionLost(3));
        assertThat(answer(scene, scene.one, early)).isEqualTo(OutcomeUnknown.OUTCOME_UNKNOWN);
        assertThat(answer(scene, scene.one, scene.acknowledgement(2))).isEqualTo(NO);
        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(new PartitionLost(3));
    }

    @Test
    void acknowledgement_reachesACopy_withItsStart() {
        Scene scene = lost(LossPolicy.FAIL);
        assertThat(answer(scene, scene.two, scene.acknowledgement())).isEqualTo(YES);
        copyToOne(scene);

        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(NOTHING);
    }

    @Test
    void acknowledgement_reachesACopy_withTheLog() {
        Scene scene = lost(LossPolicy.FAIL);
        scene.change(scene.record.startJoin(ONE));
        scene.tick();
        assertThat(answer(scene, scene.two, scene.acknowledgement())).isEqualTo(YES);
        scene.change(scene.record.expand(ONE));
        scene.tick();
        scene.change(scene.record.handOver(ONE));
        scene.tick();

        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(NOTHING);
    }

    /** L4: they travel with the start of a copy, whole. */
    @Test
    void acknowledgementsForMoreCachesThanACopyCanBeToldOf_areRefused() {
        Scene scene = lost(LossPolicy.FAIL);
        for (int cache = 1; cache <= CopyStart.MAX_ACKNOWLEDGED_LOSSES; cache++) {
            scene.two.request(acknowledgement(scene, cache));
        }
        assertThat(scene.two.given).extracting(each -> each.answer()).containsOnly(YES);

        Request oneMore = acknowledgement(scene, 0);
        assertThat(answer(scene, scene.two, oneMore)).isEqualTo(Busy.BUSY);

        copyToOne(scene);
        assertThat(answer(scene, scene.one, scene.read("k"))).isEqualTo(LOST);
    }

    private static Request acknowledgement(Scene scene, int cache) {
        return scene.request(EntryKey.ofAll(cache), new Request.Task.AcknowledgeLoss(2));
    }

    private static void copyToOne(Scene scene) {
        scene.change(scene.record.startJoin(ONE));
        scene.tick();
        scene.change(scene.record.expand(ONE));
        scene.tick();
        assertThat(scene.one.replica.digest()).isEqualTo(scene.two.replica.digest());
        scene.change(scene.record.handOver(ONE));
        scene.tick();
    }

    @ParameterizedTest
    @EnumSource
    void provisionalGeneration_servesOnlyCachesThatNeedNotWait(LossPolicy policy) {
        Scene scene = Scene.ofOne(HostedCaches.plain(policy));
        scene.change(scene.record.resetEarly(TWO));
        scene.tick();

        Answer expected = policy == LossPolicy.RESET_NOW ? NOTHING : NotServing.NOT_SERVING;
        assertThat(answer(scene, scene.two, scene.read("k"))).isEqualTo(expected);
        assertThat(answer(scene, scene.two, scene.put("k", "new"))).isEqualTo(expected);
        copyToOne(scene);
        assertThat(answer(scene, scene.one, scene.put("k", "new")))
                .as("the next primary, too")
                .isEqualTo(expected);
        if (policy == LossPolicy.FAIL) {
            assertThat(answer(scene, scene.one, scene.acknowledgement())).isEqualTo(NotServing.NOT_SERVING);
        }

        scene.change(scene.record.makeFirm());
        scene.tick();
        assertThat(answer(scene, scene.one, scene.put("k", "new")))
                .isEqualTo(policy == LossPolicy.FAIL ? LOST : NOTHING);
    }
}
