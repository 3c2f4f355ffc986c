package io.fyercache.zookeeper.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Places of a process that never gets a session; {@code LocksUnderFaultsTest} has those that do. */
class PlacesTest {
    private final List<Consumer<String>> refusals = new ArrayList<>();
    private final Places places = new Places(
            (listener, refused) -> {
                refusals.add(refused);
                return null;
            },
            SystemClock.INSTANCE,
            UUID::randomUUID);

    /** Notes why it gets no turn. */
    private static final class Waiting implements PlaceHolder {
        private final List<String> reasons = new ArrayList<>();

        @Override
        public void granted(long token, long deadlineNanos) {
            throw new AssertionError("granted without a session");
        }

        @Override
        public void confirmed(long deadlineNanos) {
            throw new AssertionError("confirmed without a session");
        }

        @Override
        public void lost() {
            throw new AssertionError("lost without having been held");
        }

        @Override
        public void refused(String why) {
            reasons.add(why);
        }
    }

    private Waiting enter() {
        Waiting waiting = new Waiting();
        places.enter("a", Claim.LOCK, waiting);
        return waiting;
    }

    @Test
    void withoutSession_allWhoWaitAreToldOnce_andTheNextTriesAgain() {
        Waiting one = enter();
        Waiting two = enter();
        refusals.get(0).accept("nobody answers");
        Waiting three = enter();
        refusals.get(0).accept("too late");

        assertThat(one.reasons).containsExactly("nobody answers");
        assertThat(two.reasons).containsExactly("nobody answers");
        assertThat(three.reasons).isEmpty();
        assertThat(refusals).hasSize(2);
    }

    @Test
    void processHasSoManyPlacesAtATime() {
        List<Waiting> waiting = new ArrayList<>();
        Waiting first = new Waiting();
        Place left = places.enter("a", Claim.LOCK, first);
        for (int count = 1; count < Places.MAX_PLACES; count++) {
            waiting.add(enter());
        }
        assertThat(enter().reasons).singleElement().asString().contains("1000 (expected: less than 1000");

        left.leave();

        assertThat(enter().reasons).isEmpty();
        assertThat(waiting).allSatisfy(one -> assertThat(one.reasons).isEmpty());
        assertThat(first.reasons).isEmpty();
    }

    @Test
    void afterTheEnd_nobodyGetsAPlace() {
        Waiting before = enter();
        places.close();

        assertThat(before.reasons).singleElement().asString().contains("closed");
        assertThat(enter().reasons).singleElement().asString().contains("closed");
        assertThat(refusals).hasSize(1);
    }
}
