package io.fyercache.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run of the model: a configuration file of TLC whose head says in comments what is run, when, and what must come of
 * it.
 *
 * @param file the configuration
 * @param switchedOff the rules that the run breaks; none in a run that must be free of errors
 */
record ModelRun(Path file, Schedule schedule, Expectation expectation, Set<String> switchedOff) {
    private static final String SUFFIX = ".cfg";
    private static final Pattern WHEN = Pattern.compile("(?m)^\\\\\\* when: (.*)$");
    private static final Pattern EXPECT = Pattern.compile("(?m)^\\\\\\* expect: (.*)$");
    private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^ *SwitchedOff = \\{(.*)}$");

    /** The builds that make a run. */
    enum Schedule {
        /** Each build: seconds. */
        VERIFY,
        /** Only the profile {@code nightly}: minutes. */
        NIGHTLY
    }

    ModelRun {
        switchedOff = Set.copyOf(switchedOff);
    }

    /**
     * Reads all runs of a folder, in the order of their names.
     *
     * @throws IllegalArgumentException if a file lacks a part of its head
     */
    static List<ModelRun> readAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream().map(ModelRun::read).toList();
        }
    }

    private static ModelRun read(Path file) {
        try {
            String text = Files.readString(file);
            Schedule schedule = Schedule.valueOf(find(WHEN, text, file).toUpperCase(Locale.ROOT));
            Set<String> rules = Stream.of(find(SWITCHED_OFF, text, file).split(","))
                    .map(rule -> rule.strip().replace("\"", ""))
                    .filter(rule -> !rule.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
            return new ModelRun(file, schedule, Expectation.parse(find(EXPECT, text, file)), rules);
        } catch (IOException e) {
            throw new UncheckedIOException("run: " + file + " (expected: a readable file)", e);
        }
    }

    private static String find(Pattern pattern, String text, Path file) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(
                    "run: " + file + " (expected: a line '" + pattern + "'); see the other files of its folder");
        }
        return matcher.group(1);
    }

    /** The file's name without its suffix. */
    String name() {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
