package io.fyercache.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * @param constants of the model, as they stand in the file
 */
record ModelRun(Path file, Schedule schedule, Expectation expectation, Map<String, String> constants) {
    private static final String SUFFIX = ".cfg";
    private static final Pattern WHEN = Pattern.compile("(?m)^\\\\\\* when: (.*)$");
    private static final Pattern EXPECT = Pattern.compile("(?m)^\\\\\\* expect: (.*)$");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^  (\\w+) = (.*)$");
    private static final Pattern ELEMENT = Pattern.compile("\"(\\w+)\"");

    /** The constants of which more permits more. */
    private static final Set<String> UPPER_BOUNDS =
            Set.of("MaxEpoch", "MaxVer", "MaxWrites", "MaxTime", "MaxInc", "MaxSkew");

    /** The constants that cannot be compared but for being equal. */
    private static final Set<String> CIRCUMSTANCES =
            Set.of("Node", "FirstPrimary", "FirstInSync", "Lease", "Grace", "Ttl");

    private static final String STEPS = "Steps";
    private static final String SWITCHED_OFF = "SwitchedOff";

    /** Families that do not only add steps: with one nodes serve under a licence, with the other they begin with leases. */
    private static final Set<String> OTHER_WORLDS = Set.of("Reset", "Lent");

    /** The builds that make a run. */
    enum Schedule {
        /** Each build: seconds. */
        VERIFY,
        /** Only the profile {@code nightly}: minutes. */
        NIGHTLY
    }

    ModelRun {
        constants = Map.copyOf(constants);
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
            Map<String, String> constants = CONSTANT.matcher(text)
                    .results()
                    .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
            return new ModelRun(file, schedule, Expectation.parse(find(EXPECT, text, file)), constants);
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

    /** The rules that the run breaks; none in a run that must be free of errors. */
    Set<String> switchedOff() {
        return elements(SWITCHED_OFF);
    }

    /**
     * True if all that can happen in another run can happen in this one, the rules aside. A run of which that is true and
     * which is free of errors proves that what the other run finds is owed to the rule that it breaks.
     */
    boolean covers(ModelRun other) {
        return CIRCUMSTANCES.stream().allMatch(name -> constant(name).equals(other.constant(name)))
                && UPPER_BOUNDS.stream().allMatch(name -> number(name) >= other.number(name))
                && elements(STEPS).containsAll(other.elements(STEPS))
                && OTHER_WORLDS.stream()
                        .allMatch(name -> elements(STEPS).contains(name)
                                == other.elements(STEPS).contains(name));
    }

    private int number(String name) {
        return Integer.parseInt(constant(name));
    }

    private Set<String> elements(String name) {
        return ELEMENT.matcher(constant(name))
                .results()
                .map(element -> element.group(1))
                .collect(Collectors.toSet());
    }

    private String constant(String name) {
        String value = constants.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "run: " + file + " (expected: a line '  " + name + " = ...'); see the other files of its folder");
        }
        return value;
    }
}
