package io.fyercache.zookeeper.table;

import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableSegment;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.Znodes;
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
public record TableCopy(
        int version, List<Segment> segments, @Nullable PartitionTable table) {
    /** There is no table yet. */
    public static final TableCopy NONE = new TableCopy(0, List.of(), null);

    /**
     * A part of the table.
     *
     * @param mzxid the transaction that wrote it, by which it is known again without decoding it
     * @param content what is in it
     */
    public record Segment(long mzxid, TableSegment content) {}

    /**
     * Returns the copy of a later version from the znodes of its segments, all in their order.
     *
     * @throws DamagedZnodeException if they are not the segments of one table
     */
    TableCopy next(int nextVersion, List<Znode> znodes) {
        if (znodes.size() < PartitionTable.SEGMENTS) {
            throw new DamagedZnodeException(
                    Znodes.TABLE, znodes.size() + " segments are there (expected: " + PartitionTable.SEGMENTS + ")");
        }
        List<Segment> next = new ArrayList<>(znodes.size());
        for (int number = 0; number < znodes.size(); number++) {
            Znode znode = znodes.get(number);
            boolean known =
                    version > 0 && segments.get(number).mzxid() == znode.stat().mzxid();
            next.add(known ? segments.get(number) : new Segment(znode.stat().mzxid(), Znodes.decodeSegment(znode)));
        }
        try {
            PartitionTable nextTable = PartitionTable.ofSegments(
                    next.stream().map(Segment::content).toList());
            return new TableCopy(nextVersion, List.copyOf(next), nextTable);
        } catch (IllegalArgumentException e) {
            throw new DamagedZnodeException(Znodes.TABLE, e);
        }
    }
}
