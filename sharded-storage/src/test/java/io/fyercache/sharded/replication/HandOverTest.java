package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.PartitionMessage.Missed;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** J3, J6: a partition changes hands, and nothing on the way waits for a look at the clock. */
class HandOverTest {
    private static final long MILLIS = 1_000_000;
    private static final Done NOTHING = new Done(OperationResult.None.NONE, 0);

    private final Scene scene = Scene.ofTwo(HostedCaches.plain());

    private void wishForHandOver() {
        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
    }

    // ---- the primary that gives up

    @Test
    void primaryWhoseLogIsLevel_givesUpAtOnce() {
        scene.one.request(scene.put("k", "v"));

        wishForHandOver();

        assertThat(scene.one.asked).endsWith(new Relinquished(scene.record.version()));
    }

    @Test
    void whatIsUnderWay_isAnswered_andThenTheEpochIsGivenUp() {
        Request write = scene.put("k", "v");
        Request read = scene.read("k");
        scene.letMessagesBeLate();
        scene.one.request(write);
        scene.one.request(read);
        wishForHandOver();
        assertThat(scene.one.asked).doesNotHaveAnyElementsOfTypes(Relinquished.class);

        scene.deliverLate();

        assertThat(scene.one.answersTo(write)).containsExactly(NOTHING);
        assertThat(scene.one.answersTo(read)).containsExactly(new Done(new OperationResult.Value(value("v")), 0));
        assertThat(scene.one.asked).endsWith(new Relinquished(scene.record.version()));
    }

    @Test
    void recordThatChangesMeanwhile_isWhatTheEpochIsGivenUpUnder() {
        wishForHandOver();

        scene.change(scene.record.retarget(List.of(TWO, ONE)));

        assertThat(scene.one.asked).endsWith(new Relinquished(scene.record.version()));
        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.RELINQUISHED);
    }

    @Test
    void epochThatWasGivenUp_isSaidToBe_untilTheRecordSaysSo() {
        wishForHandOver();
        scene.one.asked.clear();

        scene.tick();
        scene.tick();

        assertThat(scene.one.asked)
                .containsExactly(new Relinquished(scene.record.version()), new Relinquished(scene.record.version()));
    }

    // ---- those who come meanwhile

    @Test
    void whoComesMeanwhile_isSentOn_whenTheSuccessorIsKnown() {
        wishForHandOver();
        Request write = scene.put("k", "v");
        Request read = scene.read("k");
        scene.one.request(write);
        scene.one.request(read);
        assertThat(scene.one.given).isEmpty();

        scene.change(scene.record.handOver(TWO));

        assertThat(scene.one.answersTo(write)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.answersTo(read)).containsExactly(NotServing.NOT_SERVING);
    }

    @Test
    void whoComesToTheSuccessorTooEarly_isAnswered_whenItServes() {
        wishForHandOver();
        Request write = scene.put("k", "v");
        Request read = scene.read("k");
        scene.letMessagesBeLate();
        scene.change(scene.record.handOver(TWO));
        scene.two.request(write);
        scene.two.request(read);
        assertThat(scene.two.replica.state()).isEqualTo(ReplicaState.TAKING_OVER);
        assertThat(scene.two.given).isEmpty();

        scene.deliverLate();

        assertThat(scene.two.replica.state()).isEqualTo(ReplicaState.SERVING);
        assertThat(scene.two.answersTo(write)).containsExactly(NOTHING);
        assertThat(scene.two.answersTo(read)).containsExactly(new Done(new OperationResult.Value(value("v")), 0));
        assertThat(scene.two.tallies).containsExactlyInAnyOrder(CacheCounters.PUT, CacheCounters.HIT);
    }

    @Test
    void whoHasWaitedForTooLong_isTurnedAway() {
        wishForHandOver();
        Request early = scene.put("k", "v");
        scene.one.request(early);
        scene.pass(KeptRequests.LONGEST_NANOS / MILLIS - 10);
        Request late = scene.put("k", "w");
        scene.one.request(late);
        assertThat(scene.one.given).isEmpty();

        scene.pass(10);

        assertThat(scene.one.answersTo(early)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.answersTo(late)).isEmpty();
    }

    @Test
    void moreThanMayWait_areTurnedAway() {
        wishForHandOver();
        List<Request> requests = new ArrayList<>();
        for (int each = 0; each <= KeptRequests.MAX_KEPT; each++) {
            requests.add(scene.by(100 + each, scene.put("k", "v")));
        }

        requests.forEach(scene.one::request);

        assertThat(scene.one.given).hasSize(1);
        assertThat(scene.one.answersTo(requests.get(KeptRequests.MAX_KEPT))).containsExactly(NotServing.NOT_SERVING);
    }

    // ---- the log of the successor

    private final SilentHost host = new SilentHost();
    private final PartitionReplica replica = host.replica(ONE, Rules.ALL);
    private final PartitionRecord before = PartitionRecord.founding(List.of(ONE, TWO));
    private final PartitionRecord after = before.handOver(TWO);

    @Test
    void logThatComesBeforeItsRecord_isAskedForAgain_whenTheRecordIsKnown() {
        replica.install(before, 0);
        host.sent.clear();
        replica.onMessage(TWO, new Reconcile(2, 0, 0, List.of()), 0);
        assertThat(host.tablesWanted).isEqualTo(1);
        assertThat(host.sent).isEmpty();

        replica.install(after, 0);
        assertThat(host.sent).containsExactly(new Missed(2));
    }

    @Test
    void recordThatIsKnownInTime_leavesNothingToAskFor() {
        replica.install(before, 0);
        host.sent.clear();
        replica.onMessage(TWO, new Confirm(9, 1), 0); // Of an epoch that is none of those.

        replica.install(after, 0);
        replica.onMessage(TWO, new Reconcile(2, 0, 0, List.of()), 0);

        assertThat(host.sent).containsExactly(new Acknowledge(2, 0, 0));
    }

    @Test
    void whoHasMissedTheLog_isSentItAgain_untilItHasSome() {
        PartitionReplica successor = host.replica(TWO, Rules.ALL);
        successor.install(before, 0);
        successor.install(after, 0);
        Reconcile log = new Reconcile(2, 0, 0, List.of());
        assertThat(host.sent).containsExactly(log);

        successor.onMessage(ONE, new Missed(2), 0);
        assertThat(host.sent).containsExactly(log, log);

        successor.onMessage(ONE, new Acknowledge(2, 0, 0), 0);
        successor.onMessage(ONE, new Missed(2), 0);
        assertThat(host.sent).containsExactly(log, log);
    }
}
