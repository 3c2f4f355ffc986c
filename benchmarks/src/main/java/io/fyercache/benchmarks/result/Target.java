package io.fyercache.benchmarks.result;

import io.fyercache.benchmarks.contestant.Contestant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A promise about FyerCache in some cells: its median is at least {@code factor} times as good as the yardstick's.
 *
 * @param cells the cells it is about, matched against the whole name
 * @param factor above 0
 */
public record Target(Pattern cells, Yardstick yardstick, double factor) {
    /** What FyerCache is compared with. */
    public enum Yardstick {
        BEST_PEER("best peer"),
        /** The best of the peers that keep entries on the heap, as FyerCache does. */
        BEST_HEAP_PEER("best peer on the heap"),
        CONCURRENT_HASH_MAP("ConcurrentHashMap");

        private final String words;

        Yardstick(String words) {
            this.words = words;
        }
    }

    /** Whether a target was met in a cell. */
    public enum Verdict {
        MET,
        MISSED,
        /** Nothing was measured to compare with. */
        OPEN
    }

    /** What the project sets out to reach. */
    public static final List<Target> ALL = List.of(
            target("(get|put)/value/pojo/.*", Yardstick.BEST_PEER, 2),
            target("(get|put|invoke)/(?!value/pojo/).*|invoke/value/pojo/.*", Yardstick.BEST_PEER, 1),
            target("get/(reference/.*|value/(string|record))/stats-off/eternal/.*", Yardstick.CONCURRENT_HASH_MAP, 0.5),
            target("memory/value", Yardstick.BEST_PEER, 1),
            target("memory/value", Yardstick.BEST_HEAP_PEER, 1));

    private static Target target(String cells, Yardstick yardstick, double factor) {
        return new Target(Pattern.compile(cells), yardstick, factor);
    }

    /** The targets that speak about a cell. */
    public static List<Target> of(CellResult cell) {
        return ALL.stream()
                .filter(target -> target.cells.matcher(cell.id()).matches())
                .toList();
    }

    /** Whether FyerCache met this in a cell. A cell in which it could not be measured is missed. */
    public Verdict verdict(CellResult cell) {
        if (cell.outcomes().get(Contestant.FYERCACHE) instanceof Outcome.NotAvailable) {
            return Verdict.MISSED;
        }
        OptionalDouble advantage = advantage(cell);
        if (advantage.isEmpty()) {
            return Verdict.OPEN;
        }
        return advantage.getAsDouble() >= factor ? Verdict.MET : Verdict.MISSED;
    }

    private OptionalDouble advantage(CellResult cell) {
        return switch (yardstick) {
            case BEST_PEER -> cell.advantageOverBestPeer(Contestant.FYERCACHE);
            case BEST_HEAP_PEER ->
                cell.bestPeer(Contestant::onHeap)
                        .map(peer -> cell.advantage(Contestant.FYERCACHE, peer))
                        .orElse(OptionalDouble.empty());
            case CONCURRENT_HASH_MAP -> cell.advantage(Contestant.FYERCACHE, Contestant.CHM);
        };
    }

    /** Such as {@code 2x best peer}. */
    @Override
    public String toString() {
        String times = factor == Math.rint(factor) ? Long.toString((long) factor) : Double.toString(factor);
        return times + "x " + yardstick.words;
    }
}
