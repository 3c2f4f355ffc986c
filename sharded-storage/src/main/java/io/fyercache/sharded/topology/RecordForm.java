package io.fyercache.sharded.topology;

import io.fyercache.core.bytes.ByteSink;
import io.fyercache.core.bytes.ByteSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The binary form of records that share a dictionary of members: an incarnation takes 8 bytes once, and a byte or two
 * wherever it is named.
 *
 * <p>Records have one form only: the dictionary is in ascending order and has no more than is needed, and so are the members of a record
 * whose order says nothing.
 */
final class RecordForm {
    /** Incarnations that one table may name, living or not: each member in a few lives. */
    static final int MAX_INCARNATIONS = 4 * Member.MAX_MEMBERS;

    /** Numbers of version, epoch and generation, the flags, the primary, and three counts with at least two members. */
    static final int MIN_RECORD_BYTES = 10;

    private static final int FLAG_HANDED_OVER = 1;

    private static final int FLAG_PROVISIONAL = 2;

    private final List<Incarnation> dictionary;

    /** Which of them a record that was read has named. */
    private final BitSet named = new BitSet();

    private RecordForm(List<Incarnation> dictionary) {
        this.dictionary = dictionary;
    }

    /** Writes the dictionary of some records. */
    static RecordForm write(ByteSink out, Collection<PartitionRecord> records) {
        SortedSet<Incarnation> members = new TreeSet<>();
        for (PartitionRecord record : records) {
            members.addAll(record.inSync());
            members.addAll(record.joining());
            members.addAll(record.target());
        }
        Expected.inRange("number of incarnations in a table", members.size(), 0, MAX_INCARNATIONS);
        out.writeUnsigned(members.size());
        members.forEach(member -> out.writeFixed64(member.number()));
        return new RecordForm(List.copyOf(members));
    }

    /** Reads the dictionary of the records that follow, after which {@link #finish} must be called. */
    static RecordForm read(ByteSource in) {
        int size = in.readCount(MAX_INCARNATIONS, Long.BYTES);
        List<Incarnation> members = new ArrayList<>(size);
        long previous = 0;
        for (int i = 0; i < size; i++) {
            long number = in.readFixed64();
            if (number <= previous) {
                throw in.damaged("incarnation " + number + " (expected: a greater one than " + previous + ")");
            }
            members.add(new Incarnation(number));
            previous = number;
        }
        return new RecordForm(members);
    }

    /** Refuses a dictionary of which the records did not need all. */
    void finish(ByteSource in) {
        if (named.cardinality() != dictionary.size()) {
            throw in.damaged(dictionary.size() + " incarnations of which the records name " + named.cardinality()
                    + " (expected: all of them)");
        }
    }

    void writeRecord(ByteSink out, PartitionRecord record) {
        PartitionEpoch epoch = record.epoch();
        out.writeUnsigned(record.version());
        out.writeUnsigned(epoch.number());
        out.writeUnsigned(epoch.generation());
        out.writeByte(flags(epoch));
        out.writeUnsigned(indexOf(record.primary()));
        writeMembers(out, record.inSync());
        writeMembers(out, record.joining());
        writeMembers(out, record.target());
    }

    PartitionRecord readRecord(ByteSource in) {
        long version = in.readNatural();
        long number = in.readNatural();
        long generation = in.readNatural();
        int flags = in.readUpTo(FLAG_HANDED_OVER | FLAG_PROVISIONAL);
        Incarnation primary = readMember(in);
        return new PartitionRecord(
                version,
                new PartitionEpoch(number, generation, standing(flags), succession(flags)),
                primary,
                readAscending(in),
                readAscending(in),
                readMembers(in));
    }

    private static int flags(PartitionEpoch epoch) {
        int handedOver = switch (epoch.succession()) {
            case TAKEN_OVER -> 0;
            case HANDED_OVER -> FLAG_HANDED_OVER;
        };
        int provisional = switch (epoch.standing()) {
            case FIRM -> 0;
            case PROVISIONAL -> FLAG_PROVISIONAL;
        };
        return handedOver | provisional;
    }

    private static Standing standing(int flags) {
        return (flags & FLAG_PROVISIONAL) == 0 ? Standing.FIRM : Standing.PROVISIONAL;
    }

    private static Succession succession(int flags) {
        return (flags & FLAG_HANDED_OVER) == 0 ? Succession.TAKEN_OVER : Succession.HANDED_OVER;
    }

    private void writeMembers(ByteSink out, List<Incarnation> members) {
        out.writeUnsigned(members.size());
        members.forEach(member -> out.writeUnsigned(indexOf(member)));
    }

    private List<Incarnation> readMembers(ByteSource in) {
        int size = in.readCount(PartitionRecord.MAX_COPIES, 1);
        List<Incarnation> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            members.add(readMember(in));
        }
        return members;
    }

    private List<Incarnation> readAscending(ByteSource in) {
        List<Incarnation> members = readMembers(in);
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).compareTo(members.get(i - 1)) <= 0) {
                throw in.damaged("members " + members + " (expected: ascending order)");
            }
        }
        return members;
    }

    private Incarnation readMember(ByteSource in) {
        int index = in.readIndex(dictionary.size());
        named.set(index);
        return dictionary.get(index);
    }

    private int indexOf(Incarnation member) {
        return Collections.binarySearch(dictionary, member);
    }
}
