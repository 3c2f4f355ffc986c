package io.fyercache.sharded.message.codec;

import static io.fyercache.sharded.message.codec.TaggedForm.kind;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import io.fyercache.sharded.message.ControllerRequest;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.ControllerRequest.Shrink;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Hearing;
import io.fyercache.sharded.message.Hearing.Condition;
import io.fyercache.sharded.message.MemberMessage.Asked;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.MemberMessage.Heartbeat;
import io.fyercache.sharded.message.MemberMessage.OfPartition;
import io.fyercache.sharded.message.MemberMessage.Relayed;
import io.fyercache.sharded.message.MemberMessage.Relinquish;
import io.fyercache.sharded.message.MemberMessage.TableChanged;
import io.fyercache.sharded.message.MemberMessage.Used;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.TopologyForm;
import java.util.List;

/** The forms of what members say to each other. Readings of clocks take 8 bytes: they begin anywhere. */
final class MemberMessageForms {
    static final Form<ControllerRequest> CONTROLLER_REQUEST = new TaggedForm<>(
            "request to the controller",
            List.of(
                    kind(
                            1,
                            Expand.class,
                            (out, request) -> {
                                out.writeNatural(request.version());
                                writeMember(out, request.member());
                            },
                            in -> new Expand(in.readNatural(), readMember(in))),
                    kind(
                            2,
                            Shrink.class,
                            (out, request) -> {
                                out.writeNatural(request.version());
                                writeMember(out, request.member());
                            },
                            in -> new Shrink(in.readNatural(), readMember(in))),
                    kind(
                            3,
                            Relinquished.class,
                            (out, request) -> out.writeNatural(request.version()),
                            in -> new Relinquished(in.readNatural()))));

    private static final List<Condition> CONDITIONS =
            List.of(Condition.LEAVING, Condition.DETACHED, Condition.CLOCK_OFF);

    private static final Form<List<Incarnation>> MEMBERS = new ListForm<>(
            Form.of(MemberMessageForms::writeMember, MemberMessageForms::readMember), Member.MAX_MEMBERS, 1);

    /** Bytes: the cache, and a key that is empty. */
    private static final int MIN_KEY_BYTES = 2;

    static final Form<List<EntryKey>> USED_KEYS =
            new ListForm<>(Form.of(EntryForms::writeKey, EntryForms::readKey), Used.MAX_KEYS, MIN_KEY_BYTES);

    private MemberMessageForms() {}

    static void writePartition(ByteSink out, int partition) {
        out.writeUpTo(partition, PartitionLayout.MAX_COUNT - 1);
    }

    static int readPartition(ByteSource in) {
        return in.readUpTo(PartitionLayout.MAX_COUNT - 1);
    }

    static void writeMember(ByteSink out, Incarnation member) {
        out.writeNatural(member.number());
    }

    static Incarnation readMember(ByteSource in) {
        return new Incarnation(in.readNatural());
    }

    static void writeOfPartition(ByteSink out, OfPartition message) {
        writePartition(out, message.partition());
        PartitionMessageForms.MESSAGE.write(out, message.message());
    }

    static OfPartition readOfPartition(ByteSource in) {
        return new OfPartition(readPartition(in), PartitionMessageForms.MESSAGE.read(in));
    }

    static void writeHeartbeat(ByteSink out, Heartbeat message) {
        out.writeFixed64(message.sentNanos());
        MEMBERS.write(out, message.hearing().silent());
        MEMBERS.write(out, message.hearing().suspected());
        out.writeByte(bits(message.hearing().conditions()));
    }

    static Heartbeat readHeartbeat(ByteSource in) {
        return new Heartbeat(in.readFixed64(), new Hearing(MEMBERS.read(in), MEMBERS.read(in), readConditions(in)));
    }

    /** The bit of each condition is at its place in {@link #CONDITIONS}. */
    private static int bits(List<Condition> conditions) {
        return conditions.stream()
                .mapToInt(condition -> 1 << CONDITIONS.indexOf(condition))
                .sum();
    }

    private static List<Condition> readConditions(ByteSource in) {
        int bits = in.readUpTo((1 << CONDITIONS.size()) - 1);
        return CONDITIONS.stream()
                .filter(condition -> (bits & 1 << CONDITIONS.indexOf(condition)) != 0)
                .toList();
    }

    static void writeGrant(ByteSink out, Grant message) {
        out.writeFixed64(message.sentNanos());
        out.writeNatural(message.tableVersion());
        out.writeFixed64(message.wallMillis());
        long[] words = message.sublet().words();
        out.writeUpTo(words.length, PartitionSet.MAX_WORDS);
        for (long word : words) {
            out.writeFixed64(word);
        }
    }

    static Grant readGrant(ByteSource in) {
        return new Grant(in.readFixed64(), in.readNatural(), in.readFixed64(), readPartitions(in));
    }

    private static PartitionSet readPartitions(ByteSource in) {
        long[] words = new long[in.readUpTo(PartitionSet.MAX_WORDS)];
        for (int word = 0; word < words.length; word++) {
            words[word] = in.readFixed64();
        }
        if (words.length > 0 && words[words.length - 1] == 0) {
            throw in.damaged("a set of partitions that ends with none (expected: its last word not 0)");
        }
        return PartitionSet.ofWords(words);
    }

    /** The delta has the form that the topology gives it, which is sealed; so its length is told. */
    static void writeTableChanged(ByteSink out, TableChanged message) {
        out.writeNatural(message.version());
        byte[] delta = TopologyForm.encode(message.delta());
        out.writeUnsigned(delta.length);
        out.writeBytes(delta);
    }

    static TableChanged readTableChanged(ByteSource in) {
        return new TableChanged(in.readNatural(), TopologyForm.decodeDelta(in.readBytes(in.readLength(1))));
    }

    static void writeRelinquish(ByteSink out, Relinquish message) {
        writePartition(out, message.partition());
        out.writeNatural(message.version());
    }

    static Relinquish readRelinquish(ByteSource in) {
        return new Relinquish(readPartition(in), in.readNatural());
    }

    static void writeAsked(ByteSink out, Asked message) {
        writePartition(out, message.partition());
        CONTROLLER_REQUEST.write(out, message.request());
    }

    static Asked readAsked(ByteSource in) {
        return new Asked(readPartition(in), CONTROLLER_REQUEST.read(in));
    }

    static void writeRelayed(ByteSink out, Relayed message) {
        writeMember(out, message.primary());
        writeAsked(out, message.asked());
    }

    static Relayed readRelayed(ByteSource in) {
        return new Relayed(readMember(in), readAsked(in));
    }
}
