package io.fyercache.benchmarks.result;

import io.fyercache.benchmarks.contestant.Contestant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** A promise about FyerCache in some cells. */
public sealed interface Target {
    /** What FyerCache is compared with. */
    enum Yardstick {
        BEST_PEER("best peer"),
        /** The best of the peers that keep entries on the heap, as FyerCache does. */
        BEST_HEAP_PEER("best peer on the heap"),
        CONCURRENT_HASH_MAP("ConcurrentHashMap"),
        /** FyerCache in one JVM alone. */
        OUR_LOCAL_CACHE("our local cache"),
        /** FyerCache with as many copies, of entries that are spread over the members. */
        OUR_TWO_BACKUPS("our cache with two backups"),
        /** FyerCache without management. */
        OUR_UNOBSERVED("our members without management");

        private final String words;

        Yardstick(String words) {
            this.words = words;
        }
    }

    /** Whether a target was met in a cell. */
    enum Verdict {
        MET,
        MISSED,
        /** Nothing was measured, or nothing to compare with. */
        OPEN
    }

    /** The cells it is about, matched against the whole name. */
    Pattern cells();

    /** Whether what was measured is as promised; empty if too little was measured to say. */
    Optional<Boolean> holds(CellResult cell);

    /** Whether FyerCache met this in a cell. A cell in which it could not be measured is missed. */
    default Verdict verdict(CellResult cell) {
        if (cell.outcomes().get(Contestant.FYERCACHE) instanceof Outcome.NotAvailable) {
            return Verdict.MISSED;
        }
        return holds(cell).map(held -> held ? Verdict.MET : Verdict.MISSED).orElse(Verdict.OPEN);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * FyerCache's median is at least {@code factor} times as good as the yardstick's.
     *
     * @param factor above 0
     */
    record Times(Pattern cells, Yardstick yardstick, double factor) implements Target {
        @Override
        public Optional<Boolean> holds(CellResult cell) {
            OptionalDouble advantage = advantage(cell);
            return advantage.isPresent() ? Optional.of(advantage.getAsDouble() >= factor) : Optional.empty();
        }

        private OptionalDouble advantage(CellResult cell) {
            return switch (yardstick) {
                case BEST_PEER -> cell.advantageOverBestPeer(Contestant.FYERCACHE);
                case BEST_HEAP_PEER ->
                    cell.bestPeer(Contestant::onHeap)
                            .map(peer -> cell.advantage(Contestant.FYERCACHE, peer))
                            .orElse(OptionalDouble.empty());
                case CONCURRENT_HASH_MAP -> cell.advantage(Contestant.FYERCACHE, Contestant.CHM);
                case OUR_LOCAL_CACHE -> cell.advantage(Contestant.FYERCACHE, Contestant.FYERCACHE_LOCAL);
                case OUR_UNOBSERVED -> cell.advantage(Contestant.FYERCACHE, Contestant.FYERCACHE_UNOBSERVED);
                case OUR_TWO_BACKUPS -> cell.advantage(Contestant.FYERCACHE, Contestant.FYERCACHE_TWICE);
            };
        }

        /** Such as {@code 2x best peer}. */
        @Override
        public String toString() {
            return number(factor) + "x " + yardstick.words;
        }
    }

    /**
     * FyerCache's median is at most so much, whatever others do.
     *
     * @param limit in the unit of the scale
     */
    record AtMost(Pattern cells, double limit, Scale scale) implements Target {
        @Override
        public Optional<Boolean> holds(CellResult cell) {
            OptionalDouble median = cell.median(Contestant.FYERCACHE);
            return median.isPresent() ? Optional.of(median.getAsDouble() <= limit) : Optional.empty();
        }

        /** Such as {@code at most 100 ms}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "at most %s %s", number(limit), scale.unit());
        }
    }
}
