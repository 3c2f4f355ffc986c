package io.fyercache.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** The faults found so far in one source, each with its place. For one thread. */
final class FaultLog {

    /** Characters of a value that a fault shows: more than any correct one has. */
    private static final int LONGEST_TEXT = 200;

    private final String source;
    private final List<Entry> entries = new ArrayList<>();

    FaultLog(String source) {
        this.source = source;
    }

    /** A fault with its place as numbers, by which the faults are put into the order of the file. */
    private record Entry(int line, int column, ConfigurationFault fault) {}

    void add(Node node, String setting, String value, String expectation, String remedy) {
        add(node.getStartMark(), setting, value, expectation, remedy);
    }

    void add(Optional<Mark> mark, String setting, String value, String expectation, String remedy) {
        // People count lines and columns from 1, marks from 0.
        int line = mark.map(Mark::getLine).orElse(-1) + 1;
        int column = mark.map(Mark::getColumn).orElse(-1) + 1;
        String place = mark.isPresent() ? source + ":" + line + ":" + column : source;
        entries.add(new Entry(
                line,
                column,
                new ConfigurationFault(place, printable(setting), printable(value), expectation, remedy)));
    }

    /** Returns a text from the file without what could forge or break lines of a log, and not longer than anyone reads. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(LONGEST_TEXT).forEach(character -> {
            if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                printable.appendCodePoint(character);
            }
        });
        return printable
                .append(text.codePointCount(0, text.length()) > LONGEST_TEXT ? "..." : "")
                .toString();
    }

    /** Returns the faults in the order of the source. */
    List<ConfigurationFault> faults() {
        return entries.stream()
                .sorted(Comparator.comparingInt(Entry::line).thenComparingInt(Entry::column))
                .map(Entry::fault)
                .toList();
    }

    /** Throws one exception for all faults, in the order of the file, if there are any. */
    void throwIfAny() {
        if (!entries.isEmpty()) {
            throw new ConfigurationFileException(source, faults());
        }
    }
}
