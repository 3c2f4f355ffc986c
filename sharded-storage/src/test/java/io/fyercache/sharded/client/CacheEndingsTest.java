package io.fyercache.sharded.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheEndingsTest {
    private static final int CACHE = 7;
    private static final long BEGIN = -1_000; // Clocks begin anywhere.
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);

    private final List<Incarnation> asked = new ArrayList<>();
    private final List<List<Incarnation>> ends = new ArrayList<>();
    private final CacheEndings endings = new CacheEndings((member, message) -> {
        assertThat(message).isEqualTo(new CacheDestroyed(CACHE));
        asked.add(member);
    });

    @Test
    void endsWhenTheLastMemberHasGivenItUp() {
        endings.membersChanged(List.of(ONE, TWO));
        endings.await(CACHE, BEGIN, ends::add);
        assertThat(asked).containsExactly(ONE, TWO);

        endings.onGivenUp(ONE, CACHE);
        endings.onGivenUp(ONE, CACHE);
        endings.onGivenUp(TWO, CACHE + 1);
        assertThat(ends).isEmpty();

        endings.onGivenUp(TWO, CACHE);
        assertThat(ends).containsExactly(List.of());
    }

    @Test
    void asksAgainWhoeverIsSilent() {
        endings.membersChanged(List.of(ONE, TWO));
        endings.await(CACHE, BEGIN, ends::add);
        endings.onGivenUp(ONE, CACHE);
        asked.clear();

        endings.onTick(BEGIN + CacheEndings.AGAIN_NANOS - 1);
        assertThat(asked).isEmpty();
        endings.onTick(BEGIN + CacheEndings.AGAIN_NANOS);
        assertThat(asked).containsExactly(TWO);
        endings.onTick(BEGIN + CacheEndings.AGAIN_NANOS + 1);
        assertThat(asked).containsExactly(TWO);
    }

    @Test
    void memberThatIsGone_isNotWaitedFor() {
        endings.membersChanged(List.of(ONE, TWO));
        endings.await(CACHE, BEGIN, ends::add);
        endings.onGivenUp(ONE, CACHE);

        endings.membersChanged(List.of(ONE));

        assertThat(ends).containsExactly(List.of());
    }

    /** It may have read of the cache before it was destroyed. */
    @Test
    void memberThatComesMeanwhile_isAskedToo() {
        endings.membersChanged(List.of(ONE));
        endings.await(CACHE, BEGIN, ends::add);
        endings.membersChanged(List.of(ONE, THREE));
        endings.onGivenUp(ONE, CACHE);
        assertThat(ends).isEmpty();

        endings.onTick(BEGIN + CacheEndings.AGAIN_NANOS);
        assertThat(asked).containsExactly(ONE, THREE);
        endings.onGivenUp(THREE, CACHE);

        assertThat(ends).containsExactly(List.of());
    }

    @Test
    void processThatKnowsNoMemberYet_waitsUntilItDoes() {
        endings.await(CACHE, BEGIN, ends::add);
        endings.membersChanged(List.of());
        assertThat(ends).isEmpty();

        endings.membersChanged(List.of(ONE));
        endings.onTick(BEGIN + CacheEndings.AGAIN_NANOS);
        endings.onGivenUp(ONE, CACHE);

        assertThat(ends).containsExactly(List.of());
    }

    @Test
    void memberThatNeverAnswers_isNamedAtTheLimit() {
        endings.membersChanged(List.of(ONE, TWO));
        endings.await(CACHE, BEGIN, ends::add);
        endings.onGivenUp(TWO, CACHE);

        endings.onTick(BEGIN + CacheEndings.LIMIT_NANOS - 1);
        assertThat(ends).isEmpty();
        endings.onTick(BEGIN + CacheEndings.LIMIT_NANOS);

        assertThat(ends).containsExactly(List.of(ONE));
        endings.onGivenUp(ONE, CACHE);
        assertThat(ends).hasSize(1);
    }

    @Test
    void twoWhoDestroyTheSame_areToldBoth() {
        endings.membersChanged(List.of(ONE));
        endings.await(CACHE, BEGIN, ends::add);
        endings.await(CACHE, BEGIN, ends::add);

        endings.onGivenUp(ONE, CACHE);

        assertThat(ends).containsExactly(List.of(), List.of());
    }

    @Test
    void close_letsAllGo() {
        endings.membersChanged(List.of(ONE));
        endings.await(CACHE, BEGIN, ends::add);

        endings.close();

        assertThat(ends).containsExactly(List.of(ONE));
    }

    /** Three of four messages get lost, in either direction; members come and go. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lossyNetwork_nobodyWaitsLongerThanForTheLastAnswer(long seed) {
        Random random = new Random(seed);
        List<Incarnation> arrived = new ArrayList<>();
        CacheEndings lossy = new CacheEndings((member, message) -> {
            if (random.nextInt(4) == 0) {
                arrived.add(member);
            }
        });
        List<Incarnation> present = new ArrayList<>(List.of(ONE, TWO, THREE));
        lossy.membersChanged(present);
        lossy.await(CACHE, 0, ends::add);
        List<Incarnation> answered = new ArrayList<>();
        for (long now = 0; now < CacheEndings.LIMIT_NANOS && ends.isEmpty(); now += CacheEndings.AGAIN_NANOS) {
            lossy.onTick(now);
            for (Incarnation member : List.copyOf(arrived)) {
                if (random.nextInt(4) == 0) {
                    answered.add(member);
                    lossy.onGivenUp(member, CACHE);
                }
            }
            arrived.clear();
            if (random.nextInt(10) == 0) {
                present.remove(random.nextInt(present.size()));
                present.add(new Incarnation(4 + now));
                lossy.membersChanged(present);
            }
            assertThat(ends.isEmpty()).isEqualTo(!answered.containsAll(present));
        }
        lossy.onTick(CacheEndings.LIMIT_NANOS);
        assertThat(ends).hasSize(1);
    }
}
