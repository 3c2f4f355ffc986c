package io.fyercache.sharded.message.codec;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
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
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.TableDelta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Draws messages of all kinds, with numbers of all lengths. */
final class RandomMessages {
    private static final int MOST_ELEMENTS = 5;
    private static final int MOST_BYTES = 200;
    private static final List<Notice> NEW_VALUE = List.of(Notice.NONE, Notice.CREATED, Notice.UPDATED);

    private static final List<Notice> GONE = List.of(Notice.NONE, Notice.REMOVED, Notice.EXPIRED, Notice.EVICTED);

    private static final List<Existing> EXISTING = List.of(Existing.KEEP, Existing.REPLACE, Existing.RENEW);

    private final Random random;

    private PartitionSet partitions() {
        return PartitionSet.of(1 + random.nextInt(PartitionLayout.MAX_SPREAD), number -> random.nextInt(9) == 0);
    }

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    Message next() {
        return switch (random.nextInt(29)) {
            case 0 -> new MemberMessage.OfPartition(upTo(PartitionLayout.MAX_COUNT - 1), partitionMessage());
            case 1 ->
                new MemberMessage.Heartbeat(
                        random.nextLong(), new Hearing(list(this::life), list(this::life), list(this::condition)));
            case 2 -> new MemberMessage.Grant(random.nextLong(), natural(), random.nextLong(), partitions());
            case 3 -> MemberMessage.Goodbye.GOODBYE;
            case 4 -> new MemberMessage.TableChanged(natural(), delta());
            case 5 -> new MemberMessage.Relinquish(upTo(PartitionLayout.MAX_COUNT - 1), natural());
            case 6 -> asked();
            case 8 -> new MemberMessage.Relayed(life(), asked());
            case 7 -> new Call(upTo(PartitionLayout.MAX_COUNT - 1), request());
            case 11 -> ListenerBeat.LISTENER_BEAT;
            case 12 -> new CacheDestroyed(upTo(Integer.MAX_VALUE - 1));
            case 13 -> new CacheGivenUp(upTo(Integer.MAX_VALUE - 1));
            case 9 -> new Changes(upTo(PartitionLayout.MAX_COUNT - 1), natural(), natural(), some(this::change));
            case 10 -> new ChangesHeard(upTo(PartitionLayout.MAX_COUNT - 1), natural(), natural(), list(this::failure));
            case 14 -> new MemberMessage.Used(list(this::key));
            case 15 -> new NearQuestion(random.nextLong(), list(this::place));
            case 16 -> new NearAnswer(random.nextLong(), list(this::news));
            case 17 -> new NearChanges(list(this::news));
            case 18 -> new CountsAsked(natural(), list(() -> upTo(Integer.MAX_VALUE - 1)));
            case 19 -> new CountsTold(natural(), list(this::counted));
            case 20 -> new ToRelay.Subscribe("topic", random.nextLong(), natural(), 1 + upTo(1_000_000), natural());
            case 21 -> new ToRelay.Publish("topic", random.nextLong(), natural(), natural(), value());
            case 22 -> new ToRelay.Heard("topic", random.nextLong(), natural(), natural());
            case 23 -> new ToRelay.Unsubscribe("topic", random.nextLong(), natural());
            case 24 ->
                new FromRelay.Delivery(
                        random.nextLong(), natural(), natural() / 2, list(this::value), natural(), natural());
            case 25 -> new FromRelay.Unsubscribed(random.nextLong(), natural());
            case 26 -> new TimeAsked(random.nextLong());
            case 27 -> new TimeTold(random.nextLong(), random.nextLong());
            default ->
                new Reply(upTo(PartitionLayout.MAX_COUNT - 1), operationId(), upTo(Integer.MAX_VALUE - 1), answer());
        };
    }

    private CountedCache counted() {
        return new CountedCache(upTo(Integer.MAX_VALUE - 1), CacheCounts.of(count -> natural()));
    }

    private NearQuestion.Place place() {
        return new NearQuestion.Place(upTo(PartitionLayout.MAX_COUNT - 1), natural(), natural());
    }

    private NearNews news() {
        long after = natural() / 2;
        return new NearNews(
                upTo(PartitionLayout.MAX_COUNT - 1), natural(), after, after + natural() / 2, list(this::key));
    }

    private Request request() {
        OperationId id = operationId();
        return new Request(
                id,
                upTo(Integer.MAX_VALUE - 1),
                Math.max(0, id.sequence() - upTo(OperationId.WINDOW - 1)),
                natural(),
                upTo(256),
                key().owner(),
                task(),
                random.nextInt(4) == 0
                        ? new Request.Batch(1 + natural() / 2, upTo(Request.Batch.MAX_PARTS))
                        : Request.Batch.NONE);
    }

    private Request.Task task() {
        return switch (random.nextInt(19)) {
            case 0 -> Request.Task.Read.READ;
            case 1 -> Request.Task.ReadPresent.READ_PRESENT;
            case 2 -> Request.Task.Peek.PEEK;
            case 3 -> new Request.Task.Load(EXISTING.get(random.nextInt(EXISTING.size())));
            case 4 -> new Request.Task.ListKeys(cachePosition());
            case 5 -> new Request.Task.Clear(cachePosition());
            case 6 -> Request.Task.CountEntries.COUNT_ENTRIES;
            case 7 -> new Request.Task.AcknowledgeLoss(natural());
            case 8 -> new Request.Task.Listen(natural(), interest());
            case 9 ->
                new Request.Task.CountUnwritten(
                        random.nextBoolean() ? Request.Task.Haste.AS_SET : Request.Task.Haste.AT_ONCE);
            case 10 -> new Request.Task.ListDeadLetters(cachePosition());
            case 11 -> random.nextBoolean() ? Request.Task.OfDeadLetter.REPLAY : Request.Task.OfDeadLetter.DISCARD;
            case 12 -> new Request.Task.DropUnwritten(cachePosition());
            default ->
                new Request.Task.Write(
                        operation(),
                        random.nextBoolean() ? Request.Task.Listeners.AWAITED : Request.Task.Listeners.NOT_AWAITED);
        };
    }

    private ChangeInterest interest() {
        int heard = upTo(ChangeInterest.ALL_KINDS);
        return new ChangeInterest(heard, heard & random.nextInt(), heard & random.nextInt());
    }

    private Listening listening() {
        return new Listening(upTo(Integer.MAX_VALUE - 1), random.nextLong(), natural(), interest());
    }

    PlacedChange change() {
        EntryChange.Kind[] kinds = EntryChange.Kind.values();
        return new PlacedChange(
                natural(),
                upTo(Integer.MAX_VALUE - 1),
                new EntryChange(
                        kinds[random.nextInt(kinds.length)],
                        key().key(),
                        random.nextBoolean() ? value() : null,
                        random.nextBoolean() ? value() : null));
    }

    private ListenerFailure failure() {
        return new ListenerFailure(natural(), "no" + random.nextInt());
    }

    private CachePosition cachePosition() {
        return new CachePosition(upTo(64), key().key());
    }

    private int upTo(int largest) {
        return random.nextInt(largest + 1);
    }

    private long natural() {
        return random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1));
    }

    private Incarnation life() {
        return new Incarnation(Math.max(1, natural()));
    }

    private <T> List<T> list(Supplier<T> element) {
        int size = random.nextInt(MOST_ELEMENTS);
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(element.get());
        }
        return elements;
    }

    private <T> List<T> some(Supplier<T> element) {
        List<T> elements = list(element);
        elements.add(element.get());
        return elements;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        return bytes;
    }

    EntryKey key() {
        return new EntryKey(upTo(Integer.MAX_VALUE - 1), new EncodedKey(bytes()));
    }

    UnwrittenChange unwritten() {
        UnwrittenChange change = new UnwrittenChange(random.nextBoolean() ? null : value(), random.nextLong());
        return random.nextBoolean() ? change : change.givenUp(1 + upTo(1_000), "no");
    }

    private EncodedValue value() {
        return new EncodedValue(bytes());
    }

    private Hearing.Condition condition() {
        Hearing.Condition[] all = Hearing.Condition.values();
        return all[random.nextInt(all.length)];
    }

    private OperationId operationId() {
        return new OperationId(random.nextLong(), natural());
    }

    private Origin origin() {
        return new Origin(operationId(), natural());
    }

    private Done done() {
        return new Done(result(), upTo(Done.MAX_TALLY));
    }

    private OperationResult result() {
        return switch (random.nextInt(10)) {
            case 0 -> OperationResult.None.NONE;
            case 8 -> new OperationResult.NearValue(value(), natural());
            case 6 ->
                new OperationResult.Backlog(
                        upTo(Integer.MAX_VALUE - 1), natural(), upTo(Integer.MAX_VALUE - 1), natural());
            case 7 ->
                new OperationResult.DeadLetters(
                        list(() -> new OperationResult.DeadLetters.Letter(key().key(), unwritten())), cachePosition());
            case 5 -> new OperationResult.ListenerFailed("no" + random.nextInt());
            case 3 -> new OperationResult.Keys(list(() -> key().key()), cachePosition());
            case 4 -> new OperationResult.Count(natural());
            case 1 -> new OperationResult.Flag(random.nextBoolean());
            case 2 ->
                new OperationResult.Failed(
                        "a.B",
                        random.nextBoolean() ? null : "no" + random.nextInt(),
                        random.nextBoolean() ? null : value());
            default -> new OperationResult.Value(value());
        };
    }

    private Notice either(List<Notice> notices) {
        return notices.get(random.nextInt(notices.size()));
    }

    private Effect effect() {
        return switch (random.nextInt(6)) {
            case 4 -> new Effect.Listen(listening());
            case 0 -> new Effect.Store(key(), value(), random.nextLong(), either(NEW_VALUE));
            case 1 -> new Effect.Prolong(key(), random.nextLong());
            case 2 -> new Effect.ExpireAtOnce(key(), value());
            case 3 -> new Effect.AcknowledgeLoss(key());
            default -> new Effect.Remove(key(), either(GONE));
        };
    }

    StoredEntry stored() {
        return new StoredEntry(value(), random.nextLong());
    }

    KnownResult known() {
        return new KnownResult(origin(), done(), random.nextLong());
    }

    LogEntry entry() {
        return new LogEntry(
                natural(),
                natural(),
                random.nextLong(),
                random.nextBoolean() ? origin() : null,
                list(this::effect),
                done());
    }

    private Map<EntryKey, StoredEntry> entries() {
        Map<EntryKey, StoredEntry> entries = new LinkedHashMap<>();
        list(this::key).forEach(key -> entries.put(key, stored()));
        return entries;
    }

    private CopyPosition position() {
        EntryKey key = key();
        return switch (random.nextInt(4)) {
            case 0 -> CopyPosition.BEGIN;
            case 1 -> new CopyPosition.Results(operationId());
            case 2 -> new CopyPosition.Entries(upTo(64), null);
            default -> new CopyPosition.Entries(key.bucket(), key);
        };
    }

    private PartitionMessage partitionMessage() {
        return switch (random.nextInt(11)) {
            case 0 -> new PartitionMessage.Prepare(natural(), list(this::entry), natural());
            case 1 -> new PartitionMessage.Committed(natural(), natural());
            case 2 -> new PartitionMessage.Reconcile(natural(), natural(), natural(), list(this::entry));
            case 3 -> new PartitionMessage.Confirm(natural(), natural());
            case 4 ->
                new PartitionMessage.CopyStart(
                        natural(),
                        natural(),
                        natural(),
                        natural(),
                        random.nextLong(),
                        list(() -> upTo(Integer.MAX_VALUE - 1)),
                        list(this::listening));
            case 5 ->
                new PartitionMessage.CopyPart(
                        natural(), natural(), natural(), position(), list(this::known), entries());
            case 6 -> new PartitionMessage.Acknowledge(natural(), natural(), natural());
            case 7 -> new PartitionMessage.Confirmed(natural(), natural());
            case 8 -> new PartitionMessage.CopyProgress(natural(), natural(), position());
            case 9 -> new PartitionMessage.Missed(natural());
            default -> new PartitionMessage.OutOfDate(natural());
        };
    }

    private MemberMessage.Asked asked() {
        return new MemberMessage.Asked(upTo(PartitionLayout.MAX_COUNT - 1), controllerRequest());
    }

    private ControllerRequest controllerRequest() {
        return switch (random.nextInt(3)) {
            case 0 -> new ControllerRequest.Expand(natural(), life());
            case 1 -> new ControllerRequest.Shrink(natural(), life());
            default -> new ControllerRequest.Relinquished(natural());
        };
    }

    private TableDelta delta() {
        List<TableDelta.Change> changes = new ArrayList<>();
        for (int partition = 0; partition < 16; partition += 1 + random.nextInt(16)) {
            changes.add(new TableDelta.Change(partition, PartitionRecord.initial(life())));
        }
        return new TableDelta(16, changes);
    }

    private EntryOperation operation() {
        return switch (random.nextInt(12)) {
            case 11 -> new EntryOperation.Invoke(new EncodedProcess(value()));
            case 0 -> new EntryOperation.Put(value(), random.nextLong());
            case 1 -> new EntryOperation.PutIfAbsent(value());
            case 2 -> new EntryOperation.GetAndPut(value());
            case 3 -> new EntryOperation.Replace(value());
            case 4 -> new EntryOperation.ReplaceIfEqual(value(), value());
            case 5 -> new EntryOperation.GetAndReplace(value());
            case 6 -> EntryOperation.Remove.INSTANCE;
            case 7 -> new EntryOperation.RemoveIfEqual(value());
            case 8 -> EntryOperation.GetAndRemove.INSTANCE;
            case 9 -> EntryOperation.Invalidate.INSTANCE;
            default -> new EntryOperation.Load(value(), EXISTING.get(random.nextInt(EXISTING.size())));
        };
    }

    private Answer answer() {
        return switch (random.nextInt(9)) {
            case 0 -> done();
            case 1 -> Answer.NotServing.NOT_SERVING;
            case 2 -> Answer.NoLicence.NO_LICENCE;
            case 3 -> new Answer.TooFewCopies(upTo(256), upTo(256));
            case 4 -> Answer.OutcomeUnknown.OUTCOME_UNKNOWN;
            case 5 -> Answer.Busy.BUSY;
            case 6 -> new Answer.PartitionLost(natural());
            case 7 -> new Answer.Moved(natural(), life());
            default -> Answer.AlreadyAcknowledged.ALREADY_ACKNOWLEDGED;
        };
    }
}
