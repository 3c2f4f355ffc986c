package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.replication.HostedCaches.Database;
import io.fyercache.sharded.replication.Scene.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a primary does about user code: it holds the key while it runs elsewhere, and other keys go on. */
class UserCodeTest {
    private static final Done NOTHING = Done.NOTHING;
    private static final Done NO_CONNECTION =
            new Done(new OperationResult.Failed("java.lang.IllegalStateException", "no connection"), 0);

    private final Database database = new Database();

    private static Done found(String value) {
        return new Done(new OperationResult.Value(value(value)), 0);
    }

    private static List<Request> readers(Scene scene, int count) {
        List<Request> readers =
                IntStream.range(0, count).mapToObj(each -> scene.read("k")).toList();
        readers.forEach(scene.one::request);
        return readers;
    }

    // ---- comparisons

    @Test
    void comparison_thatTheUserDecides_isMadeElsewhere_andOtherKeysGoOn() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        scene.one.request(scene.write("k", new Put(value("old"))));
        Request replace = scene.write("k", new ReplaceIfEqual(value("old"), value("new")));
        Request other = scene.write("other", new Put(value("v")));

        scene.one.request(replace);
        scene.one.request(other);

        assertThat(scene.one.calls).hasSize(1);
        assertThat(scene.one.answersTo(replace)).isEmpty();
        assertThat(scene.one.answersTo(other)).hasSize(1);
        scene.one.runNext();
        assertThat(scene.one.answersTo(replace)).containsExactly(new Done(new OperationResult.Flag(true), 0));
    }

    @Test
    void comparison_withNothing_isDecidedAtOnce() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        Request remove = scene.write("k", new RemoveIfEqual(value("old")));

        scene.one.request(remove);

        assertThat(scene.one.calls).isEmpty();
        assertThat(scene.one.answersTo(remove)).containsExactly(new Done(new OperationResult.Flag(false), 0));
    }

    // ---- loads

    @Test
    void read_coldKey_aHundredReadersShareOneLoad() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.content = () -> value("loaded");

        List<Request> readers = readers(scene, 100);
        assertThat(scene.one.given).isEmpty();
        scene.one.runNext();

        assertThat(database.heard).containsExactly("load");
        assertThat(scene.one.given)
                .extracting(Given::request)
                .containsExactlyElementsOf(readers.stream().map(Request::id).toList());
        assertThat(scene.one.given).extracting(Given::answer).containsOnly(found("loaded"));
        Request later = scene.read("k");
        scene.one.request(later);
        assertThat(scene.one.answersTo(later)).containsExactly(found("loaded"));
        assertThat(scene.one.calls).isEmpty();
    }

    @Test
    void read_loadFails_allReadersHear_andTheNextLoadsAgain() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.fails = true;

        readers(scene, 3);
        scene.one.runNext();

        assertThat(scene.one.given).hasSize(3).extracting(Given::answer).containsOnly(NO_CONNECTION);
        readers(scene, 1);
        assertThat(scene.one.calls).hasSize(1);
    }

    @Test
    void read_loadFindsNothing_allReadersHear() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));

        readers(scene, 3);
        scene.one.runNext();

        assertThat(database.heard).containsExactly("load");
        assertThat(scene.one.given).hasSize(3).extracting(Given::answer).containsOnly(NOTHING);
        assertThat(scene.one.committed).isEmpty();
    }

    @Test
    void load_valueThatFitsIntoNoMessage_failsBeforeItIsInTheLog() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.content = () -> new EncodedValue(new byte[EncodedValue.MAX_BYTES + 1]);

        readers(scene, 1);
        scene.one.runNext();

        assertThat(scene.one.given)
                .extracting(Given::answer)
                .containsExactly(new Done(
                        new OperationResult.Failed(
                                "java.lang.IllegalArgumentException",
                                "length of a value: 7340033 bytes (expected: 0..7340032)"),
                        0));
        assertThat(scene.one.committed).isEmpty();
    }

    @Test
    void load_whatWaitsInBetween_findsWhatWasLoaded() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.content = () -> value("loaded");
        Request write = scene.write("k", new GetAndPut(value("new")));

        readers(scene, 1);
        scene.one.request(write);
        List<Request> later = readers(scene, 1);
        scene.one.runNext();

        assertThat(scene.one.answersTo(write)).containsExactly(found("loaded"));
        assertThat(scene.one.answersTo(later.get(0))).containsExactly(found("loaded"));
        assertThat(scene.one.calls).isEmpty();
    }

    @Test
    void load_timeToLive_countsFromWhenTheValueIsHere() {
        Scene scene = Scene.ofOne(HostedCaches.cache(HostedCaches.ONE_SECOND, database, null));
        database.content = () -> value("loaded");

        readers(scene, 1);
        scene.wallMillis += 700;
        scene.one.runNext();
        scene.wallMillis += 999;
        Request inTime = readers(scene, 1).get(0);
        scene.wallMillis += 1;
        readers(scene, 1);

        assertThat(scene.one.answersTo(inTime)).containsExactly(found("loaded"));
        assertThat(scene.one.calls).hasSize(1);
    }

    // ---- the held key

    @Test
    void heldKey_otherKeysGoOn() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        scene.one.request(scene.write("held", new Invoke(entry -> null)));
        Request write = scene.put("other", "v");
        Request read = scene.read("other");

        scene.one.request(write);
        scene.one.request(read);

        assertThat(scene.one.answersTo(write)).containsExactly(NOTHING);
        assertThat(scene.one.answersTo(read)).containsExactly(found("v"));
        assertThat(scene.one.calls).hasSize(1);
    }

    @Test
    void heldKey_readersSeeTheLastCommittedValue() {
        Scene scene = Scene.ofOne(HostedCaches.writing(database));
        scene.one.request(scene.put("k", "old"));
        scene.one.runNext();
        scene.one.request(scene.put("k", "new"));

        Request before = readers(scene, 1).get(0);
        scene.one.runNext();
        Request after = readers(scene, 1).get(0);

        assertThat(scene.one.answersTo(before)).containsExactly(found("old"));
        assertThat(scene.one.answersTo(after)).containsExactly(found("new"));
    }

    @Test
    void heldKey_writesTakeTheirTurns() {
        Scene scene = Scene.ofOne(HostedCaches.writing(database));
        List<Request> writes = List.of(
                scene.write("k", new GetAndPut(value("a"))),
                scene.write("k", new GetAndPut(value("b"))),
                scene.write("k", new GetAndPut(value("c"))));
        writes.forEach(scene.one::request);

        for (Request write : writes) {
            assertThat(scene.one.calls).hasSize(1);
            assertThat(scene.one.answersTo(write)).isEmpty();
            scene.one.runNext();
        }

        assertThat(database.heard).containsExactly("write a", "write b", "write c");
        assertThat(scene.one.given).extracting(Given::answer).containsExactly(NOTHING, found("a"), found("b"));
        assertThat(scene.one.calls).isEmpty();
    }

    @Test
    void heldKey_itsEntryExpires_nobodyHearsUntilTheOperationIsDone() {
        Scene scene = Scene.ofOne(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));
        scene.one.request(scene.put("k", "v"));
        Request invoke = scene.write("k", new Invoke(entry -> entry.value()));
        scene.one.request(invoke);

        scene.wallMillis += 1_000;
        Request read = readers(scene, 1).get(0);
        assertThat(scene.one.answersTo(read)).isEmpty();
        scene.one.runNext();

        assertThat(scene.one.answersTo(invoke)).containsExactly(found("v"));
        assertThat(scene.one.answersTo(read)).containsExactly(NOTHING);
    }

    @Test
    void expiredEntry_isTakenOutBeforeUserCodeRuns() {
        Scene scene = Scene.ofOne(HostedCaches.cache(HostedCaches.ONE_SECOND, null, database));
        scene.one.request(scene.put("k", "v"));
        scene.one.runNext();
        scene.wallMillis += 1_000;

        scene.one.request(scene.write("k", new GetAndPut(value("new"))));

        assertThat(scene.one.calls.element().current()).isNull();
        assertThat(scene.one.committed).hasSize(2);
        assertThat(scene.one.committed.get(1).effects()).containsExactly(new Effect.Remove(key("k"), Notice.EXPIRED));
    }

    // ---- once

    @Test
    void retry_whileUserCodeRuns_startsNothing() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        Request invoke = scene.write("k", new Invoke(entry -> value("answer")));
        Request waiting = scene.put("k", "v");

        scene.one.request(invoke);
        scene.one.request(waiting);
        scene.one.request(invoke.again());
        scene.one.request(waiting.again());
        assertThat(scene.one.calls).hasSize(1);
        scene.one.runNext();

        assertThat(scene.one.answersTo(invoke)).containsExactly(found("answer"));
        assertThat(scene.one.answersTo(waiting)).containsExactly(NOTHING);
        // Both were repeated, so both leave a trace, whatever they found.
        assertThat(scene.one.committed).hasSize(2);
    }

    @Test
    void retry_afterTheEffect_getsTheFirstResult() {
        Scene scene = Scene.ofOne(HostedCaches.writing(database));
        Request write = scene.write("k", new PutIfAbsent(value("v")));

        scene.one.request(write);
        scene.one.runNext();
        scene.one.request(write.again());

        Answer yes = new Done(new OperationResult.Flag(true), 0);
        assertThat(scene.one.answersTo(write)).containsExactly(yes, yes);
        assertThat(database.heard).containsExactly("write v");
    }

    @Test
    void processorThatDrawsLots_runsOnce_andItsEffectIsReplicated() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        Random lots = new Random();
        List<String> drawn = new ArrayList<>();
        Request invoke = scene.write("k", new Invoke(entry -> {
            drawn.add("v" + lots.nextLong());
            entry.set(value(drawn.get(drawn.size() - 1)));
            return null;
        }));

        scene.one.request(invoke);
        scene.one.runNext();
        scene.tick();
        assertThat(scene.one.answersTo(invoke)).containsExactly(NOTHING);
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }
        scene.two.request(invoke.again());
        Request read = scene.read("k");
        scene.two.request(read);

        assertThat(drawn).hasSize(1);
        assertThat(scene.two.answersTo(invoke)).containsExactly(NOTHING);
        assertThat(scene.two.answersTo(read)).containsExactly(found(drawn.get(0)));
    }

    // ---- failures

    @Test
    void writerFails_entryAndResultsAreAsTheyWere() {
        Scene scene = Scene.ofOne(HostedCaches.writing(database));
        scene.one.request(scene.put("k", "old"));
        scene.one.runNext();
        long digest = scene.one.replica.digest();
        database.fails = true;
        Request failing = scene.put("k", "new");

        scene.one.request(failing);
        scene.one.runNext();

        assertThat(scene.one.answersTo(failing)).containsExactly(NO_CONNECTION);
        assertThat(scene.one.committed).hasSize(1);
        assertThat(scene.one.replica.digest()).isEqualTo(digest);
        database.fails = false;
        scene.one.request(failing.again());
        scene.one.runNext();
        assertThat(scene.one.answersTo(failing)).containsExactly(NO_CONNECTION, NOTHING);
    }

    @Test
    void writerFails_repeatedOperation_failsForEveryAttempt() {
        Scene scene = Scene.ofOne(HostedCaches.writing(database));
        database.fails = true;
        Request first = scene.put("k", "v");

        scene.one.request(first.again());
        scene.one.runNext();
        database.fails = false;
        scene.one.request(first); // It has been under way all the time.

        assertThat(scene.one.answersTo(first)).containsExactly(NO_CONNECTION, NO_CONNECTION);
        assertThat(scene.one.calls).isEmpty();
        assertThat(scene.one.committed).extracting(LogEntry::effects).containsExactly(List.of());
    }

    @Test
    void processorFails_whoWaitsForTheKeyGoesOn() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        Request invoke = scene.write("k", new Invoke(entry -> {
            throw new IllegalStateException("no connection");
        }));
        Request waiting = scene.put("k", "v");

        scene.one.request(invoke);
        scene.one.request(waiting);
        scene.one.runNext();

        assertThat(scene.one.answersTo(invoke)).containsExactly(NO_CONNECTION);
        assertThat(scene.one.answersTo(waiting)).containsExactly(NOTHING);
    }

    // ---- the end of an epoch

    @Test
    void epochEnds_outcomeIsDropped_andAllAreTurnedAway() {
        Scene scene = Scene.ofTwo(HostedCaches.writing(database));
        Request running = scene.put("k", "v");
        Request waiting = scene.put("k", "w");
        scene.one.request(running);
        scene.one.request(waiting);

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.one.runNext();

        assertThat(scene.one.answersTo(running)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.answersTo(waiting)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.calls).isEmpty();
        assertThat(scene.one.committed).isEmpty();
    }

    @Test
    void outcomeOfAnEarlierEpoch_isNotTakenForOneOfThis() {
        Scene scene = Scene.ofTwo(HostedCaches.writing(database));
        scene.one.request(scene.put("k", "old"));
        UserCodeCall ofFirstEpoch = scene.one.calls.remove();
        scene.change(scene.record.handOver(TWO));
        scene.change(scene.record.handOver(ONE));
        scene.tick();
        Request write = scene.put("k", "new");
        scene.one.request(write);
        UserCodeCall ofThirdEpoch = scene.one.calls.element();
        assertThat(ofThirdEpoch.number()).isEqualTo(ofFirstEpoch.number());

        HostedCache cache = scene.one.cache(0);
        scene.one.tell(cache.run(ofFirstEpoch, WriteFence.NONE));
        assertThat(scene.one.answersTo(write)).isEmpty();
        scene.one.runNext();
        scene.one.tell(cache.run(ofThirdEpoch, WriteFence.NONE)); // A second time: nobody waits for it.

        assertThat(scene.one.answersTo(write)).containsExactly(NOTHING);
        assertThat(scene.one.committed).hasSize(1);
        assertThat(scene.one.committed.get(0).effects())
                .containsExactly(new Effect.Store(key("k"), value("new"), Long.MAX_VALUE, Notice.CREATED));
    }

    @Test
    void handOver_waitsForUserCodeUnderWay_andServesMeanwhileWhatNeedsNone() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        Invoke invoke = new Invoke(entry -> {
            entry.set(value("invoked"));
            return null;
        });
        Request running = scene.write("k", invoke);
        Request waiting = scene.write("k", invoke);
        scene.one.request(running);
        scene.one.request(waiting);

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        Request plain = scene.put("other", "v");
        Request another = scene.write("another", invoke);
        scene.one.request(plain);
        scene.one.request(another);
        scene.tick();
        assertThat(scene.one.answersTo(plain)).containsExactly(NOTHING);
        assertThat(scene.one.answersTo(another)).isEmpty();
        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.SERVING);
        assertThat(scene.one.asked).doesNotHaveAnyElementsOfTypes(Relinquished.class);

        scene.one.runNext();
        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.RELINQUISHED);
        assertThat(scene.one.answersTo(running)).containsExactly(NOTHING);
        assertThat(scene.one.answersTo(waiting)).isEmpty();
        assertThat(scene.one.asked).contains(new Relinquished(scene.record.version()));

        scene.change(scene.record.handOver(TWO));
        assertThat(scene.one.answersTo(another)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.answersTo(waiting)).containsExactly(NotServing.NOT_SERVING);
        assertThat(scene.one.calls).isEmpty();
    }

    // ---- limits

    @Test
    void heldKey_asManyWaitAsMay_thenItIsBusy() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));

        List<Request> readers = readers(scene, 1 + UserCodeCalls.MAX_WAITING);
        Request refused = readers(scene, 1).get(0);
        Request joined = readers.get(1).again();
        scene.one.request(joined);

        assertThat(scene.one.given).containsExactly(new Given(refused.id(), 1, Busy.BUSY));
        scene.one.runNext();
        assertThat(scene.one.given).hasSize(2 + UserCodeCalls.MAX_WAITING);
        assertThat(scene.one.given).contains(new Given(joined.id(), 2, NOTHING));
        assertThat(database.heard).hasSize(1);
    }

    @Test
    void partition_asManyWaitAsMay_thenItIsBusy() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        for (int each = 0; each < UserCodeCalls.MAX_REQUESTS; each++) {
            scene.one.request(scene.read("k" + each));
        }
        Request refused = scene.read("one more");

        scene.one.request(refused);
        assertThat(scene.one.answersTo(refused)).containsExactly(Busy.BUSY);
        scene.one.runNext();
        scene.one.request(refused.again());
        while (!scene.one.calls.isEmpty()) {
            scene.one.runNext();
        }

        assertThat(scene.one.answersTo(refused)).containsExactly(Busy.BUSY, NOTHING);
        assertThat(database.heard).hasSize(1 + UserCodeCalls.MAX_REQUESTS);
    }

    @Test
    void requests_thatHaveEnded_leaveRoomForOthers() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        int rounds = 1 + UserCodeCalls.MAX_REQUESTS / UserCodeCalls.MAX_WAITING;

        for (int round = 0; round < rounds; round++) {
            readers(scene, 1 + UserCodeCalls.MAX_WAITING);
            scene.one.runNext();
            readers(scene, 1);
            IntStream.range(0, UserCodeCalls.MAX_WAITING)
                    .forEach(each -> scene.one.request(scene.write("k", EntryOperation.Remove.INSTANCE)));
            scene.one.runNext();
        }

        assertThat(scene.one.given)
                .hasSize(2 * rounds * (1 + UserCodeCalls.MAX_WAITING))
                .extracting(Given::answer)
                .doesNotContain(Busy.BUSY);
    }

    @Test
    void calls_asManyAsMayBeUnderWay_thenTheNextWaitsForAnEnd() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        for (int each = 0; each <= UserCodeCalls.MAX_CALLS; each++) {
            scene.one.request(scene.read("k" + each));
        }
        assertThat(scene.one.calls).hasSize(UserCodeCalls.MAX_CALLS);

        scene.one.runNext();

        assertThat(scene.one.given).hasSize(1);
        assertThat(scene.one.calls).hasSize(UserCodeCalls.MAX_CALLS);
        assertThat(scene.one.calls.getLast().key()).isEqualTo(key("k" + UserCodeCalls.MAX_CALLS));
    }

    @Test
    void handOver_callsThatWereNotStarted_startNoMore() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        for (int each = 0; each < UserCodeCalls.MAX_CALLS; each++) {
            scene.one.request(scene.read("k" + each));
        }
        Request notStarted = scene.read("k");
        Request behind = scene.put("k", "v");
        scene.one.request(notStarted);
        scene.one.request(behind);

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);

        scene.pass(KeptRequests.LONGEST_NANOS / 1_000_000);
        assertThat(scene.one.given)
                .as("kept no longer than their clients can be sure of")
                .containsExactly(
                        new Given(notStarted.id(), 1, NotServing.NOT_SERVING),
                        new Given(behind.id(), 1, NotServing.NOT_SERVING));
        while (!scene.one.calls.isEmpty()) {
            scene.one.runNext();
        }
        assertThat(database.heard).hasSize(UserCodeCalls.MAX_CALLS);
        assertThat(scene.one.replica.state()).isEqualTo(ReplicaState.RELINQUISHED);
    }
}
