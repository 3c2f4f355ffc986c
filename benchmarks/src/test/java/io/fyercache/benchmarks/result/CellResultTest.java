package io.fyercache.benchmarks.result;

import static io.fyercache.benchmarks.contestant.Contestant.CAFFEINE;
import static io.fyercache.benchmarks.contestant.Contestant.CHM;
import static io.fyercache.benchmarks.contestant.Contestant.EHCACHE;
import static io.fyercache.benchmarks.contestant.Contestant.FYERCACHE;
import static io.fyercache.benchmarks.contestant.Contestant.HAZELCAST;
import static io.fyercache.benchmarks.contestant.Contestant.IGNITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.benchmarks.result.Outcome.Measured;
import io.fyercache.benchmarks.result.Outcome.NotAvailable;
import io.fyercache.benchmarks.result.Target.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellResultTest {
    @Test
    void bestPeer_throughput_isTheFastestPeerAndNoLimit() {
        CellResult cell = speed("get/reference/pojo/stats-off/eternal/1-thread", 30, 20, 10)
                .add(CHM, measured(99))
                .add(HAZELCAST, new NotAvailable("no reference"));

        assertThat(cell.bestPeer()).contains(CAFFEINE);
        assertThat(cell.advantageOverBestPeer(FYERCACHE)).hasValue(1.5);
        assertThat(cell.advantageOverBestPeer(EHCACHE)).hasValue(0.5);
        assertThat(cell.advantageOverBestPeer(HAZELCAST)).isEmpty();
    }

    @Test
    void bestPeer_bytes_isTheLeanest() {
        CellResult cell = new CellResult("memory/value", Scale.BYTES_PER_ENTRY)
                .add(FYERCACHE, measured(160))
                .add(CAFFEINE, measured(200))
                .add(EHCACHE, measured(240));

        assertThat(cell.bestPeer()).contains(CAFFEINE);
        assertThat(cell.advantageOverBestPeer(FYERCACHE)).hasValue(1.25);
        assertThat(verdicts(cell)).containsExactly(Verdict.MET, Verdict.MET);
    }

    @Test
    void verdict_leanerPeerOffTheHeap_missesTheBestPeerOnly() {
        CellResult cell = new CellResult("memory/value", Scale.BYTES_PER_ENTRY)
                .add(FYERCACHE, measured(190))
                .add(CAFFEINE, measured(200))
                .add(IGNITE, measured(170));

        assertThat(verdicts(cell)).containsExactly(Verdict.MISSED, Verdict.MET);
    }

    @Test
    void bestPeer_noneMeasured_isEmpty() {
        CellResult cell = new CellResult("get/x", Scale.OPERATIONS_PER_MICROSECOND).add(FYERCACHE, measured(1));

        assertThat(cell.bestPeer()).isEmpty();
        assertThat(cell.advantageOverBestPeer(FYERCACHE)).isEmpty();
    }

    @Test
    void add_secondFork_poolsSamples() {
        CellResult cell = speed("zipf/x", 1, 1, 1).add(FYERCACHE, measured(3)).add(FYERCACHE, measured(8));

        assertThat(cell.median(FYERCACHE)).hasValue(3);
    }

    @Test
    void add_oneForkFailed_noResult() {
        CellResult failedSecond = speed("zipf/x", 1, 1, 1).add(FYERCACHE, new NotAvailable("lost entries"));
        CellResult failedFirst = new CellResult("zipf/x", Scale.OPERATIONS_PER_MICROSECOND)
                .add(FYERCACHE, new NotAvailable("lost entries"))
                .add(FYERCACHE, measured(1));

        assertThat(failedSecond.outcomes()).containsEntry(FYERCACHE, new NotAvailable("lost entries"));
        assertThat(failedFirst.outcomes()).containsEntry(FYERCACHE, new NotAvailable("lost entries"));
    }

    @Test
    void verdict_pojoByValue_needsTwiceTheBestPeer() {
        String id = "get/value/pojo/stats-on/touched/2-threads";

        assertThat(verdicts(speed(id, 41, 20, 10))).containsExactly(Verdict.MET);
        assertThat(verdicts(speed(id, 39, 20, 10))).containsExactly(Verdict.MISSED);
    }

    @Test
    void verdict_getByReference_needsTheBestPeerAndHalfTheMap() {
        String id = "get/reference/pojo/stats-off/eternal/1-thread";

        assertThat(verdicts(speed(id, 20, 20, 10).add(CHM, measured(40)))).containsExactly(Verdict.MET, Verdict.MET);
        assertThat(verdicts(speed(id, 19, 20, 10).add(CHM, measured(37)))).containsExactly(Verdict.MISSED, Verdict.MET);
        assertThat(verdicts(speed(id, 20, 20, 10).add(CHM, measured(41)))).containsExactly(Verdict.MET, Verdict.MISSED);
    }

    @Test
    void verdict_invokePojoByValue_needsTheBestPeerOnly() {
        assertThat(verdicts(speed("invoke/value/pojo/stats-off/eternal/1-thread", 21, 20, 10)))
                .containsExactly(Verdict.MET);
    }

    @Test
    void verdict_oursNotAvailable_isMissed() {
        CellResult cell = new CellResult("memory/value", Scale.BYTES_PER_ENTRY)
                .add(FYERCACHE, new NotAvailable("asked to copy, it does not"))
                .add(CAFFEINE, measured(1));

        assertThat(verdicts(cell)).containsOnly(Verdict.MISSED);
    }

    @Test
    void targets_zipfAndGetAll_haveNone() {
        assertThat(Targets.of(speed("zipf/value/pojo/stats-off/eternal/1-thread", 1, 1, 1)))
                .isEmpty();
        assertThat(Targets.of(speed("getAll/value/pojo/stats-off/eternal/1-thread", 1, 1, 1)))
                .isEmpty();
    }

    private static List<Verdict> verdicts(CellResult cell) {
        return Targets.of(cell).stream().map(target -> target.verdict(cell)).toList();
    }

    private static CellResult speed(String id, double ours, double caffeine, double ehcache) {
        return new CellResult(id, Scale.OPERATIONS_PER_MICROSECOND)
                .add(FYERCACHE, measured(ours))
                .add(CAFFEINE, measured(caffeine))
                .add(EHCACHE, measured(ehcache));
    }

    private static Measured measured(double sample) {
        return new Measured(List.of(sample));
    }
}
