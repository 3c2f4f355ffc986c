package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.ListenerFailed;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.HostedCaches.Database;
import java.util.List;
import org.junit.jupiter.api.Test;

/** V3: who listens, by the log; V5: answers that wait for them. The client that asks is the one that listens. */
class ListenersTest {
    private static final ChangeInterest UNAWAITED = new ChangeInterest(15, 0, 0);
    private static final ChangeInterest AWAITED = new ChangeInterest(15, 15, 0);
    private static final Answer KNOWN = new Done(new OperationResult.Flag(true), 0);
    private static final Answer NEW = new Done(new OperationResult.Flag(false), 0);
    private static final Answer NOTHING = Done.NOTHING;

    private final Scene scene = Scene.ofTwo(HostedCaches.plain());

    private List<Answer> ask(Scene.Actor actor, Request request) {
        actor.request(request);
        return actor.answersTo(request);
    }

    private void takeOverByTwo() {
        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }
    }

    private static List<Listening> heardBy(Scene.Actor actor) {
        return actor.changed.get(actor.changed.size() - 1).changes().get(0).listeners();
    }

    // ---- V3

    @Test
    void wish_isNewOnce_andKnownAfterwards() {
        assertThat(ask(scene.one, scene.listen(1, UNAWAITED))).containsExactly(NEW);
        assertThat(ask(scene.one, scene.listen(1, UNAWAITED))).containsExactly(KNOWN);

        assertThat(scene.one.committed).hasSize(1);
        assertThat(scene.one.replica.listeners()).containsExactly(1L);
    }

    @Test
    void laterWish_counts_inWhateverOrderTheyCome() {
        scene.one.request(scene.listen(2, AWAITED));
        assertThat(ask(scene.one, scene.listen(1, UNAWAITED))).containsExactly(KNOWN);
        scene.one.request(scene.put("k", "a"));

        assertThat(heardBy(scene.one)).containsExactly(new Listening(0, 1, 2, AWAITED));
    }

    @Test
    void wishForNothing_isWhatEverybodyHasFromTheBeginning() {
        assertThat(ask(scene.one, scene.listen(1, ChangeInterest.NONE))).containsExactly(KNOWN);
        scene.one.request(scene.listen(2, UNAWAITED));
        assertThat(ask(scene.one, scene.listen(3, ChangeInterest.NONE))).containsExactly(NEW);
        scene.one.request(scene.put("k", "a"));

        assertThat(scene.one.changed).isEmpty();
        assertThat(scene.one.replica.listeners()).isEmpty();
    }

    @Test
    void kindsThatNobodyListensTo_areTold_toNobody() {
        scene.one.request(scene.listen(1, ChangeInterest.NONE.and(EntryChange.Kind.UPDATED)));
        scene.one.request(scene.put("k", "a"));
        assertThat(scene.one.changed).isEmpty();

        scene.one.request(scene.put("k", "b"));
        assertThat(scene.one.changed).hasSize(1);
    }

    @Test
    void successor_knowsWhoListens() {
        scene.one.request(scene.listen(1, UNAWAITED));
        takeOverByTwo();
        scene.two.request(scene.put("k", "a"));

        assertThat(heardBy(scene.two)).containsExactly(new Listening(0, 1, 1, UNAWAITED));
    }

    @Test
    void copy_knowsWhoListened() {
        Scene growing = Scene.ofOne(HostedCaches.plain());
        growing.one.request(growing.listen(1, UNAWAITED));
        growing.change(growing.record.startJoin(TWO));
        growing.tick();
        growing.tick();

        assertThat(growing.two.replica.listeners()).containsExactly(1L);
        assertThat(growing.two.replica.digest()).isEqualTo(growing.one.replica.digest());
    }

    @Test
    void generationAfterALoss_knowsNobody() {
        Scene losing = Scene.ofOne(HostedCaches.plain());
        losing.one.request(losing.listen(1, UNAWAITED));
        losing.change(losing.record.reset(TWO));
        losing.tick();

        assertThat(losing.two.replica.state()).isEqualTo(ReplicaState.SERVING);
        assertThat(losing.two.replica.listeners()).isEmpty();
    }

    @Test
    void forgottenProcess_isToldNothing_untilItListensAgain() {
        scene.one.request(scene.listen(1, UNAWAITED));
        scene.one.replica.forgetListener(1, scene.nowNanos, scene.wallMillis);
        scene.tick();
        scene.one.request(scene.put("k", "a"));
        assertThat(scene.one.changed).isEmpty();
        assertThat(scene.one.replica.listeners()).isEmpty();

        assertThat(ask(scene.one, scene.listen(1, UNAWAITED))).containsExactly(NEW);
        scene.one.request(scene.put("k", "b"));
        assertThat(scene.one.changed).hasSize(1);
    }

    @Test
    void moreThanMayListen_areRefused() {
        Scene crowded = Scene.ofOne(HostedCaches.plain());
        for (int client = 2; client <= Listening.MAX_LISTENING + 1; client++) {
            crowded.one.request(crowded.by(client, crowded.listen(1, UNAWAITED)));
        }
        Answer refused = ask(crowded.one, crowded.listen(1, UNAWAITED)).get(0);

        assertThat(refused.toString()).contains("javax.cache.CacheException", "4096", "expected: fewer");
        assertThat(crowded.one.replica.listeners()).hasSize(Listening.MAX_LISTENING);
    }

    // ---- V5

    @Test
    void answer_waitsForThoseWhoListen() {
        scene.one.request(scene.listen(1, AWAITED));
        Request put = scene.put("k", "a");
        assertThat(ask(scene.one, put)).isEmpty();

        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);
        assertThat(scene.one.answersTo(put)).containsExactly(NOTHING);
    }

    @Test
    void answer_doesNotWait_ifNobodyIsToBeWaitedFor_orAListenerAsks() {
        scene.one.request(scene.listen(1, UNAWAITED));
        assertThat(ask(scene.one, scene.put("k", "a"))).containsExactly(NOTHING);

        scene.one.request(scene.listen(2, AWAITED));
        Request byListener = scene.request("k", new Task.Write(new Put(value("b")), Task.Listeners.NOT_AWAITED));
        assertThat(ask(scene.one, byListener)).containsExactly(NOTHING);
    }

    @Test
    void whoReads_doesNotWait() {
        scene.one.request(scene.listen(1, AWAITED));
        scene.one.request(scene.put("k", "a"));

        assertThat(ask(scene.one, scene.read("k"))).containsExactly(new Done(new OperationResult.Value(value("a")), 0));
    }

    @Test
    void retry_isNotAnsweredBeforeListenersHaveHeard() {
        scene.one.request(scene.listen(1, AWAITED));
        Request put = scene.put("k", "a");
        scene.one.request(put);
        assertThat(ask(scene.one, put.again())).isEmpty();

        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);
        assertThat(scene.one.answersTo(put)).containsExactly(NOTHING);
    }

    /** The first primary knew that the operation was committed, and its successor tells listeners again. */
    @Test
    void retryAtTheSuccessor_isNotAnsweredBeforeListenersHaveHeard() {
        scene.one.request(scene.listen(1, AWAITED));
        Request put = scene.put("k", "a");
        scene.one.request(put);
        takeOverByTwo();
        assertThat(scene.one.answersTo(put)).containsExactly(NotServing.NOT_SERVING);
        assertThat(ask(scene.two, put.again())).isEmpty();

        scene.two.replica.onChangesArrived(1, 2, scene.nowNanos);
        assertThat(scene.two.answersTo(put)).containsExactly(NOTHING);
    }

    @Test
    void whatAListenerThrows_isToldInsteadOfTheResult_andCounted() {
        scene.one.request(scene.listen(1, AWAITED));
        Request put = scene.write("k", new GetAndPut(value("a")));
        scene.one.request(put);
        scene.one.tallies.clear();
        scene.one.replica.onListenerFailures(
                1,
                List.of(
                        new ListenerFailure(PlacedChange.place(1, 0), "of an entry that nobody waits for"),
                        new ListenerFailure(PlacedChange.place(2, 0), "first"),
                        new ListenerFailure(PlacedChange.place(2, 0), "second")));
        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);

        assertThat(scene.one.answersTo(put)).containsExactly(new Done(new ListenerFailed("first"), 0));
        assertThat(scene.one.tallies).containsExactly(CacheCounters.PUT | CacheCounters.MISS);
    }

    @Test
    void readThatLoads_waitsForThoseWhoListen() {
        Database database = new Database();
        database.content = () -> value("loaded");
        Scene loading = Scene.ofOne(HostedCaches.cache(Expiry.ETERNAL, database, null));
        loading.one.request(loading.listen(1, AWAITED));
        Request read = loading.read("k");
        loading.one.request(read);
        loading.one.runNext();
        assertThat(loading.one.answersTo(read)).isEmpty();

        loading.one.replica.onChangesArrived(1, 2, loading.nowNanos);
        assertThat(loading.one.answersTo(read))
                .containsExactly(new Done(new OperationResult.Value(value("loaded")), 0));
    }

    @Test
    void tooManyThatWaitForListeners_areTurnedAway() {
        Scene busy = Scene.ofOne(HostedCaches.plain());
        busy.one.request(busy.listen(1, AWAITED));
        for (int put = 0; put < UnheardAnswers.MAX_WAITING; put++) {
            busy.one.request(busy.put("k" + put, "v"));
        }

        assertThat(ask(busy.one, busy.put("one more", "v"))).containsExactly(Answer.Busy.BUSY);
        busy.one.replica.onChangesArrived(1, 2, busy.nowNanos);
        assertThat(ask(busy.one, busy.put("one more", "v"))).isEmpty();
        assertThat(busy.one
                        .committed
                        .get(busy.one.committed.size() - 1)
                        .effects()
                        .get(0)
                        .key())
                .isEqualTo(key("one more"));
    }
}
