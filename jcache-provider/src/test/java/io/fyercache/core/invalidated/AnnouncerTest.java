package io.fyercache.core.invalidated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.InvalidationBus;
import io.fyercache.core.engine.InvalidationDesign.Confirmation;
import io.fyercache.core.engine.InvalidationDesign.Settings;
import io.fyercache.core.invalidation.EncodedKey;
import io.fyercache.core.invalidation.InvalidationCodec;
import io.fyercache.core.invalidation.InvalidationMessage;
import io.fyercache.core.invalidation.InvalidationMessage.All;
import io.fyercache.core.invalidation.InvalidationMessage.Announcement;
import io.fyercache.core.invalidation.InvalidationMessage.Farewell;
import io.fyercache.core.invalidation.InvalidationMessage.Heartbeat;
import io.fyercache.core.invalidation.InvalidationMessage.Keys;
import io.fyercache.core.invalidation.OriginId;
import io.fyercache.core.time.SystemClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final OriginId SELF = new OriginId(1, 2);

    private final Bus bus = new Bus();
    private final ChannelCounters counters = new ChannelCounters();
    private final Announcer announcer = new Announcer(
            "test",
            SELF,
            new Settings(
                    URI.create("memory:/t"), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(200)),
            SystemClock.INSTANCE,
            counters);

    /** Keeps what it takes; all that it is given is noted, too. */
    private static class Bus implements InvalidationBus {
        private final List<InvalidationMessage> taken = new CopyOnWriteArrayList<>();
        private final List<InvalidationMessage> tried = new CopyOnWriteArrayList<>();
        private volatile boolean takes = true;

        @Override
        public void publish(byte[] message) {
            InvalidationMessage decoded = InvalidationCodec.decode(message);
            if (!(decoded instanceof Heartbeat)) {
                tried.add(decoded);
            }
            if (!takes) {
                throw new BusException("no broker");
            }
            taken.add(decoded);
        }

        @Override
        public void close() {
            takes = false;
        }

        List<InvalidationMessage> announced() {
            return taken.stream().filter(each -> !(each instanceof Heartbeat)).toList();
        }
    }

    @AfterEach
    void close() {
        announcer.close();
    }

    private static List<EncodedKey> keys(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new EncodedKey(new byte[] {(byte) (i >> 8), (byte) i}))
                .toList();
    }

    @Test
    void tell_returnsWhenTheBusHasIt() {
        announcer.start(bus);

        announcer.tell("c", keys(0, 2), Confirmation.AWAITED);

        assertThat(bus.announced()).containsExactly(new Keys(SELF, 0, "c", keys(0, 2)));
        assertThat(counters.sentCount()).isEqualTo(1);
    }

    @Test
    void tell_returnsWhenTheMessageIsWithAll_andHeartbeatsGoOnMeanwhile() {
        List<Runnable> undelivered = new CopyOnWriteArrayList<>();
        Bus slow = new Bus() {
            @Override
            public void publish(byte[] message, Runnable delivered) {
                publish(message);
                if (!(InvalidationCodec.decode(message) instanceof Heartbeat)) {
                    undelivered.add(delivered);
                }
            }
        };
        Announcer patient = new Announcer(
                "patient",
                SELF,
                new Settings(URI.create("memory:/t"), Duration.ofMillis(20), Duration.ofMillis(100), LIMIT),
                SystemClock.INSTANCE,
                counters);
        patient.start(slow);

        CompletableFuture<Void> telling =
                CompletableFuture.runAsync(() -> patient.tell("c", keys(0, 1), Confirmation.AWAITED));
        await().atMost(LIMIT).until(() -> undelivered.size() == 1);
        int before = slow.taken.size();
        await().atMost(LIMIT).until(() -> slow.taken.size() >= before + 3);

        assertThat(telling).isNotDone();
        undelivered.get(0).run();
        assertThat(telling).succeedsWithin(LIMIT);
        patient.close();
    }

    @Test
    void tell_ofNoKeys_tellsNobody() {
        announcer.start(bus);

        announcer.tell("c", List.of(), Confirmation.AWAITED);
        announcer.tellAll("c", Confirmation.AWAITED);

        assertThat(bus.announced()).containsExactly(new All(SELF, 0, "c"));
    }

    @Test
    void heartbeats_sayTheNextNumber_andComeAgainAndAgain() {
        announcer.start(bus);
        announcer.tellAll("c", Confirmation.AWAITED);
        int before = bus.taken.size();

        await().atMost(LIMIT).until(() -> bus.taken.size() >= before + 3);

        assertThat(List.copyOf(bus.taken).subList(before, before + 3)).allSatisfy(each -> {
            assertThat(each).isInstanceOf(Heartbeat.class);
            assertThat(each.sequence()).isEqualTo(1);
        });
    }

    @Test
    void tell_busTakesNothing_fails_andIsToldWhenItDoes_underTheSameNumber() {
        bus.takes = false;
        announcer.start(bus);

        assertThatThrownBy(() -> announcer.tell("c", keys(0, 1), Confirmation.AWAITED))
                .isInstanceOf(UnconfirmedInvalidationException.class)
                .hasMessageContaining("cache 'c'")
                .hasMessageContaining("200 ms");
        await().atMost(LIMIT).until(() -> bus.tried.size() >= 2);
        bus.takes = true;

        await().atMost(LIMIT).until(() -> !bus.announced().isEmpty());
        assertThat(bus.announced()).containsExactly(new Keys(SELF, 0, "c", keys(0, 1)));
        assertThat(bus.tried).allSatisfy(each -> assertThat(each.sequence()).isZero());
    }

    @Test
    void tell_doesNotWaitForTheBus_ifNobodyAsksForThat() {
        bus.takes = false;
        announcer.start(bus);

        announcer.tell("c", keys(0, 1), Confirmation.NOT_AWAITED);
        announcer.tell("c", keys(0, 1), Confirmation.NOT_AWAITED);
        bus.takes = true;

        await().atMost(LIMIT).until(() -> counters.sentCount() > 0);
    }

    @Test
    void tell_noRoom_waits_andThenTellsAllKeys() {
        bus.takes = false;
        announcer.start(bus);
        announcer.tell("first", keys(0, 1), Confirmation.NOT_AWAITED);
        await().atMost(LIMIT).until(() -> !bus.tried.isEmpty()); // That one has left the queue.
        announcer.tell("c", keys(0, Announcer.MAX_QUEUED_KEYS), Confirmation.NOT_AWAITED);

        long startNanos = System.nanoTime();
        announcer.tell("c", keys(60_000, 60_001), Confirmation.NOT_AWAITED);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        bus.takes = true;

        await().atMost(LIMIT).until(() -> bus.announced().size() == 2);
        assertThat(bus.announced()).containsExactly(new Keys(SELF, 0, "first", keys(0, 1)), new All(SELF, 1, "c"));
    }

    @Test
    void tell_moreKeysThanThereIsEverRoomFor_tellsAllAtOnce() {
        announcer.start(bus);

        announcer.tell("c", keys(0, Announcer.MAX_QUEUED_KEYS + 1), Confirmation.AWAITED);

        assertThat(bus.announced()).containsExactly(new All(SELF, 0, "c"));
    }

    @Test
    void close_tellsWhatIsLeft_andSaysFarewell() {
        announcer.start(bus);
        announcer.tell("c", keys(0, 1), Confirmation.NOT_AWAITED);

        announcer.close();

        assertThat(bus.announced()).containsExactly(new Keys(SELF, 0, "c", keys(0, 1)), new Farewell(SELF, 1));
    }

    @Test
    void close_busTakesNothing_endsAndSaysNoFarewell() {
        bus.takes = false;
        announcer.start(bus);
        announcer.tell("c", keys(0, 1), Confirmation.NOT_AWAITED);

        announcer.close();
        bus.takes = true;

        assertThat(bus.taken).isEmpty();
        assertThat(bus.tried).isNotEmpty().allSatisfy(each -> assertThat(each).isInstanceOf(Announcement.class));
        await().atMost(LIMIT)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("fyercache-invalidation-test")));
    }
}
