package io.fyercache.benchmarks;

import io.fyercache.benchmarks.contestant.Contestant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The words of a command line that are not read yet, and how the options that all runs have are understood. For one thread. */
final class CommandLine {
    private final Deque<String> rest;

    CommandLine(String... words) {
        rest = new ArrayDeque<>(List.of(words));
    }

    boolean hasMore() {
        return !rest.isEmpty();
    }

    /** Takes the next word, which there must be. */
    String next() {
        return rest.pop();
    }

    /**
     * Takes the word after an option.
     *
     * @throws IllegalArgumentException if the option is the last word
     */
    String valueOf(String option) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + ": nothing (expected: a value after it)");
        }
        return rest.pop();
    }

    /**
     * A regular expression.
     *
     * @throws IllegalArgumentException if it is none, naming the option
     */
    static Pattern pattern(String option, String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: a regular expression; %s)".formatted(option, regex, e.getDescription()), e);
        }
    }

    /**
     * Contestants named by comma, each once, in the order of {@link Contestant}.
     *
     * @param among those that can be measured by this run
     * @throws IllegalArgumentException if one is none of these, naming them
     */
    static List<Contestant> contestants(String names, List<Contestant> among) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> contestant(name, among))
                .distinct()
                .sorted()
                .toList();
    }

    private static Contestant contestant(String name, List<Contestant> among) {
        return among.stream()
                .filter(contestant -> contestant.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("provider: %s (expected: one of %s)"
                        .formatted(name, among.stream().map(Contestant::id).collect(Collectors.joining(", ")))));
    }
}
