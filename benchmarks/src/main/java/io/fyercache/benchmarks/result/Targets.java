package io.fyercache.benchmarks.result;

import io.fyercache.benchmarks.result.Target.AtMost;
import io.fyercache.benchmarks.result.Target.Times;
import io.fyercache.benchmarks.result.Target.Yardstick;
import java.util.List;
import java.util.regex.Pattern;

/** What the project sets out to reach. */
public final class Targets {
    /** At most 1.5 times as long. */
    private static final double WITHIN_HALF_AS_MUCH_AGAIN = 0.67;

    /** At most 1.2 times as long. */
    private static final double WITHIN_A_FIFTH_MORE = 0.83;

    /** Two in a hundred less. */
    private static final double HARDLY_LESS = 0.98;

    private static final List<Target> ALL = List.of(
            times("(get|put)/value/pojo/.*", Yardstick.BEST_PEER, 2),
            times("(get|put|invoke)/(?!value/pojo/).*|invoke/value/pojo/.*", Yardstick.BEST_PEER, 1),
            times("get/(reference/.*|value/(string|record))/stats-off/eternal/.*", Yardstick.CONCURRENT_HASH_MAP, 0.5),
            times("memory/value", Yardstick.BEST_PEER, 1),
            times("memory/value", Yardstick.BEST_HEAP_PEER, 1),
            times("cluster/.*/throughput", Yardstick.BEST_PEER, 1.5),
            times("cluster/.*/p99", Yardstick.BEST_PEER, 1),
            times("cluster/kill/window", Yardstick.BEST_PEER, 1),
            times("cluster/stop/window", Yardstick.BEST_PEER, 10),
            new AtMost(Pattern.compile("cluster/join/slowest"), 100, Scale.MILLISECONDS),
            new AtMost(Pattern.compile("cluster/.*/lost"), 0, Scale.LOST_WRITES),
            times("topology/(replicated|near)/get/.*/throughput", Yardstick.BEST_PEER, 1),
            times("topology/replicated/get/.*/throughput", Yardstick.OUR_LOCAL_CACHE, WITHIN_HALF_AS_MUCH_AGAIN),
            times("topology/replicated/put/.*/p50", Yardstick.OUR_TWO_BACKUPS, WITHIN_A_FIFTH_MORE),
            times("management/.*/throughput", Yardstick.OUR_UNOBSERVED, HARDLY_LESS),
            times("(topology/invalidated|hibernate)/change/p50", Yardstick.BEST_PEER, 1));

    private Targets() {}

    private static Target times(String cells, Yardstick yardstick, double factor) {
        return new Times(Pattern.compile(cells), yardstick, factor);
    }

    /** The targets that speak about a cell. */
    public static List<Target> of(CellResult cell) {
        return ALL.stream()
                .filter(target -> target.cells().matcher(cell.id()).matches())
                .toList();
    }
}
