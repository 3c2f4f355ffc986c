package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.CopyPosition;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.PartitionMessage.Confirmed;
import io.fyercache.sharded.message.PartitionMessage.CopyPart;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.Missed;
import io.fyercache.sharded.message.PartitionMessage.OutOfDate;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.topology.KeyHash;
import java.util.List;

/** The forms of what members say about one partition. Each begins with the epoch. */
final class PartitionMessageForms {
    private static final Form<CopyPosition> POSITION = new TaggedForm<>(
            "position of a copy",
            List.of(
                    kind(
                            1,
                            CopyPosition.Results.class,
                            PartitionMessageForms::writeResultsPosition,
                            PartitionMessageForms::readResultsPosition),
                    kind(
                            2,
                            CopyPosition.Entries.class,
                            PartitionMessageForms::writeEntriesPosition,
                            PartitionMessageForms::readEntriesPosition)));

    static final Form<PartitionMessage> MESSAGE = new TaggedForm<>(
            "message about a partition",
            List.of(
                    kind(1, Prepare.class, PartitionMessageForms::writePrepare, PartitionMessageForms::readPrepare),
                    kind(
                            2,
                            Committed.class,
                            (out, message) -> writeNaturals(out, message.epoch(), message.committed()),
                            in -> new Committed(in.readNatural(), in.readNatural())),
                    kind(
                            3,
                            Reconcile.class,
                            PartitionMessageForms::writeReconcile,
                            PartitionMessageForms::readReconcile),
                    kind(
                            4,
                            Confirm.class,
                            (out, message) -> writeNaturals(out, message.epoch(), message.round()),
                            in -> new Confirm(in.readNatural(), in.readNatural())),
                    kind(
                            5,
                            CopyStart.class,
                            PartitionMessageForms::writeCopyStart,
                            PartitionMessageForms::readCopyStart),
                    kind(6, CopyPart.class, PartitionMessageForms::writeCopyPart, PartitionMessageForms::readCopyPart),
                    kind(
                            7,
                            Acknowledge.class,
                            (out, message) -> writeNaturals(out, message.epoch(), message.stream(), message.number()),
                            in -> new Acknowledge(in.readNatural(), in.readNatural(), in.readNatural())),
                    kind(
                            8,
                            Confirmed.class,
                            (out, message) -> writeNaturals(out, message.epoch(), message.round()),
                            in -> new Confirmed(in.readNatural(), in.readNatural())),
                    kind(
                            9,
                            CopyProgress.class,
                            PartitionMessageForms::writeProgress,
                            PartitionMessageForms::readProgress),
                    kind(
                            10,
                            OutOfDate.class,
                            (out, message) -> writeNaturals(out, message.epoch()),
                            in -> new OutOfDate(in.readNatural())),
                    kind(
                            11,
                            Missed.class,
                            (out, message) -> writeNaturals(out, message.epoch()),
                            in -> new Missed(in.readNatural()))));

    private PartitionMessageForms() {}

    private static void writeResultsPosition(ByteSink out, CopyPosition.Results position) {
        OperationId last = position.last();
        LogForms.writeFlag(out, last != null);
        if (last != null) {
            LogForms.writeOperation(out, last);
        }
    }

    private static CopyPosition.Results readResultsPosition(ByteSource in) {
        return new CopyPosition.Results(LogForms.readFlag(in) ? LogForms.readOperation(in) : null);
    }

    private static void writeEntriesPosition(ByteSink out, CopyPosition.Entries position) {
        out.writeUpTo(position.buckets(), KeyHash.BUCKETS);
        EntryKey last = position.last();
        LogForms.writeFlag(out, last != null);
        if (last != null) {
            EntryForms.writeKey(out, last);
        }
    }

    private static CopyPosition.Entries readEntriesPosition(ByteSource in) {
        return new CopyPosition.Entries(
                in.readUpTo(KeyHash.BUCKETS), LogForms.readFlag(in) ? EntryForms.readKey(in) : null);
    }

    private static void writeNaturals(ByteSink out, long... numbers) {
        for (long number : numbers) {
            out.writeNatural(number);
        }
    }

    private static void writePrepare(ByteSink out, Prepare message) {
        out.writeNatural(message.epoch());
        LogForms.ENTRIES.write(out, message.entries());
        out.writeNatural(message.committed());
    }

    private static Prepare readPrepare(ByteSource in) {
        return new Prepare(in.readNatural(), LogForms.ENTRIES.read(in), in.readNatural());
    }

    private static void writeReconcile(ByteSink out, Reconcile message) {
        writeNaturals(out, message.epoch(), message.base(), message.last());
        LogForms.ENTRIES.write(out, message.entries());
    }

    private static Reconcile readReconcile(ByteSource in) {
        return new Reconcile(in.readNatural(), in.readNatural(), in.readNatural(), LogForms.ENTRIES.read(in));
    }

    private static void writeCopyStart(ByteSink out, CopyStart message) {
        writeNaturals(out, message.epoch(), message.stream(), message.version(), message.base());
        out.writeSigned(message.partitionMillis());
        EntryForms.CACHES.write(out, message.acknowledgedLosses());
        ListeningForms.ALL_LISTENING.write(out, message.listening());
    }

    private static CopyStart readCopyStart(ByteSource in) {
        return new CopyStart(
                in.readNatural(),
                in.readNatural(),
                in.readNatural(),
                in.readNatural(),
                in.readSigned(),
                EntryForms.CACHES.read(in),
                ListeningForms.ALL_LISTENING.read(in));
    }

    private static void writeCopyPart(ByteSink out, CopyPart message) {
        writeNaturals(out, message.epoch(), message.stream(), message.asOf());
        POSITION.write(out, message.reached());
        LogForms.KNOWN_RESULTS.write(out, message.results());
        EntryForms.writeEntries(out, message.entries());
    }

    private static CopyPart readCopyPart(ByteSource in) {
        return new CopyPart(
                in.readNatural(),
                in.readNatural(),
                in.readNatural(),
                POSITION.read(in),
                LogForms.KNOWN_RESULTS.read(in),
                EntryForms.readEntries(in));
    }

    private static void writeProgress(ByteSink out, CopyProgress message) {
        writeNaturals(out, message.epoch(), message.stream());
        POSITION.write(out, message.reached());
    }

    private static CopyProgress readProgress(ByteSource in) {
        return new CopyProgress(in.readNatural(), in.readNatural(), POSITION.read(in));
    }
}
