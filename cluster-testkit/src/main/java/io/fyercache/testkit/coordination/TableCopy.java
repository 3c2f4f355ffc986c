package io.fyercache.testkit.coordination;

import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableSegment;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.testkit.zookeeper.Znode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table as of one of its versions, with what it was read from.
 *
 * @param version at least 0, which is before the founding
 * @param segments all of them in their order; none before the founding
 * @param table null before the founding
 */
record TableCopy(
        int version, List<Segment> segments, @Nullable PartitionTable table) {
    static final TableCopy NONE = new TableCopy(0, List.of(), null);

    /** A segment, and the transaction that wrote it, by which it is known again without decoding it. */
    record Segment(long mzxid, TableSegment content) {}

    static TableCopy of(int version, List<Segment> segments) {
        PartitionTable table = PartitionTable.ofSegments(
                segments.stream().map(Segment::content).toList());
        return new TableCopy(version, List.copyOf(segments), table);
    }

    /** Returns the copy of a later version from the znodes of its segments, all in their order. */
    TableCopy next(int nextVersion, List<Znode> znodes) {
        List<Segment> next = new ArrayList<>(znodes.size());
        for (int number = 0; number < znodes.size(); number++) {
            Znode znode = znodes.get(number);
            boolean known =
                    version > 0 && segments.get(number).mzxid() == znode.stat().mzxid();
            next.add(
                    known
                            ? segments.get(number)
                            : new Segment(znode.stat().mzxid(), TopologyForm.decodeSegment(znode.data())));
        }
        return of(nextVersion, next);
    }
}
