package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.testkit.zookeeper.Reply;
import io.fyercache.testkit.zookeeper.Znode;
import io.fyercache.testkit.zookeeper.ZooKeeperClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The table. Its version and its segments are different znodes, which no read takes in together, yet a version must never be told with
 * records of another one: a grant would be counted that must not be (protocol, R3).
 *
 * <p>So the version is read <em>first</em>, with the transaction z that made it ({@code mzxid}), then the segments. Each is read from the
 * same state or a later one, as what a session sees never gets older. Each change of a segment is in one transaction with a change of the
 * version. So a segment whose own {@code mzxid} is at most z is exactly as it was at z; one with a greater is from a later version, and all
 * is read again. This needs no second look at the version, and holds across connections and servers.
 */
final class TablePart implements WatchedPart {
    private final ZooKeeperClient client;
    private final Announcer announcer;
    private TableCopy copy = TableCopy.NONE;

    TablePart(ZooKeeperClient client, Announcer announcer) {
        this.client = client;
        this.announcer = announcer;
    }

    @Override
    public String path() {
        return Znodes.TABLE;
    }

    TableCopy copy() {
        return copy;
    }

    /** Takes a later copy and tells the listener. An earlier one may come when this member has just written the later one. */
    void take(TableCopy next) {
        PartitionTable table = next.table();
        if (next.version() > copy.version() && table != null) {
            copy = next;
            announcer.tell(listener -> listener.tableChanged(new VersionedTable(next.version(), table)));
        }
    }

    @Override
    public void read(Consumer<Ending> end) {
        client.get(Znodes.TABLE, reply -> {
            if (!(reply instanceof Reply.Done<Znode> done)) {
                end.accept(Ending.LOST);
            } else if (done.value().stat().version() <= copy.version()) {
                end.accept(Ending.READ);
            } else {
                readSegments(done.value(), end);
            }
        });
    }

    private void readSegments(Znode version, Consumer<Ending> end) {
        List<Znode> segments = new ArrayList<>(PartitionTable.SEGMENTS);
        for (int number = 0; number < PartitionTable.SEGMENTS; number++) {
            // Answers come in the order of the requests, so the last one is the end.
            boolean last = number == PartitionTable.SEGMENTS - 1;
            client.get(Znodes.segment(number), reply -> {
                if (reply instanceof Reply.Done<Znode> done) {
                    segments.add(done.value());
                }
                if (last) {
                    onSegments(version, segments, end);
                }
            });
        }
    }

    private void onSegments(Znode version, List<Znode> segments, Consumer<Ending> end) {
        if (segments.size() < PartitionTable.SEGMENTS) {
            end.accept(Ending.LOST);
        } else if (segments.stream()
                .anyMatch(segment -> segment.stat().mzxid() > version.stat().mzxid())) {
            read(end);
        } else {
            take(copy.next(version.stat().version(), segments));
            end.accept(Ending.READ);
        }
    }
}
