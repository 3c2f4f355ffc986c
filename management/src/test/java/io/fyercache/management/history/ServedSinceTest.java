package io.fyercache.management.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.client.ServedCounts;
import io.fyercache.sharded.topology.Incarnation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ServedSinceTest {
    private static final int CACHE = 7;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final ServedSince since = new ServedSince();

    private static SortedMap<Integer, CacheCounts> hits(long hits) {
        return new TreeMap<>(Map.of(CACHE, CacheCounts.of(count -> count == CacheCount.HITS ? hits : 0)));
    }

    private static ServedCounts told(Map<Incarnation, SortedMap<Integer, CacheCounts>> told, Incarnation... silent) {
        return new ServedCounts(new TreeMap<>(told), new TreeSet<>(List.of(silent)));
    }

    /** Returns the hits since the look before. */
    private long look(ServedCounts now) {
        return since.look(now).getOrDefault(CACHE, CacheCounts.NOTHING).get(CacheCount.HITS);
    }

    @Test
    void whatAllHaveServedInBetween_isSummedUp() {
        assertThat(look(told(Map.of(ONE, hits(1_000), TWO, hits(2_000))))).isZero();

        assertThat(look(told(Map.of(ONE, hits(1_001), TWO, hits(2_020))))).isEqualTo(21);
        assertThat(look(told(Map.of(ONE, hits(1_001), TWO, hits(2_020))))).isZero();
    }

    @Test
    void memberThatHasCome_countsWhole() {
        look(told(Map.of(ONE, hits(1_000))));

        assertThat(look(told(Map.of(ONE, hits(1_000), TWO, hits(5))))).isEqualTo(5);
    }

    @Test
    void whatASilentMemberHasServed_countsWhenItAnswersAgain() {
        look(told(Map.of(ONE, hits(10), TWO, hits(10))));

        assertThat(look(told(Map.of(ONE, hits(11)), TWO))).isEqualTo(1);
        assertThat(look(told(Map.of(ONE, hits(12)), TWO))).isEqualTo(1);
        assertThat(look(told(Map.of(ONE, hits(12), TWO, hits(17))))).isEqualTo(7);
    }

    /** It may have served for a year. */
    @Test
    void memberThatWasSilentFromTheFirst_countsFromItsFirstAnswerOn() {
        look(told(Map.of(ONE, hits(10)), TWO));
        look(told(Map.of(ONE, hits(10)), TWO));

        assertThat(look(told(Map.of(ONE, hits(10), TWO, hits(9_000))))).isZero();
        assertThat(look(told(Map.of(ONE, hits(10), TWO, hits(9_002))))).isEqualTo(2);
    }

    @Test
    void memberThatIsGone_takesItsCountsAlong() {
        look(told(Map.of(ONE, hits(10), TWO, hits(10))));

        assertThat(look(told(Map.of(ONE, hits(11))))).isEqualTo(1);
    }

    @Test
    void cacheThatIsNew_countsWhole() {
        look(told(Map.of(ONE, new TreeMap<>())));

        assertThat(look(told(Map.of(ONE, hits(3))))).isEqualTo(3);
    }
}
