package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.write.WriteBehindSettings;
import io.fyercache.core.write.WriteBehindSettings.Retries;
import io.fyercache.core.write.WriteQueueFullException;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Backlog;
import io.fyercache.sharded.message.OperationResult.DeadLetters;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.Request.Task.Haste;
import io.fyercache.sharded.message.Request.Task.OfDeadLetter;
import io.fyercache.sharded.replication.HostedCaches.Database;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a primary does about changes that its database is told later (Q1 to Q6). */
class WritingBehindTest {
    private static final int DELAY_MILLIS = 1_000;
    private static final int QUEUE_WAIT_MILLIS = 500;

    private final Database database = new Database();
    private final WriteBehindSettings settings = settings(1);

    private static WriteBehindSettings settings(int attempts) {
        return new WriteBehindSettings(DELAY_MILLIS, 1, 2, QUEUE_WAIT_MILLIS, new Retries(attempts, 10, 10), 0);
    }

    private Scene ofOne() {
        return Scene.ofOne(HostedCaches.behind(database, settings));
    }

    private Scene ofTwo() {
        return Scene.ofTwo(HostedCaches.behind(database, settings));
    }

    private static OperationResult ask(Scene scene, Request request) {
        scene.one.request(request);
        scene.pass(20);
        List<Answer> answers = scene.one.answersTo(request);
        assertThat(answers).hasSize(1);
        return ((Done) answers.get(0)).result();
    }

    private static Backlog backlog(Scene scene) {
        return (Backlog) ask(scene, scene.ofAll(new Task.CountUnwritten(Haste.AS_SET)));
    }

    private static DeadLetters deadLetters(Scene scene) {
        return (DeadLetters) ask(scene, scene.ofAll(new Task.ListDeadLetters(CachePosition.START)));
    }

    private static void put(Scene scene, String key, String value) {
        Request put = scene.put(key, value);
        scene.one.request(put);
        assertThat(scene.one.answersTo(put)).containsExactly(Done.NOTHING);
    }

    // ---- writing

    @Test
    void put_isAnsweredAtOnce_andWrittenWhenItsDelayIsOver() {
        Scene scene = ofOne();

        put(scene, "k", "v");
        scene.pass(DELAY_MILLIS - 50);
        assertThat(scene.one.batches).isEmpty();
        assertThat(backlog(scene).waiting()).isEqualTo(1);
        scene.pass(100);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("write v");
        assertThat(backlog(scene)).isEqualTo(new Backlog(0, 0, 0, 0));
        assertThat(scene.one.replica.digest()).isEqualTo(digestAfter("v"));
    }

    /** The entry is there, and nothing else. */
    private static long digestAfter(String value) {
        Scene plain = Scene.ofOne(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));
        plain.one.request(plain.put("k", value));
        return plain.one.replica.digest();
    }

    @Test
    void removal_ofWhatTheCacheDoesNotKnow_isWritten() {
        Scene scene = ofOne();

        scene.one.request(scene.write("k", EntryOperation.Remove.INSTANCE));
        scene.pass(DELAY_MILLIS + 50);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("delete");
    }

    @Test
    void severalChangesOfAKey_areWrittenAsTheLast_afterTheDelayOfTheFirst() {
        Scene scene = ofOne();

        put(scene, "k", "v1");
        scene.pass(DELAY_MILLIS - 100);
        put(scene, "k", "v2");
        scene.pass(150);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("write v2");
        assertThat(scene.one.batches).isEmpty();
    }

    @Test
    void changeThatOvertakesAWrite_isWrittenInItsTurn() {
        Scene scene = ofOne();
        put(scene, "k", "v1");
        scene.pass(DELAY_MILLIS + 50);

        put(scene, "k", "v2");
        scene.one.writeNext();
        assertThat(backlog(scene).waiting()).isEqualTo(1);
        scene.pass(DELAY_MILLIS + 50);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("write v1", "write v2");
        assertThat(backlog(scene).waiting()).isZero();
    }

    /** Between the two deletions the database is told of a value. */
    @Test
    void removalThatLooksLikeTheOneBeingWritten_isWrittenInItsTurn() {
        Scene scene = ofTwo();
        scene.one.request(scene.write("k", EntryOperation.Remove.INSTANCE));
        scene.pass(DELAY_MILLIS + 50);
        assertThat(scene.one.batches).hasSize(1);
        scene.one.request(scene.put("k", "v"));
        scene.pass(DELAY_MILLIS + 50);

        scene.letMessagesBeLate();
        scene.one.request(scene.write("k", EntryOperation.Remove.INSTANCE));
        scene.one.writeNext(); // Then comes the put, which has waited for that.
        scene.deliverLate();
        scene.one.writeNext();
        scene.pass(DELAY_MILLIS + 50);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("delete", "write v", "delete");
        assertThat(backlog(scene).waiting()).isZero();
    }

    @Test
    void put_thatTheBackupHasNot_isNotWritten() {
        Scene scene = ofTwo();
        scene.letMessagesBeLate();

        scene.one.request(scene.put("k", "v"));
        scene.pass(2 * DELAY_MILLIS);
        assertThat(scene.one.batches).isEmpty();
        scene.deliverLate();
        scene.pass(DELAY_MILLIS + 200);

        assertThat(scene.one.batches).hasSize(1);
    }

    @Test
    void clear_leavesWhatIsToBeWritten_andCountsAndListsDoNotSeeIt() {
        Scene scene = ofOne();
        put(scene, "k", "v");

        ask(scene, scene.ofAll(new Task.Clear(CachePosition.START)));

        assertThat(ask(scene, scene.ofAll(Task.CountEntries.COUNT_ENTRIES))).isEqualTo(new OperationResult.Count(0));
        assertThat(((OperationResult.Keys) ask(scene, scene.ofAll(new Task.ListKeys(CachePosition.START)))).keys())
                .isEmpty();
        assertThat(backlog(scene).waiting()).isEqualTo(1);
    }

    @Test
    void dropUnwritten_leavesNothingToBeWritten() {
        Scene scene = ofOne();
        put(scene, "k", "v");

        ask(scene, scene.ofAll(new Task.DropUnwritten(CachePosition.START)));
        scene.pass(2 * DELAY_MILLIS);

        assertThat(backlog(scene).waiting()).isZero();
        assertThat(scene.one.batches).isEmpty();
    }

    // ---- reading

    @Test
    void read_whenTheEntryHasExpired_findsWhatWaits_andAsksNobody() {
        Scene scene = ofOne();
        put(scene, "k", "v");
        scene.wallMillis += 2_000;

        Request read = scene.read("k");
        scene.one.request(read);
        scene.one.runNext();

        assertThat(scene.one.answersTo(read)).containsExactly(new Done(new OperationResult.Value(value("v")), 0));
        assertThat(database.heard).isEmpty();
    }

    @Test
    void read_ofADeletionThatWaits_findsNothing_andAsksNobody() {
        Scene scene = ofOne();
        database.content = () -> value("old");
        scene.one.request(scene.write("k", EntryOperation.Remove.INSTANCE));

        Request read = scene.read("k");
        scene.one.request(read);
        scene.one.runNext();

        assertThat(scene.one.answersTo(read)).containsExactly(Done.NOTHING);
        assertThat(database.heard).isEmpty();
    }

    // ---- the next primary

    @Test
    void takeover_writesWhatTheFirstPrimaryHasAcknowledged() {
        Scene scene = ofTwo();
        put(scene, "k", "v");

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.pass(DELAY_MILLIS + 2_000);
        scene.two.writeNext();

        assertThat(database.heard).containsExactly("write v");
        assertThat(scene.one.batches).isEmpty();
    }

    @Test
    void outcomeOfAnEarlierEpoch_doesNotCount() {
        Scene scene = ofTwo();
        put(scene, "k", "v");
        scene.pass(DELAY_MILLIS + 50);
        assertThat(scene.one.batches).hasSize(1);

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.one.writeNext();
        scene.pass(2_000);

        assertThat(scene.two.batches).hasSize(1);
    }

    @Test
    void handOver_waitsForWhatIsBeingWritten() {
        Scene scene = ofTwo();
        put(scene, "k", "v");
        scene.pass(DELAY_MILLIS + 50);

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        scene.pass(200);
        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.SERVING);
        scene.one.writeNext();
        scene.pass(20);

        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.RELINQUISHED);
    }

    @Test
    void whoShallGiveUp_writesNothingMore() {
        Scene scene = ofTwo();
        put(scene, "k", "v");
        Request load = scene.read("cold");
        scene.one.request(load); // which keeps it serving

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        scene.pass(2 * DELAY_MILLIS);

        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.SERVING);
        assertThat(scene.one.batches).isEmpty();
    }

    // ---- dead letters

    private static void giveUp(Scene scene) {
        scene.pass(DELAY_MILLIS + 50);
        scene.one.writeNext();
    }

    @Test
    void changeThatIsGivenUp_isADeadLetter_andTheNextPrimaryKnows() {
        Scene scene = ofTwo();
        database.fails = true;
        put(scene, "k", "v");

        giveUp(scene);

        assertThat(backlog(scene)).isEqualTo(new Backlog(0, 0, 1, 1));
        DeadLetters.Letter letter = deadLetters(scene).letters().get(0);
        assertThat(letter.key()).isEqualTo(key("k").key());
        assertThat(letter.change().value()).isEqualTo(value("v"));
        assertThat(letter.change().givenUp().attempts()).isEqualTo(1);
        assertThat(letter.change().givenUp().failure()).contains("no connection");
        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.pass(2_000);
        assertThat(scene.two.writes().backlog(0, Haste.AS_SET)).isEqualTo(new Backlog(0, 0, 1, 0));
    }

    @Test
    void deadLetter_isStillWhatIsRead() {
        Scene scene = ofOne();
        database.fails = true;
        put(scene, "k", "v");
        giveUp(scene);
        scene.wallMillis += 2_000;

        Request read = scene.read("k");
        scene.one.request(read);
        scene.one.runNext();

        assertThat(scene.one.answersTo(read)).containsExactly(new Done(new OperationResult.Value(value("v")), 0));
    }

    @Test
    void replay_hasItWrittenAtOnce() {
        Scene scene = ofOne();
        database.fails = true;
        put(scene, "k", "v");
        giveUp(scene);
        database.fails = false;
        database.heard.clear();

        assertThat(ask(scene, scene.request("k", OfDeadLetter.REPLAY))).isEqualTo(new OperationResult.Flag(true));
        scene.pass(20);
        scene.one.writeNext();

        assertThat(database.heard).containsExactly("write v");
        assertThat(ask(scene, scene.request("k", OfDeadLetter.REPLAY))).isEqualTo(new OperationResult.Flag(false));
    }

    @Test
    void discard_letsTheDatabaseCountAgain() {
        Scene scene = ofOne();
        database.fails = true;
        put(scene, "k", "v");
        giveUp(scene);
        database.fails = false;
        database.content = () -> value("old");
        scene.wallMillis += 2_000;

        assertThat(ask(scene, scene.request("k", OfDeadLetter.DISCARD))).isEqualTo(new OperationResult.Flag(true));
        Request read = scene.read("k");
        scene.one.request(read);
        scene.one.runNext();

        assertThat(scene.one.answersTo(read)).containsExactly(new Done(new OperationResult.Value(value("old")), 0));
        assertThat(backlog(scene)).isEqualTo(new Backlog(0, 0, 0, 1));
    }

    @Test
    void discard_ofAChangeThatWaits_leavesIt() {
        Scene scene = ofOne();
        put(scene, "k", "v");

        assertThat(ask(scene, scene.request("k", OfDeadLetter.DISCARD))).isEqualTo(new OperationResult.Flag(false));
        assertThat(backlog(scene).waiting()).isEqualTo(1);
    }

    @Test
    void newChange_takesThePlaceOfADeadLetter() {
        Scene scene = ofOne();
        database.fails = true;
        put(scene, "k", "v1");
        giveUp(scene);

        put(scene, "k", "v2");

        assertThat(backlog(scene).waiting()).isEqualTo(1);
        assertThat(backlog(scene).givenUp()).isZero();
    }

    // ---- room

    private static Scene full(Scene scene) {
        put(scene, "a", "v");
        put(scene, "b", "v");
        return scene;
    }

    @Test
    void change_ofAKeyThatHasOne_needsNoRoom() {
        Scene scene = full(ofOne());

        put(scene, "a", "v2");

        assertThat(backlog(scene).waiting()).isEqualTo(2);
    }

    @Test
    void change_withoutRoom_waitsUntilThereIsSome() {
        Scene scene = full(ofOne());
        Request put = scene.put("c", "v");

        scene.one.request(put);
        scene.pass(20); // The queue is full, so what waits is written at once.
        assertThat(scene.one.answersTo(put)).isEmpty();
        scene.one.writeNext();
        scene.pass(20);
        scene.one.runNext();

        assertThat(scene.one.answersTo(put)).containsExactly(Done.NOTHING);
    }

    @Test
    void change_withoutRoomForTooLong_fails_andNothingHasHappened() {
        Scene scene = full(ofOne());
        Request put = scene.put("c", "v");

        scene.one.request(put);
        scene.pass(QUEUE_WAIT_MILLIS + 50);

        assertThat(scene.one.answersTo(put)).hasSize(1);
        OperationResult.Failed failed =
                (OperationResult.Failed) ((Done) scene.one.answersTo(put).get(0)).result();
        assertThat(failed.exception()).isEqualTo(WriteQueueFullException.class.getName());
        assertThat(failed.message())
                .contains("cache 'hosted': 2 keys have changes that are not written", "within 500 ms");
        assertThat(ask(scene, scene.request("c", Task.Peek.PEEK))).isEqualTo(new OperationResult.Flag(false));
    }

    @Test
    void readAndOtherKeys_goOnWhileAChangeWaitsForRoom() {
        Scene scene = full(ofOne());
        scene.one.request(scene.put("c", "v"));

        put(scene, "a", "v2");
        Request read = scene.request("a", Task.ReadPresent.READ_PRESENT);

        assertThat(ask(scene, read)).isEqualTo(new OperationResult.Value(value("v2")));
    }

    @Test
    void takeover_givesPlacesToAllThatIsThere_thoughThereBeNoRoom() {
        Scene scene = full(ofTwo());

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.pass(2_000);

        assertThat(scene.two.writes().backlog(0, Haste.AS_SET).waiting()).isEqualTo(2);
        assertThat(scene.one.writes.depth()).isZero();
    }
}
