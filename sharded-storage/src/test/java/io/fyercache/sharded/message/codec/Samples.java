package io.fyercache.sharded.message.codec;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.CacheGivenUp;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Changes;
import io.fyercache.sharded.message.ClientMessage.ChangesHeard;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.ClientMessage.NearQuestion.Place;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.CountedCache;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.Hearing.Condition;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.ListenerFailure;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.MemberMessage;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PlacedChange;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionEpoch;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.Standing;
import io.fyercache.sharded.topology.Succession;
import io.fyercache.sharded.topology.TableDelta;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages whose bytes are known. */
final class Samples {
    /** 2026-11-22T00:00:00Z. */
    private static final long SOME_MILLIS = 1_795_305_600_000L;

    private static final long FOR_EVER = Long.MAX_VALUE;

    /** The form of {@link #deadLetter}. */
    static final String UNWRITTEN_HEX = "0101036e657780d0eb88c06801140772656675736564";

    private Samples() {}

    /** A change that was given up, as it lies in the copies. */
    static UnwrittenChange deadLetter() {
        return new UnwrittenChange(value("new"), SOME_MILLIS).givenUp(20, "refused");
    }

    /** A message and its form in hexadecimal digits. */
    record Golden(Message message, String hex) {}

    static EntryKey key(String text) {
        return new EntryKey(300, new EncodedKey(text.getBytes(StandardCharsets.UTF_8)));
    }

    static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Incarnation life(long number) {
        return new Incarnation(number);
    }

    private static Listening listening() {
        return new Listening(300, -2, 3, new ChangeInterest(7, 1, 2));
    }

    private static PlacedChange change(EntryChange.Kind kind, EncodedValue value, EncodedValue oldValue) {
        return new PlacedChange(300, 5, new EntryChange(kind, key("k").key(), value, oldValue));
    }

    private static Origin origin() {
        return new Origin(new OperationId(-2, 7), 5);
    }

    private static Golden ofPartition(PartitionMessage message, String hex) {
        return new Golden(new MemberMessage.OfPartition(8191, message), hex);
    }

    private static Golden asked(ControllerRequest request, String hex) {
        return new Golden(new MemberMessage.Asked(5, request), hex);
    }

    static Message call(EntryOperation operation) {
        return call(new Request.Task.Write(operation));
    }

    private static Message call(Request.Task task) {
        return new Call(1, new Request(new OperationId(9, 7), 2, 5, 1, 2, key("k"), task));
    }

    private static Golden call(EntryOperation operation, String hex) {
        return new Golden(call(operation), hex);
    }

    private static Golden reply(Answer answer, String hex) {
        return new Golden(new Reply(1, new OperationId(9, 7), 2, answer), hex);
    }

    private static List<LogEntry> log() {
        return List.of(
                new LogEntry(
                        128,
                        3,
                        SOME_MILLIS,
                        origin(),
                        List.of(new Effect.Store(key("k"), value("new"), FOR_EVER, Notice.UPDATED)),
                        new Done(new OperationResult.Value(value("old")), CacheCounters.HIT | CacheCounters.PUT)),
                new LogEntry(
                        129,
                        3,
                        SOME_MILLIS,
                        null,
                        List.of(
                                new Effect.Prolong(key("k"), SOME_MILLIS),
                                new Effect.Remove(key("gone"), Notice.EXPIRED),
                                new Effect.AcknowledgeLoss(key("k")),
                                new Effect.Listen(listening())),
                        Done.NOTHING));
    }

    private static Map<EntryKey, StoredEntry> bucket() {
        Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
        entries.put(key("b"), new StoredEntry(value("1"), FOR_EVER));
        entries.put(key("a"), new StoredEntry(value(""), SOME_MILLIS));
        return entries;
    }

    private static TableDelta delta() {
        PartitionRecord settled = new PartitionRecord(
                12,
                new PartitionEpoch(5, 2, Standing.PROVISIONAL, Succession.HANDED_OVER),
                life(3),
                List.of(life(3), life(7)),
                List.of(life(9)),
                List.of(life(9), life(3)));
        return new TableDelta(
                8,
                List.of(new TableDelta.Change(1, settled), new TableDelta.Change(7, PartitionRecord.initial(life(3)))));
    }

    /** A number of its own for each thing that is counted. */
    private static long numberOf(CacheCount count) {
        return 300L * List.of(CacheCount.values()).indexOf(count);
    }

    static List<Golden> golden() {
        return List.of(
                ofPartition(
                        new PartitionMessage.Prepare(3, log(), 127),
                        "0101ff3f01030280010380d0eb88c06801feffffffffffffffff0107050101ac02016b036e6577ff"
                                + "ffffffffffff7f0203036f6c640581010380d0eb88c068000402ac02016b00748d00a201000003ac02"
                                + "04676f6e650405ac02016b06ac02feffffffffffffffff0103070102" + "01007f"),
                ofPartition(
                        new PartitionMessage.Reconcile(
                                3,
                                127,
                                130,
                                List.of(new LogEntry(
                                        128,
                                        3,
                                        0,
                                        null,
                                        List.of(
                                                new Effect.ExpireAtOnce(key("k"), value("new")),
                                                new Effect.Store(key("k"), value("new"), FOR_EVER, Notice.CREATED),
                                                new Effect.Store(key("k"), value("new"), FOR_EVER, Notice.NONE),
                                                new Effect.Remove(key("k"), Notice.REMOVED),
                                                new Effect.Remove(key("k"), Notice.EXPIRED),
                                                new Effect.Remove(key("k"), Notice.EVICTED)),
                                        Done.NOTHING))),
                        "0101ff3f03037f820101800103000006"
                                + "04ac02016b036e6577"
                                + "01ac02016b036e6577ffffffffffffff7f01"
                                + "01ac02016b036e6577ffffffffffffff7f00"
                                + "03ac02016b03"
                                + "03ac02016b04"
                                + "03ac02016b05"
                                + "0100"),
                ofPartition(new PartitionMessage.Committed(3, 127), "0101ff3f02037f"),
                ofPartition(new PartitionMessage.Reconcile(3, 129, 130, List.of()), "0101ff3f03038101820100"),
                ofPartition(new PartitionMessage.Confirm(3, 1), "0101ff3f040301"),
                ofPartition(
                        new PartitionMessage.CopyStart(3, 2, 12, 127, -1, List.of(0, 300), List.of(listening())),
                        "0101ff3f0503020c7f010200ac02" + "01ac02feffffffffffffffff0103070102"),
                ofPartition(
                        new PartitionMessage.CopyPart(
                                3,
                                2,
                                127,
                                new CopyPosition.Entries(63, null),
                                List.of(new KnownResult(
                                        origin(),
                                        new Done(new OperationResult.Flag(true), CacheCounters.PUT),
                                        SOME_MILLIS)),
                                bucket()),
                        "0101ff3f0603027f023f0001feffffffffffffffff01070502010480d0eb88c068"
                                + "02ac0201620131ffffffffffffff7fac0201610000748d00a2010000"),
                ofPartition(new PartitionMessage.Acknowledge(3, 2, 128), "0101ff3f0703028001"),
                ofPartition(new PartitionMessage.Confirmed(3, 1), "0101ff3f080301"),
                ofPartition(new PartitionMessage.CopyProgress(3, 2, CopyPosition.BEGIN), "0101ff3f0903020100"),
                ofPartition(
                        new PartitionMessage.CopyProgress(3, 2, new CopyPosition.Results(new OperationId(-2, 7))),
                        "0101ff3f0903020101feffffffffffffffff0107"),
                ofPartition(new PartitionMessage.CopyProgress(3, 2, CopyPosition.END), "0101ff3f090302024000"),
                ofPartition(
                        new PartitionMessage.CopyProgress(3, 2, new CopyPosition.Entries(key("b").bucket(), key("b"))),
                        "0101ff3f090302021b01ac020162"),
                ofPartition(new PartitionMessage.OutOfDate(Long.MAX_VALUE), "0101ff3f0affffffffffffffff7f"),
                ofPartition(new PartitionMessage.Missed(3), "0101ff3f0b03"),
                new Golden(
                        new MemberMessage.Heartbeat(
                                -1,
                                new Hearing(
                                        List.of(life(3), life(0x1_0000_0007L)),
                                        List.of(life(3)),
                                        List.of(Condition.LEAVING, Condition.DETACHED, Condition.CLOCK_OFF))),
                        "0102ffffffffffffffff02038780808010010307"),
                new Golden(
                        new MemberMessage.Grant(
                                Long.MIN_VALUE, 300, SOME_MILLIS, PartitionSet.of(70, number -> number % 69 == 0)),
                        "01030000000000000080ac0200748d00a201000002" + "0100000000000000" + "2000000000000000"),
                new Golden(MemberMessage.Goodbye.GOODBYE, "0104"),
                new Golden(
                        new MemberMessage.TableChanged(300, delta()),
                        "0105ac023a0104080303000000000000000700000000000000090000000000000002010c05020300"
                                + "0200010102020200070101010000010000010025dc94b8"),
                new Golden(new MemberMessage.Relinquish(5, 12), "0106050c"),
                asked(new ControllerRequest.Expand(12, life(9)), "010705010c09"),
                asked(new ControllerRequest.Shrink(12, life(7)), "010705020c07"),
                asked(new ControllerRequest.Relinquished(12), "010705030c"),
                new Golden(
                        new MemberMessage.Relayed(
                                life(300), new MemberMessage.Asked(5, new ControllerRequest.Shrink(12, life(7)))),
                        "0108ac0205020c07"),
                new Golden(new MemberMessage.Used(List.of(key("k"))), "010901ac02016b"),
                new Golden(call(Request.Task.Read.READ), "012001090702050102ac02016b01"),
                new Golden(
                        new Call(
                                1,
                                new Request(
                                        new OperationId(9, 7),
                                        2,
                                        5,
                                        1,
                                        2,
                                        key("k"),
                                        Request.Task.Read.READ,
                                        new Request.Batch(300, 4))),
                        "012001090702050102ac02016b7fac020401"),
                new Golden(call(Request.Task.ReadPresent.READ_PRESENT), "012001090702050102ac02016b03"),
                new Golden(call(Request.Task.Peek.PEEK), "012001090702050102ac02016b04"),
                new Golden(call(new Request.Task.Load(Existing.REPLACE)), "012001090702050102ac02016b0501"),
                new Golden(
                        call(new Request.Task.ListKeys(new CachePosition(63, key("k").key()))),
                        "012001090702050102ac02016b063f016b"),
                new Golden(call(new Request.Task.Clear(CachePosition.START)), "012001090702050102ac02016b070000"),
                new Golden(call(Request.Task.CountEntries.COUNT_ENTRIES), "012001090702050102ac02016b08"),
                new Golden(
                        call(new Request.Task.CountUnwritten(Request.Task.Haste.AS_SET)),
                        "012001090702050102ac02016b0b00"),
                new Golden(
                        call(new Request.Task.CountUnwritten(Request.Task.Haste.AT_ONCE)),
                        "012001090702050102ac02016b0b01"),
                new Golden(
                        call(new Request.Task.ListDeadLetters(new CachePosition(63, key("k").key()))),
                        "012001090702050102ac02016b0c3f016b"),
                new Golden(call(Request.Task.OfDeadLetter.REPLAY), "012001090702050102ac02016b0d00"),
                new Golden(call(Request.Task.OfDeadLetter.DISCARD), "012001090702050102ac02016b0d01"),
                new Golden(
                        call(new Request.Task.DropUnwritten(CachePosition.START)), "012001090702050102ac02016b0e0000"),
                call(
                        new EntryOperation.Invoke(new EncodedProcess(value("code"))),
                        "012001090702050102ac02016b020c04636f646500"),
                new Golden(call(new Request.Task.AcknowledgeLoss(300)), "012001090702050102ac02016b09ac02"),
                new Golden(
                        call(new Request.Task.Listen(3, new ChangeInterest(7, 1, 2))),
                        "012001090702050102ac02016b0a03070102"),
                new Golden(
                        call(new Request.Task.Write(
                                EntryOperation.Remove.INSTANCE, Request.Task.Listeners.NOT_AWAITED)),
                        "012001090702050102ac02016b020701"),
                new Golden(ListenerBeat.LISTENER_BEAT, "0122"),
                new Golden(
                        new Changes(
                                8191,
                                2,
                                299,
                                List.of(
                                        change(EntryChange.Kind.CREATED, value("new"), null),
                                        change(EntryChange.Kind.UPDATED, value("new"), value("old")),
                                        change(EntryChange.Kind.REMOVED, null, null),
                                        change(EntryChange.Kind.EXPIRED, value("old"), value("old")))),
                        "0123ff3f02ab0204"
                                + "ac020500016b01036e657700"
                                + "ac020501016b01036e657701036f6c64"
                                + "ac020502016b0000"
                                + "ac020503016b01036f6c6401036f6c64"),
                new Golden(
                        new ChangesHeard(8191, 2, 300, List.of(new ListenerFailure(299, "no"))),
                        "0124ff3f02ac0201ab02026e6f"),
                new Golden(
                        new NearQuestion(-1, List.of(new Place(8191, 2, 300), new Place(5, 0, 0))),
                        "0127ffffffffffffffff02ff3f02ac02050000"),
                new Golden(
                        new NearAnswer(-1, List.of(new NearNews(8191, 2, 300, 302, List.of(key("k"))))),
                        "0128ffffffffffffffff01ff3f02ac020201ac02016b"),
                new Golden(new NearChanges(List.of(new NearNews(5, 2, 0, 0, List.of()))), "0129010502000000"),
                new Golden(
                        new ToRelay.Subscribe("t-1", -1, 2, 300, 5), "012c03742d31" + "ffffffffffffffff02" + "ac0205"),
                new Golden(
                        new ToRelay.Publish("t", -1, 2, 6, value("new")),
                        "012d0174" + "ffffffffffffffff02" + "06036e6577"),
                new Golden(new ToRelay.Heard("t", -1, 2, 300), "012e0174" + "ffffffffffffffff02" + "ac02"),
                new Golden(new ToRelay.Unsubscribe("t", -1, 2), "012f0174" + "ffffffffffffffff02"),
                new Golden(
                        new FromRelay.Delivery(-1, 2, 300, List.of(value("new")), 4, 3),
                        "0130" + "ffffffffffffffff02" + "ac0201036e65770403"),
                new Golden(new FromRelay.Unsubscribed(-1, 2), "0131" + "ffffffffffffffff02"),
                new Golden(new CacheDestroyed(300), "0125ac02"),
                new Golden(new CountsAsked(3, List.of(300, 5)), "012a0302ac0205"),
                new Golden(
                        new CountsTold(3, List.of(new CountedCache(300, CacheCounts.of(Samples::numberOf)))),
                        "012b0301ac0200ac02d8048407b009dc0b880eb410e0128c15b817"),
                new Golden(new TimeAsked(-1), "0132ffffffffffffffff"),
                new Golden(new TimeTold(-1, SOME_MILLIS), "0133ffffffffffffffff00748d00a2010000"),
                new Golden(new CacheGivenUp(300), "0126ac02"),
                call(new EntryOperation.Put(value("new")), "012001090702050102ac02016b0201036e6577000000000000008000"),
                call(new EntryOperation.PutIfAbsent(value("new")), "012001090702050102ac02016b0202036e657700"),
                call(new EntryOperation.GetAndPut(value("new")), "012001090702050102ac02016b0203036e657700"),
                call(new EntryOperation.Replace(value("new")), "012001090702050102ac02016b0204036e657700"),
                call(
                        new EntryOperation.ReplaceIfEqual(value("old"), value("new")),
                        "012001090702050102ac02016b0205036f6c64036e657700"),
                call(new EntryOperation.GetAndReplace(value("new")), "012001090702050102ac02016b0206036e657700"),
                call(EntryOperation.Remove.INSTANCE, "012001090702050102ac02016b020700"),
                call(new EntryOperation.RemoveIfEqual(value("old")), "012001090702050102ac02016b0208036f6c6400"),
                call(EntryOperation.GetAndRemove.INSTANCE, "012001090702050102ac02016b020900"),
                call(EntryOperation.Invalidate.INSTANCE, "012001090702050102ac02016b020a00"),
                call(
                        new EntryOperation.Load(value("new"), Existing.KEEP),
                        "012001090702050102ac02016b020b036e65770000"),
                call(
                        new EntryOperation.Load(value("new"), Existing.REPLACE),
                        "012001090702050102ac02016b020b036e65770100"),
                call(
                        new EntryOperation.Load(value("new"), Existing.RENEW),
                        "012001090702050102ac02016b020b036e65770200"),
                reply(new Done(new OperationResult.Flag(false), CacheCounters.HIT), "01210109070201020001"),
                reply(
                        new Done(
                                new OperationResult.Keys(
                                        List.of(key("a").key(), key("b").key()), new CachePosition(63, key("b").key())),
                                0),
                        "01210109070201050201610162" + "3f016200"),
                reply(
                        new Done(new OperationResult.NearValue(value("new"), 300), CacheCounters.HIT),
                        "012101090702010a036e6577ac0201"),
                reply(new Done(new OperationResult.Count(300), 0), "0121010907020106ac0200"),
                reply(new Done(new OperationResult.Backlog(300, 1_000, 2, 3), 0), "0121010907020108ac02e807020300"),
                reply(
                        new Done(
                                new OperationResult.DeadLetters(
                                        List.of(new OperationResult.DeadLetters.Letter(key("k").key(), deadLetter())),
                                        CachePosition.START),
                                0),
                        "012101090702010901016b" + UNWRITTEN_HEX + "000000"),
                reply(Answer.NotServing.NOT_SERVING, "01210109070202"),
                reply(Answer.NoLicence.NO_LICENCE, "01210109070203"),
                reply(new Answer.TooFewCopies(1, 256), "01210109070204018002"),
                reply(Answer.OutcomeUnknown.OUTCOME_UNKNOWN, "01210109070205"),
                reply(Answer.AlreadyAcknowledged.ALREADY_ACKNOWLEDGED, "01210109070206"),
                reply(Answer.Busy.BUSY, "01210109070207"),
                reply(new Answer.PartitionLost(300), "01210109070208ac02"),
                reply(new Answer.Moved(300, new Incarnation(7)), "01210109070209ac0207"),
                reply(
                        new Done(new OperationResult.ListenerFailed("no"), CacheCounters.PUT),
                        "0121010907020107026e6f04"),
                reply(
                        new Done(new OperationResult.Failed("a.B", null), CacheCounters.MISS),
                        "012101090702010403612e42000002"),
                reply(
                        new Done(new OperationResult.Failed("a.B", "no\u00fc"), 0),
                        "012101090702010403612e4201046e6fc3bc0000"),
                reply(
                        new Done(new OperationResult.Failed("a.B", null, value("why")), 0),
                        "012101090702010403612e4200010377687900"));
    }
}
