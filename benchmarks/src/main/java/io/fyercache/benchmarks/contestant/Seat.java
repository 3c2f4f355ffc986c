package io.fyercache.benchmarks.contestant;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One member's place in a cluster on loopback.
 *
 * @param cluster the cluster's name, so that members of another one, on ports that were free a moment ago, stay away
 * @param number which of the ports are its own, from 0
 * @param ports the first port of each member that there may be; the two after it belong to the member, too
 * @param companionPorts where companions listen that the contestant needs
 */
public record Seat(String cluster, int number, List<Integer> ports, Map<Companion, Integer> companionPorts) {
    /** Everybody is at home. */
    static final String LOOPBACK = "127.0.0.1";

    /** How many ports in a row each member has. */
    public static final int PORTS_EACH = 3;

    private static final int WORDS = 4;

    private static final Pattern COMPANION = Pattern.compile("([A-Z]+)=([0-9]+)");

    /** Keeps copies of the ports. */
    public Seat {
        ports = List.copyOf(ports);
        companionPorts = Map.copyOf(companionPorts);
        if (number < 0 || number >= ports.size()) {
            throw new IllegalArgumentException("number: %d (expected: 0..%d)".formatted(number, ports.size() - 1));
        }
    }

    /** The member's own first port. */
    int port() {
        return ports.get(number);
    }

    /** Where a companion listens, which the contestant must need. */
    int portOf(Companion companion) {
        Integer known = companionPorts.get(companion);
        if (known == null) {
            throw new IllegalStateException("companion: %s (expected: one of %s)".formatted(companion, companionPorts));
        }
        return known;
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
                ports.stream().map(String::valueOf).collect(Collectors.joining(",")),
                // An empty word would get lost on some systems.
                "at:"
                        + new TreeMap<>(companionPorts)
                                .entrySet().stream()
                                        .map(port -> port.getKey() + "=" + port.getValue())
                                        .collect(Collectors.joining(",")));
    }

    /**
     * Reads what {@link #words} gave.
     *
     * @throws IllegalArgumentException if it did not give these
     */
    public static Seat ofWords(List<String> words) {
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("seat: %s (expected: cluster, number, ports and those of companions)"
                    .formatted(String.join(" ", words)));
        }
        List<Integer> ports = List.of(words.get(2).split(",", -1)).stream()
                .map(Integer::valueOf)
                .toList();
        Map<Companion, Integer> companionPorts = new EnumMap<>(Companion.class);
        Matcher companions = COMPANION.matcher(words.get(3));
        while (companions.find()) {
            companionPorts.put(Companion.valueOf(companions.group(1)), Integer.valueOf(companions.group(2)));
        }
        return new Seat(words.get(0), Integer.parseInt(words.get(1)), ports, companionPorts);
    }
}
