package io.fyercache.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param scale how much is run
 * @param trace the user's own trace, or empty for the references of the JDK
 * @param threads how many threads replay and write, from 1 to {@link #MAX_THREADS}
 * @param seed what the burst of writes is drawn from; the same seed gives each thread the same writes
 */
record Options(Scale scale, Optional<Path> trace, int threads, long seed) {
    /** More threads than this only queue for the processors. */
    static final int MAX_THREADS = 64;

    static final long DEFAULT_SEED = 107; // as good as any; that of the JSR

    /** How much is run. */
    enum Scale {
        /** All classes. */
        FULL(JdkClasses.Modules.ALL, Long.MAX_VALUE, 3_000_000_000L, 50_000, 10_000_000_000L, 20_000),
        /** One module, for continuous integration: done in about a minute. */
        SHORT(JdkClasses.Modules.BASE, 5_000_000_000L, 1_000_000_000L, 5_000, 2_000_000_000L, 4_000);

        private final JdkClasses.Modules modules;
        private final long replayNanos;
        private final long databaseAloneNanos;
        private final int writes;
        private final long clusterNanos;
        private final int clusterWrites;

        Scale(
                JdkClasses.Modules modules,
                long replayNanos,
                long databaseAloneNanos,
                int writes,
                long clusterNanos,
                int clusterWrites) {
            this.modules = modules;
            this.replayNanos = replayNanos;
            this.databaseAloneNanos = databaseAloneNanos;
            this.writes = writes;
            this.clusterNanos = clusterNanos;
            this.clusterWrites = clusterWrites;
        }

        JdkClasses.Modules modules() {
            return modules;
        }

        /** How long the stream is replayed through the cache at most. */
        long replayNanos() {
            return replayNanos;
        }

        /** How long the stream is replayed without the cache at most. */
        long databaseAloneNanos() {
            return databaseAloneNanos;
        }

        /** How many writes the burst makes. */
        int writes() {
            return writes;
        }

        /** How long the stream is read through the cluster at most. */
        long clusterNanos() {
            return clusterNanos;
        }

        /** How many writes are made through the cluster. */
        int clusterWrites() {
            return clusterWrites;
        }
    }

    private enum Option {
        TRACE("--trace", "a file"),
        SHORT("--short", ""),
        THREADS("--threads", "a number"),
        SEED("--seed", "a number"),
        HELP("--help", "");

        private final String name;
        /** What follows the option, or empty. */
        private final String operand;

        Option(String name, String operand) {
            this.name = name;
            this.operand = operand;
        }
    }

    /** Returns whether {@code arguments} ask for help, which wins over everything else. */
    static boolean askForHelp(List<String> arguments) {
        return arguments.contains(Option.HELP.name) || arguments.contains("-h");
    }

    /** The number of threads where none is asked for: enough to keep the processors busy while some wait for a load. */
    static int defaultThreads() {
        return Math.min(MAX_THREADS, 2 * Runtime.getRuntime().availableProcessors());
    }

    /**
     * Reads the command line. An operand follows its option as the next argument or after {@code =}.
     *
     * @throws UsageException naming every fault: an unknown option (with the nearest known one), a missing, superfluous
     *     or illegal operand, an option given twice, a stray argument
     */
    static Options parse(List<String> arguments) throws UsageException {
        List<String> faults = new ArrayList<>();
        Map<Option, String> given = new EnumMap<>(Option.class);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            take(rest, given, faults);
        }
        Scale scale = given.containsKey(Option.SHORT) ? Scale.SHORT : Scale.FULL;
        Optional<Path> trace = Optional.ofNullable(given.get(Option.TRACE)).flatMap(value -> path(value, faults));
        long threads = number(given, Option.THREADS, defaultThreads(), 1, MAX_THREADS, faults);
        long seed = number(given, Option.SEED, DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE, faults);
        if (!faults.isEmpty()) {
            throw new UsageException(faults);
        }
        return new Options(scale, trace, Math.toIntExact(threads), seed);
    }

    /** Takes one option and its operand. */
    private static void take(Deque<String> rest, Map<Option, String> given, List<String> faults) {
        String argument = rest.remove();
        if (!argument.startsWith("-")) {
            faults.add("stray argument '" + argument + "' (expected: options only); a trace is given as --trace FILE");
            return;
        }
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Optional<Option> known = Arrays.stream(Option.values())
                .filter(option -> option.name.equals(name))
                .findFirst();
        if (known.isEmpty()) {
            faults.add("unknown option " + name + " (the nearest one is " + nearest(name) + "); see --help");
            return;
        }
        Option option = known.get();
        String value = "";
        if (equals >= 0) {
            value = argument.substring(equals + 1);
        } else if (!option.operand.isEmpty() && !rest.isEmpty()) {
            value = rest.remove();
        }
        if (option.operand.isEmpty() && equals >= 0) {
            faults.add(name + ": '" + value + "' (expected: nothing after it)");
        } else if (!option.operand.isEmpty() && value.isEmpty()) {
            faults.add(name + ": nothing after it (expected: " + option.operand + ")");
        } else if (given.putIfAbsent(option, value) != null) {
            faults.add(name + ": given twice (expected: once)");
        }
    }

    private static Optional<Path> path(String value, List<String> faults) {
        try {
            return Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            faults.add(Option.TRACE.name + ": '" + value + "' is no file name (" + e.getReason() + ")");
            return Optional.empty();
        }
    }

    private static long number(
            Map<Option, String> given, Option option, long fallback, long least, long most, List<String> faults) {
        String value = given.get(option);
        if (value == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers out of range
        }
        faults.add(option.name + ": '" + value + "' (expected: a whole number from " + least + " to " + most + ")");
        return fallback;
    }

    private static String nearest(String name) {
        String nearest = Option.HELP.name;
        for (Option option : Option.values()) {
            if (editDistance(name, option.name) < editDistance(name, nearest)) {
                nearest = option.name;
            }
        }
        return nearest;
    }

    /** The fewest insertions, deletions and replacements of a character that make {@code to} of {@code from}. */
    private static int editDistance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
