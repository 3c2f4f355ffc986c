package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.CountedCache;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CountGatheringTest {
    private static final int CACHE = 7;
    private static final long BEGIN = -1_000; // Clocks begin anywhere.
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final CacheCounts SOME = CacheCounts.of(count -> 3);

    private final List<Incarnation> asked = new ArrayList<>();
    private final List<ServedCounts> ends = new ArrayList<>();
    private long lastQuestion;
    private final CountGathering gathering = new CountGathering((member, message) -> {
        CountsAsked question = (CountsAsked) message;
        assertThat(question.caches()).containsExactly(CACHE);
        lastQuestion = question.question();
        asked.add(member);
    });

    private void ask(Incarnation... members) {
        gathering.membersChanged(List.of(members));
        gathering.ask(List.of(CACHE), BEGIN, ends::add);
    }

    private static CountsTold told(long question, int cache) {
        return new CountsTold(question, List.of(new CountedCache(cache, SOME)));
    }

    @Test
    void endsWhenTheLastMemberHasTold() {
        ask(ONE, TWO);
        assertThat(asked).containsExactly(ONE, TWO);

        gathering.onTold(ONE, told(lastQuestion, CACHE));
        gathering.onTold(ONE, told(lastQuestion, CACHE));
        assertThat(ends).isEmpty();
        gathering.onTold(TWO, new CountsTold(lastQuestion, List.of()));

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).silent()).isEmpty();
        assertThat(ends.get(0).told().get(ONE)).containsExactly(Map.entry(CACHE, SOME));
        assertThat(ends.get(0).told().get(TWO)).isEmpty();
    }

    @Test
    void whoeverIsSilent_isAskedAgain_andNamedAtTheLimit() {
        ask(ONE, TWO);
        gathering.onTold(ONE, told(lastQuestion, CACHE));
        asked.clear();

        gathering.onTick(BEGIN + CountGathering.AGAIN_NANOS - 1);
        assertThat(asked).isEmpty();
        gathering.onTick(BEGIN + CountGathering.AGAIN_NANOS);
        assertThat(asked).containsExactly(TWO);
        gathering.onTick(BEGIN + CountGathering.LIMIT_NANOS - 1);
        assertThat(ends).isEmpty();
        gathering.onTick(BEGIN + CountGathering.LIMIT_NANOS);

        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).silent()).containsExactly(TWO);
        assertThat(ends.get(0).told()).containsOnlyKeys(ONE);
        gathering.onTold(TWO, told(lastQuestion, CACHE));
        assertThat(ends).hasSize(1);
    }

    @Test
    void memberThatIsGone_isNotWaitedFor_andCountsNoMore() {
        ask(ONE, TWO);
        gathering.onTold(TWO, told(lastQuestion, CACHE));
        gathering.membersChanged(List.of(ONE));
        assertThat(ends).isEmpty();

        gathering.onTold(ONE, told(lastQuestion, CACHE));

        assertThat(ends.get(0).told()).containsOnlyKeys(ONE);
        assertThat(ends.get(0).silent()).isEmpty();
    }

    @Test
    void answerToAnotherQuestion_orAboutAnotherCache_doesNotCount() {
        ask(ONE);
        long first = lastQuestion;
        gathering.ask(List.of(CACHE), BEGIN, ends::add);

        gathering.onTold(ONE, told(first, CACHE + 1));
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).told().get(ONE)).isEmpty();
        gathering.onTold(ONE, told(lastQuestion + 1, CACHE));
        assertThat(ends).hasSize(1);
        gathering.onTold(ONE, told(lastQuestion, CACHE));
        assertThat(ends).hasSize(2);
    }

    @Test
    void nobodyThere_endsAtOnce() {
        ask();

        assertThat(ends).containsExactly(ServedCounts.NONE);
    }

    @Test
    void close_letsAllGo() {
        ask(ONE);

        gathering.close();

        assertThat(ends.get(0).silent()).containsExactly(ONE);
    }

    @Test
    void whoeverWasSilentOnce_isSilentInTheSum() {
        ServedCounts some = counts(ONE, CACHE).and(counts(TWO, CACHE));
        ServedCounts others = new ServedCounts(counts(ONE, CACHE + 1).told(), new TreeSet<>(List.of(TWO)));

        ServedCounts all = some.and(others);

        assertThat(all.silent()).containsExactly(TWO);
        assertThat(all.told()).containsOnlyKeys(ONE);
        assertThat(all.told().get(ONE)).containsOnlyKeys(CACHE, CACHE + 1);
    }

    private static ServedCounts counts(Incarnation member, int cache) {
        return new ServedCounts(Map.of(member, new TreeMap<>(Map.of(cache, SOME))), List.of());
    }
}
