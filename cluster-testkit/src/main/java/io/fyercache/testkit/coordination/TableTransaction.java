package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.TableWrite;
import io.fyercache.sharded.coordination.WriteOutcome;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.topology.TableDelta;
import io.fyercache.sharded.topology.TableSegment;
import io.fyercache.sharded.topology.TopologyForm;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.Znode;
import io.fyercache.testkit.zookeeper.ZnodeOperation;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Check;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Create;
import io.fyercache.testkit.zookeeper.ZnodeOperation.CreateMode;
import io.fyercache.testkit.zookeeper.ZnodeOperation.Delete;
import io.fyercache.testkit.zookeeper.ZnodeOperation.SetData;
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
final class TableTransaction {
    private static final int CONTROLLER = 0;
    private static final int WRITER = 1;
    private static final int VERSION = 2;
    private static final int FIRST_SEGMENT = 3;

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
     */
    static TableTransaction of(TableWrite write, TableCopy before, String writer, List<String> expelled) {
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
        return made;
    }

    /** The version of the table that a write is based on, 0 for the founding. */
    static long baseVersion(TableWrite write) {
        return write instanceof TableWrite.Change change ? change.baseVersion() : 0;
    }

    static List<Incarnation> expelledBy(TableWrite write) {
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

    List<ZnodeOperation> operations() {
        return operations;
    }

    /** Returns the table that was written. */
    TableCopy copyAfter(List<Znode> results) {
        TreeMap<Integer, TableCopy.Segment> segments = new TreeMap<>();
        before.segments().forEach(segment -> segments.put(segment.content().number(), segment));
        for (int i = 0; i < written.size(); i++) {
            long mzxid = results.get(FIRST_SEGMENT + i).stat().mzxid();
            segments.put(written.get(i).number(), new TableCopy.Segment(mzxid, written.get(i)));
        }
        int version = results.get(VERSION).stat().version();
        return new TableCopy(version, List.copyOf(segments.values()), after);
    }

    /** Tells whether the writer itself was found to be expelled. */
    boolean failedForWriter(Reply.Refused<?> refused) {
        return refused.operation() == WRITER;
    }

    /** Returns the path of a member to expel that was gone already, on which alone the transaction has failed; null if it was not that. */
    @Nullable
    String alreadyGone(Reply.Refused<?> refused) {
        int position = refused.operation() - FIRST_SEGMENT - written.size();
        return position < 0 ? null : expelled.get(position);
    }

    /**
     * Returns what a failed check means.
     *
     * @throws IllegalStateException if it was none of the checks: somebody else writes segments
     */
    static WriteOutcome outcome(Reply.Refused<?> refused) {
        return switch (refused.operation()) {
            case CONTROLLER, WRITER -> WriteOutcome.DEPOSED;
            case VERSION -> WriteOutcome.OUT_OF_DATE;
            default ->
                throw new IllegalStateException("refused: " + refused
                        + " (expected: one of the checks); the segments are not what the version of the table says");
        };
    }
}
