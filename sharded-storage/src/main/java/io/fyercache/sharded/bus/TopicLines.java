package io.fyercache.sharded.bus;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lines of a process to topics. Used by the process's thread. */
public final class TopicLines {
    private final TreeMap<Long, TopicLine> lines = new TreeMap<>();
    private @Nullable VersionedTable table;

    /** Has none. */
    public TopicLines() {}

    /**
     * Opens a line.
     *
     * @param number of no other line that a process has ever opened
     * @param stalenessNanos for how long the process goes by what has come; see {@link io.fyercache.core.bus.BusUse}
     */
    public TopicLine open(String topic, long number, long stalenessNanos, TopicLine.Host host, long nowNanos) {
        TopicLine line = new TopicLine(topic, number, stalenessNanos, host);
        lines.put(number, line);
        if (table != null) {
            line.onTable(table, nowNanos);
        }
        return line;
    }

    /** Closes a line. */
    public void close(TopicLine line) {
        if (lines.remove(line.number(), line)) {
            line.close();
        }
    }

    /** Takes in a table, if it is newer. */
    public void onTable(VersionedTable next, long nowNanos) {
        if (table == null || next.version() > table.version()) {
            table = next;
            lines.values().forEach(line -> line.onTable(next, nowNanos));
        }
    }

    /** Takes a message of a relay. */
    public void onMessage(FromRelay message, long nowNanos) {
        TopicLine line = lines.get(message.line());
        if (line != null) {
            line.onMessage(message, nowNanos);
        }
    }

    /** Lets time pass. To be called about every 10 ms. */
    public void onTick(long nowNanos) {
        lines.values().forEach(line -> line.onTick(nowNanos));
    }

    /** Closes all. */
    public void close() {
        lines.values().forEach(TopicLine::close);
        lines.clear();
    }
}
