package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;
import static io.fyercache.sharded.message.codec.TaggedForm.only;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.PartitionRecord;
import java.util.List;

/** The forms of what clients and primaries say to each other. */
final class ClientMessageForms {
    /** The number that stands for each is its place in this list. */
    private static final List<Task.Listeners> LISTENERS = List.of(Task.Listeners.AWAITED, Task.Listeners.NOT_AWAITED);

    private static final List<Task.Haste> HASTE = List.of(Task.Haste.AS_SET, Task.Haste.AT_ONCE);

    private static final List<Task.OfDeadLetter> OF_DEAD_LETTER =
            List.of(Task.OfDeadLetter.REPLAY, Task.OfDeadLetter.DISCARD);

    private static final Form<Task> TASK = new TaggedForm<>(
            "task",
            List.of(
                    only(1, Task.Read.class, Task.Read.READ),
                    kind(
                            2,
                            Task.Write.class,
                            (out, task) -> {
                                OperationForms.OPERATION.write(out, task.operation());
                                out.writeByte(LISTENERS.indexOf(task.listeners()));
                            },
                            in -> new Task.Write(
                                    OperationForms.OPERATION.read(in), LISTENERS.get(in.readIndex(LISTENERS.size())))),
                    only(3, Task.ReadPresent.class, Task.ReadPresent.READ_PRESENT),
                    only(4, Task.Peek.class, Task.Peek.PEEK),
                    kind(
                            5,
                            Task.Load.class,
                            (out, task) -> OperationForms.writeExisting(out, task.existing()),
                            in -> new Task.Load(OperationForms.readExisting(in))),
                    kind(
                            6,
                            Task.ListKeys.class,
                            (out, task) -> EntryForms.writePosition(out, task.from()),
                            in -> new Task.ListKeys(EntryForms.readPosition(in))),
                    kind(
                            7,
                            Task.Clear.class,
                            (out, task) -> EntryForms.writePosition(out, task.from()),
                            in -> new Task.Clear(EntryForms.readPosition(in))),
                    only(8, Task.CountEntries.class, Task.CountEntries.COUNT_ENTRIES),
                    kind(
                            9,
                            Task.AcknowledgeLoss.class,
                            (out, task) -> out.writeNatural(task.generation()),
                            in -> new Task.AcknowledgeLoss(in.readNatural())),
                    kind(
                            10,
                            Task.Listen.class,
                            (out, task) -> {
                                out.writeNatural(task.version());
                                ListeningForms.writeInterest(out, task.interest());
                            },
                            in -> new Task.Listen(in.readNatural(), ListeningForms.readInterest(in))),
                    kind(
                            11,
                            Task.CountUnwritten.class,
                            (out, task) -> out.writeByte(HASTE.indexOf(task.haste())),
                            in -> new Task.CountUnwritten(HASTE.get(in.readIndex(HASTE.size())))),
                    kind(
                            12,
                            Task.ListDeadLetters.class,
                            (out, task) -> EntryForms.writePosition(out, task.from()),
                            in -> new Task.ListDeadLetters(EntryForms.readPosition(in))),
                    kind(
                            13,
                            Task.OfDeadLetter.class,
                            (out, task) -> out.writeByte(OF_DEAD_LETTER.indexOf(task)),
                            in -> OF_DEAD_LETTER.get(in.readIndex(OF_DEAD_LETTER.size()))),
                    kind(
                            14,
                            Task.DropUnwritten.class,
                            (out, task) -> EntryForms.writePosition(out, task.from()),
                            in -> new Task.DropUnwritten(EntryForms.readPosition(in)))));

    private static final Form<Answer> ANSWER = new TaggedForm<>(
            "answer",
            List.of(
                    kind(1, Answer.Done.class, LogForms::writeDone, LogForms::readDone),
                    only(2, Answer.NotServing.class, Answer.NotServing.NOT_SERVING),
                    only(3, Answer.NoLicence.class, Answer.NoLicence.NO_LICENCE),
                    kind(
                            4,
                            Answer.TooFewCopies.class,
                            (out, answer) -> {
                                writeCopies(out, answer.inSync());
                                writeCopies(out, answer.wanted());
                            },
                            in -> new Answer.TooFewCopies(readCopies(in), readCopies(in))),
                    only(5, Answer.OutcomeUnknown.class, Answer.OutcomeUnknown.OUTCOME_UNKNOWN),
                    only(6, Answer.AlreadyAcknowledged.class, Answer.AlreadyAcknowledged.ALREADY_ACKNOWLEDGED),
                    only(7, Answer.Busy.class, Answer.Busy.BUSY),
                    kind(
                            8,
                            Answer.PartitionLost.class,
                            (out, answer) -> out.writeNatural(answer.generation()),
                            in -> new Answer.PartitionLost(in.readNatural())),
                    kind(
                            9,
                            Answer.Moved.class,
                            (out, answer) -> {
                                out.writeNatural(answer.version());
                                MemberMessageForms.writeMember(out, answer.primary());
                            },
                            in -> new Answer.Moved(in.readNatural(), MemberMessageForms.readMember(in)))));

    /** Stands before the task, and is none of its tags. */
    private static final int PART_OF_BATCH = 127;

    private static final byte[] IS_PART = {PART_OF_BATCH};

    private ClientMessageForms() {}

    static void writeCall(ByteSink out, Call call) {
        MemberMessageForms.writePartition(out, call.partition());
        Request request = call.request();
        LogForms.writeOperation(out, request.id());
        writeAttempt(out, request.attempt());
        out.writeNatural(request.acknowledgedBelow());
        out.writeNatural(request.firstGeneration());
        writeCopies(out, request.minInSync());
        EntryForms.writeKey(out, request.key());
        writeBatch(out, request.batch());
        TASK.write(out, request.task());
    }

    /** Most requests are a part of nothing, and need not say so. */
    private static void writeBatch(ByteSink out, Batch batch) {
        if (!batch.isNone()) {
            out.writeByte(PART_OF_BATCH);
            out.writeNatural(batch.number());
            out.writeUpTo(batch.parts(), Batch.MAX_PARTS);
        }
    }

    private static Batch readBatch(ByteSource in) {
        if (!in.startsWith(IS_PART, IS_PART.length)) {
            return Batch.NONE;
        }
        in.skip(IS_PART.length);
        long number = in.readNatural();
        if (number == 0) {
            throw in.damaged("the batch 0 (expected: a number from 1)");
        }
        return new Batch(number, in.readUpTo(Batch.MAX_PARTS));
    }

    static Call readCall(ByteSource in) {
        int partition = MemberMessageForms.readPartition(in);
        OperationId id = LogForms.readOperation(in);
        int attempt = readAttempt(in);
        long acknowledgedBelow = in.readNatural();
        long firstGeneration = in.readNatural();
        int minInSync = readCopies(in);
        EntryKey key = EntryForms.readKey(in);
        Batch batch = readBatch(in);
        Task task = TASK.read(in);
        return new Call(
                partition, new Request(id, attempt, acknowledgedBelow, firstGeneration, minInSync, key, task, batch));
    }

    static void writeReply(ByteSink out, Reply reply) {
        MemberMessageForms.writePartition(out, reply.partition());
        LogForms.writeOperation(out, reply.operation());
        writeAttempt(out, reply.attempt());
        ANSWER.write(out, reply.answer());
    }

    static Reply readReply(ByteSource in) {
        return new Reply(
                MemberMessageForms.readPartition(in), LogForms.readOperation(in), readAttempt(in), ANSWER.read(in));
    }

    /** Readings of clocks take 8 bytes: they begin anywhere. */
    static void writeTime(ByteSink out, TimeTold message) {
        out.writeFixed64(message.sentNanos());
        out.writeFixed64(message.millis());
    }

    static TimeTold readTime(ByteSource in) {
        return new TimeTold(in.readFixed64(), in.readFixed64());
    }

    private static void writeAttempt(ByteSink out, int attempt) {
        out.writeNatural(attempt);
    }

    private static int readAttempt(ByteSource in) {
        return in.readUpTo(Integer.MAX_VALUE);
    }

    private static void writeCopies(ByteSink out, int copies) {
        out.writeUpTo(copies, PartitionRecord.MAX_COPIES);
    }

    private static int readCopies(ByteSource in) {
        return in.readUpTo(PartitionRecord.MAX_COPIES);
    }
}
