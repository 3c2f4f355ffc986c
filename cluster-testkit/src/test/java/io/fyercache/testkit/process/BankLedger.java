package io.fyercache.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tellers have committed and read, one line each: when, what, of which account, or of the rate, and how many changes it had. Each line is in the file when
 * it has been told, whatever becomes of the process. Times are nanoseconds of the clock that all processes of a machine share. Thread-safe.
 */
final class BankLedger implements AutoCloseable {
    /** The change's transaction was over at that time. */
    static final String COMMITTED = "committed";

    /** A result of a query was in the cache. */
    static final String HIT = "hit";

    private final Writer file;

    BankLedger(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /**
     * Tells of one thing.
     *
     * @param nanos of a commit when it was over, of a read when it began
     * @param what {@link #COMMITTED}, or how it was read
     */
    synchronized void add(long nanos, String what, long account, long changes) {
        try {
            file.write(nanos + " " + what + " " + account + " " + changes + "\n");
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    /** Lines of several tellers, in the order of their times. */
    static List<Line> read(List<Path> files) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            for (String text : Files.readAllLines(file)) {
                Line line = Line.of(text);
                if (line != null) {
                    lines.add(line);
                }
            }
        }
        lines.sort(Comparator.comparingLong(Line::nanos));
        return lines;
    }

    /** Returns the reads that have found less than what was committed before they began. */
    static List<String> stale(List<Line> lines) {
        Map<Long, Long> committed = new HashMap<>();
        List<String> stale = new ArrayList<>();
        for (Line line : lines) {
            if (line.what.equals(COMMITTED)) {
                committed.merge(line.account, line.changes, Math::max);
            } else if (line.changes < committed.getOrDefault(line.account, 0L)) {
                stale.add(line + " (expected: " + committed.get(line.account) + " or more)");
            }
        }
        return stale;
    }

    /** Returns how many states of something were found in the cache as results of queries. */
    static long statesHit(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.what.equals(HIT))
                .mapToLong(Line::changes)
                .distinct()
                .count();
    }

    record Line(long nanos, String what, long account, long changes) {
        /** Returns null for the line within which a process was killed. */
        private static Line of(String text) {
            String[] words = text.split(" ", -1);
            return words.length < 4 || words[3].isEmpty()
                    ? null
                    : new Line(Long.parseLong(words[0]), words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
        }
    }
}
