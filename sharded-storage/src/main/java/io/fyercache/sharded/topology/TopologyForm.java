package io.fyercache.sharded.topology;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The binary form of members, segments and deltas, for znodes and for the wire.
 *
 * <p>Layout: a byte for the version of the format, a byte for the {@link FormKind}, the body, and the CRC32C of all of it
 * in little-endian order. Numbers are varints of 7 bits a byte. The checksum is there for znodes, which TLS does not protect
 * and an operator may edit; 4 bytes more on the wire are not worth a second format.
 *
 * <p>What is read is not trusted, checksum or not: no length is believed before it was compared with a limit and with the
 * bytes that are left, so what is allocated is in proportion to what was received. The largest segment that is legal,
 * 528 records with 256 copies, 256 joining and 256 wanted, takes less than 830,000 bytes; 1024 records with 2 copies take
 * about 14,000 in all.
 */
public final class TopologyForm {
    private TopologyForm() {}

    /** Returns the content of a member's znode. */
    public static byte[] encode(MemberDescription description) {
        ByteSink out = FormKind.DESCRIPTION.seal().begin();
        writeDescription(out, description);
        return FormKind.DESCRIPTION.seal().close(out);
    }

    /** Returns the form of a member on the wire. */
    public static byte[] encode(Member member) {
        ByteSink out = FormKind.MEMBER.seal().begin();
        out.writeFixed64(member.incarnation().number());
        writeDescription(out, member.description());
        return FormKind.MEMBER.seal().close(out);
    }

    /**
     * Returns the content of a segment's znode.
     *
     * @throws IllegalArgumentException if the records name more than 1,024 incarnations
     */
    public static byte[] encode(TableSegment segment) {
        ByteSink out = FormKind.SEGMENT.seal().begin();
        out.writeUnsigned(segment.layout().spread());
        out.writeUnsigned(segment.layout().replicated());
        out.writeUnsigned(segment.number());
        RecordForm records = RecordForm.write(out, segment.records());
        segment.records().forEach(record -> records.writeRecord(out, record));
        return FormKind.SEGMENT.seal().close(out);
    }

    /**
     * Returns the form of a delta on the wire.
     *
     * @throws IllegalArgumentException if the records name more than 1,024 incarnations
     */
    public static byte[] encode(TableDelta delta) {
        ByteSink out = FormKind.DELTA.seal().begin();
        out.writeUnsigned(delta.partitionCount());
        RecordForm records = RecordForm.write(
                out, delta.changes().stream().map(TableDelta.Change::record).toList());
        out.writeUnsigned(delta.changes().size());
        for (TableDelta.Change change : delta.changes()) {
            out.writeUnsigned(change.partition());
            records.writeRecord(out, change.record());
        }
        return FormKind.DELTA.seal().close(out);
    }

    /**
     * Reads the content of a member's znode.
     *
     * @throws TopologyFormatException if the bytes are nothing that {@link #encode(MemberDescription)} wrote
     */
    public static MemberDescription decodeDescription(byte[] bytes) {
        return decode(bytes, FormKind.DESCRIPTION, TopologyForm::readDescription);
    }

    /**
     * Reads a member.
     *
     * @throws TopologyFormatException if the bytes are nothing that {@link #encode(Member)} wrote
     */
    public static Member decodeMember(byte[] bytes) {
        return decode(bytes, FormKind.MEMBER, in -> new Member(new Incarnation(in.readFixed64()), readDescription(in)));
    }

    /**
     * Reads the content of a segment's znode.
     *
     * @throws TopologyFormatException if the bytes are nothing that {@link #encode(TableSegment)} wrote
     */
    public static TableSegment decodeSegment(byte[] bytes) {
        return decode(bytes, FormKind.SEGMENT, TopologyForm::readSegment);
    }

    /**
     * Reads a delta.
     *
     * @throws TopologyFormatException if the bytes are nothing that {@link #encode(TableDelta)} wrote
     */
    public static TableDelta decodeDelta(byte[] bytes) {
        return decode(bytes, FormKind.DELTA, TopologyForm::readDelta);
    }

    private static <T> T decode(byte[] bytes, FormKind kind, Function<ByteSource, T> body) {
        ByteSource in = kind.seal().open(bytes);
        try {
            T value = body.apply(in);
            in.finish();
            return value;
        } catch (IllegalArgumentException e) {
            // The values check themselves; here what they refuse came from outside.
            throw new TopologyFormatException("damaged " + kind + ": " + e.getMessage(), e);
        }
    }

    private static void writeDescription(ByteSink out, MemberDescription description) {
        out.writeFixed64(description.id().getMostSignificantBits());
        out.writeFixed64(description.id().getLeastSignificantBits());
        out.writeText(description.nodeName());
        out.writeText(description.location().host());
        out.writeText(description.location().zone());
        out.writeText(description.dataAddress().host());
        out.writeUnsigned(description.dataAddress().port());
        out.writeUnsigned(description.capacity());
        out.writeUnsigned(description.protocolVersions().oldest());
        out.writeUnsigned(description.protocolVersions().newest());
    }

    private static MemberDescription readDescription(ByteSource in) {
        return new MemberDescription(
                new UUID(in.readFixed64(), in.readFixed64()),
                in.readText(),
                new Location(in.readText(), in.readText()),
                new DataAddress(in.readText(), in.readUpTo(DataAddress.MAX_PORT)),
                in.readUpTo(MemberDescription.MAX_CAPACITY),
                new ProtocolVersions(
                        in.readUpTo(ProtocolVersions.MAX_VERSION), in.readUpTo(ProtocolVersions.MAX_VERSION)));
    }

    private static TableSegment readSegment(ByteSource in) {
        PartitionLayout layout = new PartitionLayout(
                in.readUpTo(PartitionLayout.MAX_SPREAD), in.readUpTo(PartitionLayout.MAX_REPLICATED));
        int number = in.readUpTo(PartitionTable.SEGMENTS - 1);
        RecordForm form = RecordForm.read(in);
        int size = TableSegment.size(number, layout.count());
        List<PartitionRecord> records = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            records.add(form.readRecord(in));
        }
        form.finish(in);
        return new TableSegment(number, layout, records);
    }

    private static TableDelta readDelta(ByteSource in) {
        int partitionCount = in.readUpTo(PartitionLayout.MAX_COUNT);
        RecordForm form = RecordForm.read(in);
        int size = in.readCount(partitionCount, RecordForm.MIN_RECORD_BYTES);
        List<TableDelta.Change> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            changes.add(new TableDelta.Change(in.readUpTo(partitionCount - 1), form.readRecord(in)));
        }
        form.finish(in);
        return new TableDelta(partitionCount, changes);
    }
}
