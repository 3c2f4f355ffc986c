package io.fyercache.core.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriberTest {
    private static final OriginId SELF = new OriginId(1, 1);
    private static final OriginId OTHER = new OriginId(2, 2);
    private static final long SILENCE = 1_000;
    private static final String EVERYTHING = "everything";

    private final List<String> outdated = new ArrayList<>();
    private int received;
    private int repeated;
    private int gaps;
    private final Subscriber subscriber = new Subscriber(SELF, SILENCE, new Recorder(), new Tally());

    private final class Recorder implements Subscriber.Outdated {
        @Override
        public void keys(String cacheName, List<EncodedKey> keys) {
            outdated.add(cacheName + " " + keys.get(0).bytes()[0]);
        }

        @Override
        public void all(String cacheName) {
            outdated.add(cacheName + " all");
        }

        @Override
        public void everything() {
            outdated.add(EVERYTHING);
        }
    }

    private final class Tally implements Subscriber.Tally {
        @Override
        public void received() {
            received++;
        }

        @Override
        public void repeated() {
            repeated++;
        }

        @Override
        public void gap() {
            gaps++;
        }
    }

    @BeforeEach
    void begin() {
        subscriber.mayHaveMissed();
        outdated.clear();
    }

    private void keys(OriginId origin, long sequence, int key, long nowNanos) {
        subscriber.receive(new Keys(origin, sequence, "c", List.of(new EncodedKey(new byte[] {(byte) key}))), nowNanos);
    }

    private void heartbeat(OriginId origin, long sequence, long stampNanos, long nowNanos) {
        subscriber.receive(new Heartbeat(origin, sequence, stampNanos), nowNanos);
    }

    @Test
    void announcements_inOrder_areApplied() {
        keys(OTHER, 0, 7, 0);
        subscriber.receive(new All(OTHER, 1, "d"), 0);

        assertThat(outdated).containsExactly("c 7", "d all");
        assertThat(received).isEqualTo(2);
        assertThat(gaps + repeated).isZero();
    }

    @Test
    void ownAnnouncement_isNotApplied() {
        keys(SELF, 0, 7, 0);

        assertThat(outdated).isEmpty();
        assertThat(received).isZero();
    }

    @Test
    void ownAnnouncement_isMissing_everythingIsOutdated() {
        keys(SELF, 0, 7, 0);
        keys(SELF, 2, 7, 0);

        assertThat(outdated).containsExactly(EVERYTHING);
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void skippedNumber_everythingIsOutdated_beforeTheAnnouncement() {
        keys(OTHER, 0, 7, 0);
        keys(OTHER, 2, 9, 0);

        assertThat(outdated).containsExactly("c 7", EVERYTHING, "c 9");
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void lastAnnouncementLost_heartbeatTells() {
        keys(OTHER, 0, 7, 0);
        heartbeat(OTHER, 1, 0, 0);
        assertThat(outdated).containsExactly("c 7");

        heartbeat(OTHER, 2, 0, 0);

        assertThat(outdated).containsExactly("c 7", EVERYTHING);
        assertThat(gaps).isEqualTo(1);
        heartbeat(OTHER, 2, 0, 0);
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void lastAnnouncementLost_farewellTells() {
        keys(OTHER, 0, 7, 0);

        subscriber.receive(new Farewell(OTHER, 2), 0);

        assertThat(outdated).containsExactly("c 7", EVERYTHING);
    }

    @Test
    void repeatedOrLateAnnouncement_isAppliedAgain_andCounted() {
        keys(OTHER, 0, 7, 0);
        keys(OTHER, 0, 7, 0);
        keys(OTHER, 2, 9, 0);
        keys(OTHER, 1, 8, 0);
        keys(OTHER, 3, 9, 0);

        assertThat(outdated).containsExactly("c 7", "c 7", EVERYTHING, "c 9", "c 8", "c 9");
        assertThat(repeated).isEqualTo(2);
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void unknownOriginThatHasTold_everythingIsOutdated() {
        keys(OTHER, 5, 7, 0);

        assertThat(outdated).containsExactly(EVERYTHING, "c 7");
        assertThat(gaps).isZero();
    }

    @Test
    void subscriptionBeginsAnew_everythingIsOutdatedOnce_andAnyNumberIsGood() {
        keys(OTHER, 0, 7, 0);

        subscriber.mayHaveMissed();
        keys(OTHER, 8, 9, 0);
        keys(OTHER, 9, 9, 0);

        assertThat(outdated).containsExactly("c 7", EVERYTHING, "c 9", "c 9");
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void heartbeatThatComesBack_isTrustedFromWhenItWasSent() {
        assertThat(subscriber.isTrusted()).isFalse();
        heartbeat(OTHER, 0, 5, 10);
        assertThat(subscriber.isTrusted()).isFalse();

        heartbeat(SELF, 0, 5, 10);
        assertThat(subscriber.isTrusted()).isTrue();
        assertThat(subscriber.trustedFromNanos()).isEqualTo(5);

        heartbeat(SELF, 0, 8, 20);
        heartbeat(SELF, 0, 6, 30);
        assertThat(subscriber.trustedFromNanos()).isEqualTo(8);
    }

    @Test
    void heartbeatFromTheFuture_isNotBelieved() {
        heartbeat(SELF, 0, 50, 10);

        assertThat(subscriber.isTrusted()).isFalse();
    }

    @Test
    void silentOrigin_isFoundOut_whenOwnHeartbeatComesBack() {
        keys(OTHER, 0, 7, 0);
        heartbeat(SELF, 0, SILENCE, SILENCE);
        assertThat(outdated).containsExactly("c 7");

        heartbeat(SELF, 0, SILENCE + 1, SILENCE + 1);

        assertThat(outdated).containsExactly("c 7", EVERYTHING);
        assertThat(gaps).isEqualTo(1);
        heartbeat(SELF, 0, SILENCE + 2, SILENCE + 2);
        assertThat(gaps).isEqualTo(1);
    }

    @Test
    void originThatSaidFarewell_mayBeSilent() {
        keys(OTHER, 0, 7, 0);
        subscriber.receive(new Farewell(OTHER, 1), 0);

        heartbeat(SELF, 0, 2 * SILENCE, 2 * SILENCE);

        assertThat(outdated).containsExactly("c 7");
        assertThat(subscriber.originCount()).isEqualTo(1);
    }

    @Test
    void clockThatWrapsAround_isNoMatter() {
        long nearTheEnd = Long.MAX_VALUE - 10;
        keys(OTHER, 0, 7, nearTheEnd);
        heartbeat(SELF, 0, nearTheEnd, nearTheEnd + 5);

        heartbeat(SELF, 0, nearTheEnd + 20, nearTheEnd + 30);

        assertThat(subscriber.trustedFromNanos()).isEqualTo(nearTheEnd + 20);
        assertThat(outdated).containsExactly("c 7");
    }

    @Test
    void tooManyOrigins_theOneSilentForLongestIsForgotten() {
        for (int i = 0; i < Subscriber.MAX_ORIGINS; i++) {
            heartbeat(new OriginId(9, i), 0, 0, i);
        }
        assertThat(outdated).isEmpty();

        heartbeat(new OriginId(10, 0), 0, 0, Subscriber.MAX_ORIGINS);

        assertThat(subscriber.originCount()).isEqualTo(Subscriber.MAX_ORIGINS);
        assertThat(outdated).containsExactly(EVERYTHING);
        heartbeat(new OriginId(9, 1), 3, 0, Subscriber.MAX_ORIGINS);
        assertThat(gaps).isEqualTo(1);
    }
}
