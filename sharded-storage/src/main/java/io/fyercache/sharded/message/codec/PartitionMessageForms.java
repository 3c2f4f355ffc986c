package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.PartitionMessage;
import io.fyercache.sharded.message.PartitionMessage.Acknowledge;
import io.fyercache.sharded.message.PartitionMessage.Bucket;
import io.fyercache.sharded.message.PartitionMessage.Committed;
import io.fyercache.sharded.message.PartitionMessage.Confirm;
import io.fyercache.sharded.message.PartitionMessage.Confirmed;
import io.fyercache.sharded.message.PartitionMessage.CopyProgress;
import io.fyercache.sharded.message.PartitionMessage.CopyStart;
import io.fyercache.sharded.message.PartitionMessage.OutOfDate;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PartitionMessage.Reconcile;
import io.fyercache.sharded.topology.KeyHash;
import java.util.List;

/** The forms of what members say about one partition. Each begins with the epoch. */
final class PartitionMessageForms {
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
                    kind(6, Bucket.class, PartitionMessageForms::writeBucket, PartitionMessageForms::readBucket),
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
                            in -> new OutOfDate(in.readNatural()))));

    private PartitionMessageForms() {}

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
        writeNaturals(out, message.epoch(), message.base());
        LogForms.ENTRIES.write(out, message.entries());
    }

    private static Reconcile readReconcile(ByteSource in) {
        return new Reconcile(in.readNatural(), in.readNatural(), LogForms.ENTRIES.read(in));
    }

    private static void writeCopyStart(ByteSink out, CopyStart message) {
        writeNaturals(out, message.epoch(), message.stream(), message.base());
        out.writeSigned(message.partitionMillis());
        LogForms.KNOWN_RESULTS.write(out, message.results());
        EntryForms.CACHES.write(out, message.acknowledgedLosses());
    }

    private static CopyStart readCopyStart(ByteSource in) {
        return new CopyStart(
                in.readNatural(),
                in.readNatural(),
                in.readNatural(),
                in.readSigned(),
                LogForms.KNOWN_RESULTS.read(in),
                EntryForms.CACHES.read(in));
    }

    private static void writeBucket(ByteSink out, Bucket message) {
        writeNaturals(out, message.epoch(), message.stream());
        out.writeUpTo(message.bucket(), KeyHash.BUCKETS - 1);
        out.writeNatural(message.asOf());
        EntryForms.writeEntries(out, message.entries());
    }

    private static Bucket readBucket(ByteSource in) {
        return new Bucket(
                in.readNatural(),
                in.readNatural(),
                in.readUpTo(KeyHash.BUCKETS - 1),
                in.readNatural(),
                EntryForms.readEntries(in));
    }

    private static void writeProgress(ByteSink out, CopyProgress message) {
        writeNaturals(out, message.epoch(), message.stream());
        out.writeUpTo(message.buckets(), KeyHash.BUCKETS);
    }

    private static CopyProgress readProgress(ByteSource in) {
        return new CopyProgress(in.readNatural(), in.readNatural(), in.readUpTo(KeyHash.BUCKETS));
    }
}
