package io.fyercache.zookeeper.table;

import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.sharded.topology.TableSegment;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Refusal;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Written;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Check;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import io.fyercache.zookeeper.znode.ZnodeOperation.SetData;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TableWrite} as one transaction. The checks come first, in the order in which they matter: is the writer the controller, is it
 * still a member, is the table the one that it knows. Then come the segments, which cannot fail, and then the znodes of the expelled.
 */
public final class TableTransaction {
    private static final int CONTROLLER = 0;
    private static final int WRITER = 1;
    private static final int VERSION = 2;
    private static final int FIRST_SEGMENT = 3;

    /**
     * Bytes of data: ZooKeeper closes the connection of whoever sends more than 1,048,575 in one request unless told otherwise ({@code
     * jute.maxbuffer}), which would look like an answer that was lost, again and again. The paths take the rest. A table of 1,024 partitions
     * with three copies takes some 20,000.
     */
    static final int MAX_DATA_BYTES = 1_000_000;

    private final TableCopy before;
    private final List<ZnodeOperation> operations = new ArrayList<>();
    private final List<TableSegment> written = new ArrayList<>();
    private final List<String> expelled = new ArrayList<>();
    private @Nullable PartitionTable after;

    private TableTransaction(TableCopy before) {
        this.before = before;
    }

    /**
     * Makes the transaction.
     *
     * @param before the table as far as it is known, at least as new as what the write is based on
     * @param writer the path of the writer's own znode
     * @param expelled the paths of the members to expel that still have one
     * @throws IllegalArgumentException if it takes more bytes than ZooKeeper takes at once
     */
    public static TableTransaction of(TableWrite write, TableCopy before, String writer, List<String> expelled) {
        TableTransaction made = new TableTransaction(before);
        made.operations.add(new Check(Znodes.CONTROLLER, write.epoch().number()));
        made.operations.add(new Check(writer, ZnodeOperation.ANY_VERSION));
        made.operations.add(new SetData(Znodes.TABLE, Znodes.nothing(), (int) baseVersion(write)));
        // If the table has moved on this must fail, and cannot be worked out; the ensemble says for which reason it
        // fails.
        if (baseVersion(write) == before.version()) {
            made.addSegments(write);
            made.addExpulsions(expelled);
        }
        made.checkSize();
        return made;
    }

    /** The version of the table that a write is based on, 0 for the founding. */
    public static long baseVersion(TableWrite write) {
        return write instanceof TableWrite.Change change ? change.baseVersion() : 0;
    }

    /** Whom a write expels. */
    public static List<Incarnation> expelledBy(TableWrite write) {
        return write instanceof TableWrite.Change change ? change.expelled() : List.of();
    }

    private void addSegments(TableWrite write) {
        PartitionTable known = before.table();
        if (write instanceof TableWrite.Found found) {
            after = found.table();
            for (int number = 0; number < PartitionTable.SEGMENTS; number++) {
                TableSegment segment = found.table().segment(number);
                written.add(segment);
                operations.add(new Create(Znodes.segment(number), TopologyForm.encode(segment), CreateMode.PERSISTENT));
            }
        } else if (write instanceof TableWrite.Change change && known != null) {
            PartitionTable next = known.apply(change.delta());
            after = next;
            for (int number : segmentsOf(change.delta())) {
                TableSegment segment = next.segment(number);
                written.add(segment);
                operations.add(
                        new SetData(Znodes.segment(number), TopologyForm.encode(segment), ZnodeOperation.ANY_VERSION));
            }
        }
    }

    private void checkSize() {
        int bytes = 0;
        for (ZnodeOperation operation : operations) {
            bytes += operation instanceof SetData set ? set.data().length : 0;
            bytes += operation instanceof Create create ? create.data().length : 0;
        }
        if (bytes > MAX_DATA_BYTES) {
            throw new IllegalArgumentException("change of the table: " + bytes + " bytes (expected: at most "
                    + MAX_DATA_BYTES + "); fewer partitions or fewer copies take less");
        }
    }

    private static Set<Integer> segmentsOf(TableDelta delta) {
        Set<Integer> numbers = new TreeSet<>();
        delta.changes().forEach(change -> numbers.add(TableSegment.of(change.partition())));
        return numbers;
    }

    private void addExpulsions(List<String> paths) {
        for (String path : paths) {
            expelled.add(path);
            operations.add(new Delete(path, ZnodeOperation.ANY_VERSION));
        }
    }

    /** What it consists of. */
    public List<ZnodeOperation> operations() {
        return operations;
    }

    /** Returns the table that was written. */
    public TableCopy copyAfter(List<Written> results) {
        Znode.Stat version = results.get(VERSION).stat();
        if (version == null) {
            throw new IllegalStateException("the version of the table was set, and nothing is told of it");
        }
        TreeMap<Integer, TableCopy.Segment> segments = new TreeMap<>();
        before.segments().forEach(segment -> segments.put(segment.content().number(), segment));
        // It is one transaction, so all that it wrote was written by the same.
        written.forEach(segment -> segments.put(segment.number(), new TableCopy.Segment(version.mzxid(), segment)));
        return new TableCopy(version.version(), List.copyOf(segments.values()), after);
    }

    /** Tells whether the writer itself was found to be expelled. */
    public boolean failedForWriter(Reply.Refused<?> refused) {
        return refused.operation() == WRITER && refused.reason() == Refusal.NO_NODE;
    }

    /** Returns the path of a member to expel that was gone already, on which alone the transaction has failed; null if it was not that. */
    public @Nullable String alreadyGone(Reply.Refused<?> refused) {
        int position = refused.operation() - FIRST_SEGMENT - written.size();
        return position < 0 || refused.reason() != Refusal.NO_NODE ? null : expelled.get(position);
    }

    /**
     * Returns what it means that ZooKeeper has refused it.
     *
     * @throws DamagedZnodeException if it was for none of the checks: somebody else writes the znodes, or their access lists
     */
    public WriteOutcome outcome(Reply.Refused<?> refused) {
        boolean checkFailed = refused.reason() == Refusal.BAD_VERSION || refused.reason() == Refusal.NO_NODE;
        if (checkFailed && (refused.operation() == CONTROLLER || refused.operation() == WRITER)) {
            return WriteOutcome.DEPOSED;
        }
        if (checkFailed && refused.operation() == VERSION) {
            return WriteOutcome.OUT_OF_DATE;
        }
        throw new DamagedZnodeException(
                operations.get(refused.operation()).path(),
                refused + " (expected: to be written, or one of the checks to fail)");
    }
}
