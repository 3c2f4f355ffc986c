package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;
import static io.fyercache.sharded.message.codec.TaggedForm.only;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.DeadLetters;
import io.fyercache.sharded.message.Origin;
import java.util.List;

/** The forms of the log, and of operations with what they answered. */
final class LogForms {
    /** Number, epoch, time, whether there is an origin, how many effects, the tag of the result, and what to count. */
    private static final int MIN_ENTRY_BYTES = 7;

    /** Client, number, what is acknowledged, the tag of the result, what to count, and the time. */
    private static final int MIN_RESULT_BYTES = 6;

    /** The length of the key; the version, whether there is a value, the time, and whether it was given up. */
    private static final int MIN_LETTER_BYTES = 5;

    /** As a number of the range 0..1. */
    private static final int YES = 1;

    private static final Form<List<EncodedKey>> KEYS = new ListForm<>(
            Form.of(EntryForms::writeEncodedKey, EntryForms::readEncodedKey), OperationResult.Keys.MAX_KEYS, 1);

    private static final Form<List<DeadLetters.Letter>> LETTERS = new ListForm<>(
            Form.of(
                    (out, letter) -> {
                        EntryForms.writeEncodedKey(out, letter.key());
                        UnwrittenForm.CHANGE.write(out, letter.change());
                    },
                    in -> new DeadLetters.Letter(EntryForms.readEncodedKey(in), UnwrittenForm.CHANGE.read(in))),
            OperationResult.Keys.MAX_KEYS,
            MIN_LETTER_BYTES);

    private static final Form<OperationResult> RESULT = new TaggedForm<>(
            "result",
            List.of(
                    only(1, OperationResult.None.class, OperationResult.None.NONE),
                    kind(
                            2,
                            OperationResult.Flag.class,
                            (out, result) -> writeFlag(out, result.done()),
                            in -> new OperationResult.Flag(readFlag(in))),
                    kind(
                            3,
                            OperationResult.Value.class,
                            (out, result) -> EntryForms.writeValue(out, result.value()),
                            in -> new OperationResult.Value(EntryForms.readValue(in))),
                    kind(4, OperationResult.Failed.class, LogForms::writeFailed, LogForms::readFailed),
                    kind(
                            5,
                            OperationResult.Keys.class,
                            (out, result) -> {
                                KEYS.write(out, result.keys());
                                EntryForms.writePosition(out, result.next());
                            },
                            in -> new OperationResult.Keys(KEYS.read(in), EntryForms.readPosition(in))),
                    kind(
                            6,
                            OperationResult.Count.class,
                            (out, result) -> out.writeNatural(result.entries()),
                            in -> new OperationResult.Count(in.readNatural())),
                    kind(
                            7,
                            OperationResult.ListenerFailed.class,
                            (out, result) -> out.writeText(result.message()),
                            in -> new OperationResult.ListenerFailed(readText(in, OperationResult.Failed.MAX_MESSAGE))),
                    kind(8, OperationResult.Backlog.class, LogForms::writeBacklog, LogForms::readBacklog),
                    kind(
                            9,
                            DeadLetters.class,
                            (out, result) -> {
                                LETTERS.write(out, result.letters());
                                EntryForms.writePosition(out, result.next());
                            },
                            in -> new DeadLetters(LETTERS.read(in), EntryForms.readPosition(in))),
                    kind(
                            10,
                            OperationResult.NearValue.class,
                            (out, result) -> {
                                EntryForms.writeValue(out, result.value());
                                out.writeNatural(result.lifeMillis());
                            },
                            in -> new OperationResult.NearValue(EntryForms.readValue(in), in.readNatural()))));

    static final Form<List<LogEntry>> ENTRIES = new ListForm<>(
            Form.of(LogForms::writeEntry, LogForms::readEntry), MessageLimits.ENTRIES_OF_LOG, MIN_ENTRY_BYTES);

    static final Form<List<KnownResult>> KNOWN_RESULTS = new ListForm<>(
            Form.of(LogForms::writeKnown, LogForms::readKnown), MessageLimits.KNOWN_RESULTS, MIN_RESULT_BYTES);

    private LogForms() {}

    static void writeDone(ByteSink out, Done done) {
        RESULT.write(out, done.result());
        out.writeUpTo(done.tally(), Done.MAX_TALLY);
    }

    static Done readDone(ByteSource in) {
        return new Done(RESULT.read(in), in.readUpTo(Done.MAX_TALLY));
    }

    private static void writeBacklog(ByteSink out, OperationResult.Backlog backlog) {
        out.writeNatural(backlog.waiting());
        out.writeNatural(backlog.oldestMillis());
        out.writeNatural(backlog.givenUp());
        out.writeNatural(backlog.failures());
    }

    private static OperationResult.Backlog readBacklog(ByteSource in) {
        return new OperationResult.Backlog(
                in.readUpTo(Integer.MAX_VALUE), in.readNatural(), in.readUpTo(Integer.MAX_VALUE), in.readNatural());
    }

    private static void writeFailed(ByteSink out, OperationResult.Failed failed) {
        out.writeText(failed.exception());
        writeFlag(out, failed.message() != null);
        if (failed.message() != null) {
            out.writeText(failed.message());
        }
        EntryForms.writeValueIfAny(out, failed.cause());
    }

    private static OperationResult.Failed readFailed(ByteSource in) {
        String exception = readText(in, OperationResult.Failed.MAX_NAME);
        return new OperationResult.Failed(
                exception,
                readFlag(in) ? readText(in, OperationResult.Failed.MAX_MESSAGE) : null,
                EntryForms.readValueIfAny(in, OperationResult.Failed.MAX_CAUSE));
    }

    static String readText(ByteSource in, int longest) {
        String text = in.readText();
        if (text.length() > longest) {
            throw in.damaged("a text of " + text.length() + " characters (expected: at most " + longest + ")");
        }
        return text;
    }

    static void writeFlag(ByteSink out, boolean flag) {
        out.writeByte(flag ? YES : 0);
    }

    static boolean readFlag(ByteSource in) {
        return in.readUpTo(YES) == YES;
    }

    /** A client may have any number, as far as its operations are concerned. */
    static void writeOperation(ByteSink out, OperationId operation) {
        out.writeUnsigned(operation.client());
        out.writeNatural(operation.sequence());
    }

    static OperationId readOperation(ByteSource in) {
        return new OperationId(in.readUnsigned(), in.readNatural());
    }

    private static void writeOrigin(ByteSink out, Origin origin) {
        writeOperation(out, origin.operation());
        out.writeNatural(origin.acknowledgedBelow());
    }

    private static Origin readOrigin(ByteSource in) {
        return new Origin(readOperation(in), in.readNatural());
    }

    private static void writeEntry(ByteSink out, LogEntry entry) {
        out.writeNatural(entry.number());
        out.writeNatural(entry.epoch());
        out.writeSigned(entry.partitionMillis());
        Origin origin = entry.origin();
        writeFlag(out, origin != null);
        if (origin != null) {
            writeOrigin(out, origin);
        }
        EntryForms.EFFECTS.write(out, entry.effects());
        writeDone(out, entry.answer());
    }

    private static LogEntry readEntry(ByteSource in) {
        long number = in.readNatural();
        long epoch = in.readNatural();
        long partitionMillis = in.readSigned();
        Origin origin = readFlag(in) ? readOrigin(in) : null;
        return new LogEntry(number, epoch, partitionMillis, origin, EntryForms.EFFECTS.read(in), readDone(in));
    }

    private static void writeKnown(ByteSink out, KnownResult known) {
        writeOrigin(out, known.origin());
        writeDone(out, known.answer());
        out.writeSigned(known.partitionMillis());
    }

    private static KnownResult readKnown(ByteSource in) {
        return new KnownResult(readOrigin(in), readDone(in), in.readSigned());
    }
}
