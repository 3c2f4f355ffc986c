package io.fyercache.benchmarks.cluster.exchange;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The words of a line, taken one by one. For one thread. */
final class Words {
    private final String line;
    private final Deque<String> rest;

    Words(String line) {
        this.line = line;
        this.rest = new ArrayDeque<>(List.of(line.split(" ", -1)));
    }

    String next() {
        String word = rest.poll();
        if (word == null) {
            throw new IllegalArgumentException("line: \"%s\" (expected: more words)".formatted(line));
        }
        return word;
    }

    long nextLong() {
        return Long.parseLong(next());
    }

    int nextInt() {
        return Integer.parseInt(next());
    }

    /** All that is left, which are numbers. */
    List<Long> longs() {
        List<Long> numbers = new ArrayList<>(rest.size());
        while (!rest.isEmpty()) {
            numbers.add(nextLong());
        }
        return numbers;
    }

    /** All that is left, as it was written. */
    String text() {
        String text = String.join(" ", rest);
        rest.clear();
        return text;
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalArgumentException if words are left
     */
    void end() {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "line: \"%s\" (expected: an end before \"%s\")".formatted(line, rest.peek()));
        }
    }

    static String join(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return line.toString();
    }

    static String joined(String name, List<Long> numbers) {
        StringBuilder line = new StringBuilder(name);
        numbers.forEach(number -> line.append(' ').append(number));
        return line.toString();
    }
}
