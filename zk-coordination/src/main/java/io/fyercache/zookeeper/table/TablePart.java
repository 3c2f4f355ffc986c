package io.fyercache.zookeeper.table;

import io.fyercache.sharded.coordination.ClusterListener;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeReading;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The table. Its version and its segments are different znodes, which no read takes in together, yet a version must never be told with
 * records of another one: a grant would be counted that must not be (protocol, R3).
 *
 * <p>So the version is read <em>first</em>, with the transaction z that made it ({@code mzxid}), then the segments. Each is read from the
 * same state or a later one, as what a session sees never gets older. Each change of a segment is in one transaction with a change of the
 * version. So a segment whose own {@code mzxid} is at most z is exactly as it was at z; one with a greater is from a later version, and all
 * is read again, the version too, which must show that later transaction. This needs no second look at the version of what is told, and holds
 * across connections and servers.
 */
public final class TablePart implements WatchedPart {
    private static final List<String> SEGMENTS = IntStream.range(0, PartitionTable.SEGMENTS)
            .mapToObj(Znodes::segment)
            .toList();

    private final ZnodeSession session;
    private final Announcer announcer;
    private final ClusterListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private TableCopy copy = TableCopy.NONE;

    /** Knows no table yet. */
    public TablePart(
            ZnodeSession session,
            Announcer announcer,
            ClusterListener listener,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.announcer = announcer;
        this.listener = listener;
        this.onDamage = onDamage;
    }

    @Override
    public String path() {
        return Znodes.TABLE;
    }

    /** Returns the latest table that is known. */
    public TableCopy copy() {
        return copy;
    }

    /** Takes a later copy and tells the listener. An earlier one may come when this member has just written the later one. */
    public void take(TableCopy next) {
        PartitionTable table = next.table();
        if (next.version() > copy.version() && table != null) {
            copy = next;
            announcer.tell(() -> listener.tableChanged(new VersionedTable(next.version(), table)));
        }
    }

    @Override
    public void read(Consumer<Ending> end) {
        read(0, end);
    }

    /**
     * Reads the version, then the segments.
     *
     * @param wroteSegment a transaction that has written a segment, so it has written the version
     */
    private void read(long wroteSegment, Consumer<Ending> end) {
        session.get(Znodes.TABLE, reply -> {
            if (!(reply instanceof Reply.Done<Znode> done)) {
                end.accept(failed(reply));
            } else if (done.value().stat().mzxid() < wroteSegment) {
                end.accept(unreadable(new DamagedZnodeException(
                        Znodes.TABLE,
                        "a segment was written without it, by transaction " + wroteSegment
                                + " (expected: each in one transaction with the version)")));
            } else if (done.value().stat().version() <= copy.version()) {
                end.accept(Ending.READ);
            } else {
                readSegments(done.value(), end);
            }
        });
    }

    private void readSegments(Znode version, Consumer<Ending> end) {
        ZnodeReading.of(session, SEGMENTS, reply -> {
            if (!(reply instanceof Reply.Done<List<Znode>> done)) {
                end.accept(failed(reply));
                return;
            }
            long newest = 0;
            for (Znode segment : done.value()) {
                newest = Math.max(newest, segment.stat().mzxid());
            }
            if (newest > version.stat().mzxid()) {
                read(newest, end);
            } else {
                end.accept(take(version, done.value()));
            }
        });
    }

    private Ending take(Znode version, List<Znode> segments) {
        try {
            take(copy.next(version.stat().version(), segments));
            return Ending.READ;
        } catch (DamagedZnodeException e) {
            return unreadable(e);
        }
    }

    private Ending failed(Reply<?> reply) {
        if (reply instanceof Reply.Lost) {
            return Ending.LOST;
        }
        return unreadable(DamagedZnodeException.unreadable(Znodes.TABLE, reply));
    }

    private Ending unreadable(DamagedZnodeException damage) {
        onDamage.accept(damage);
        return Ending.UNREADABLE;
    }
}
