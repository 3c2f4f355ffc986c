package io.fyercache.benchmarks.contestant;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One member's place in a cluster on loopback.
 *
 * @param cluster the cluster's name, so that members of another one, on ports that were free a moment ago, stay away
 * @param number which of the ports are its own, from 0
 * @param ports the first port of each member that there may be; the one after it belongs to the member, too
 * @param coordinationPort where ZooKeeper listens, for a contestant that needs it; 0 if none does
 */
public record Seat(String cluster, int number, List<Integer> ports, int coordinationPort) {
    /** Everybody is at home. */
    static final String LOOPBACK = "127.0.0.1";

    /** How many ports in a row each member has. */
    public static final int PORTS_EACH = 2;

    private static final int FIXED_WORDS = 3;

    /** Keeps a copy of the ports. */
    public Seat {
        ports = List.copyOf(ports);
        if (number < 0 || number >= ports.size()) {
            throw new IllegalArgumentException("number: %d (expected: 0..%d)".formatted(number, ports.size() - 1));
        }
    }

    /** The member's own first port. */
    int port() {
        return ports.get(number);
    }

    /** Where all members may be, each written by a pattern with a place for its first port. */
    List<String> addresses(String pattern) {
        return ports.stream().map(pattern::formatted).toList();
    }

    /** The seat as words of a command line. */
    public List<String> words() {
        return List.of(
                cluster,
                Integer.toString(number),
                Integer.toString(coordinationPort),
                ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    /**
     * Reads what {@link #words} gave.
     *
     * @throws IllegalArgumentException if it did not give these
     */
    public static Seat ofWords(List<String> words) {
        if (words.size() != FIXED_WORDS + 1) {
            throw new IllegalArgumentException("seat: %s (expected: cluster, number, coordination port and ports)"
                    .formatted(String.join(" ", words)));
        }
        int[] numbers = IntStream.of(1, 2)
                .map(word -> Integer.parseInt(words.get(word)))
                .toArray();
        List<Integer> ports = List.of(words.get(FIXED_WORDS).split(",", -1)).stream()
                .map(Integer::valueOf)
                .toList();
        return new Seat(words.get(0), numbers[0], ports, numbers[1]);
    }
}
