package io.fyercache.core.bus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fyercache.core.bus.BusAddress;
import io.fyercache.core.bus.BusException;
import io.fyercache.core.bus.BusUse;
import io.fyercache.core.bus.InvalidationBus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link InvalidationBus} does, whatever is behind it. */
public abstract class InvalidationBusContract {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    /** Longer than any test listens without a word of its own: a bus that knows its listeners forgets who says nothing for so long. */
    private static final Duration STALENESS = Duration.ofSeconds(10);

    private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(2);

    private final List<InvalidationBus> opened = new ArrayList<>();
    private final String topic = "contract-" + TOPICS.incrementAndGet();

    /** Returns the broker, running. */
    protected abstract BusFixture fixture();

    @AfterEach
    void closeBuses() {
        opened.forEach(InvalidationBus::close);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                        .noneMatch(name -> name.startsWith("fyercache-") && name.contains(topic)));
    }

    private InvalidationBus open(RecordingListener listener) {
        BusUse use = new BusUse(topic, getClass().getClassLoader(), CONFIRM_LIMIT, STALENESS);
        InvalidationBus bus = fixture().provider().open(BusAddress.of(fixture().address(topic)), use, listener);
        opened.add(bus);
        return bus;
    }

    private InvalidationBus openAndListen(RecordingListener listener) {
        InvalidationBus bus = open(listener);
        eventually().until(() -> listener.beginnings() > 0);
        return bus;
    }

    /** Waits for what a broker does. */
    static ConditionFactory eventually() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void publish_severalListeners_allHearItInOrderThePublisherToo() {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        InvalidationBus bus = openAndListen(first);
        openAndListen(second);
        List<String> published =
                IntStream.range(0, 200).mapToObj(Integer::toString).toList();

        published.forEach(text -> bus.publish(bytes(text)));

        eventually().untilAsserted(() -> assertThat(first.texts()).isEqualTo(published));
        eventually().untilAsserted(() -> assertThat(second.texts()).isEqualTo(published));
    }

    @Test
    void publish_saysWhenAMessageIsWithAll_inTheirOrder() {
        RecordingListener first = new RecordingListener();
        RecordingListener second = new RecordingListener();
        InvalidationBus bus = openAndListen(first);
        openAndListen(second);
        List<String> delivered = new CopyOnWriteArrayList<>();
        List<String> published =
                IntStream.range(0, 50).mapToObj(Integer::toString).toList();

        published.forEach(text -> bus.publish(bytes(text), () -> delivered.add(text)));

        eventually().untilAsserted(() -> assertThat(delivered).isEqualTo(published));
        eventually().untilAsserted(() -> assertThat(second.texts()).isEqualTo(published));
    }

    @Test
    void publish_longestMessage_comesWhole() {
        RecordingListener listener = new RecordingListener();
        InvalidationBus bus = openAndListen(listener);
        byte[] longest = new byte[InvalidationBus.MAX_MESSAGE_BYTES];
        longest[longest.length - 1] = 7;

        bus.publish(longest);

        eventually().until(() -> !listener.messages().isEmpty());
        assertThat(listener.messages().get(0)).isEqualTo(longest);
    }

    @Test
    void otherTopics_areNotHeard() {
        RecordingListener listener = new RecordingListener();
        InvalidationBus bus = openAndListen(listener);
        RecordingListener elsewhere = new RecordingListener();
        URI other = fixture().address(topic + "-other");
        InvalidationBus second = fixture()
                .provider()
                .open(
                        BusAddress.of(other),
                        new BusUse(topic, getClass().getClassLoader(), CONFIRM_LIMIT, STALENESS),
                        elsewhere);
        opened.add(second);
        eventually().until(() -> elsewhere.beginnings() > 0);

        second.publish(bytes("there"));
        eventually().until(() -> elsewhere.texts().contains("there"));
        bus.publish(bytes("here"));

        eventually().untilAsserted(() -> assertThat(listener.texts()).containsExactly("here"));
    }

    @Test
    void foreignMessage_doesNotKeepOthersFromComing() throws Exception {
        RecordingListener listener = new RecordingListener();
        InvalidationBus bus = openAndListen(listener);

        fixture().publishForeign(topic, bytes("garbage"));
        bus.publish(bytes("ours"));

        eventually().untilAsserted(() -> assertThat(listener.texts()).contains("ours"));
    }

    @Test
    void brokerStops_publishFailsWithinItsLimit_andGoesOnWhenItIsBack() throws Exception {
        RecordingListener listener = new RecordingListener();
        InvalidationBus bus = openAndListen(listener);
        bus.publish(bytes("before"));
        eventually().until(() -> listener.texts().contains("before"));

        fixture().stop();
        try {
            long startNanos = System.nanoTime();
            assertThatThrownBy(() -> bus.publish(bytes("meanwhile"))).isInstanceOf(BusException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(CONFIRM_LIMIT.multipliedBy(3));
        } finally {
            fixture().start();
        }

        eventually().ignoreExceptions().until(() -> {
            bus.publish(bytes("after"));
            return true;
        });
        eventually().ignoreExceptions().until(() -> {
            bus.publish(bytes("again"));
            return listener.texts().contains("again");
        });
    }

    @Test
    void brokerIsNotThere_openReturns_andConnectsWhenItIs() throws Exception {
        fixture().stop();
        RecordingListener listener = new RecordingListener();
        InvalidationBus bus;
        try {
            bus = open(listener);
            assertThatThrownBy(() -> bus.publish(bytes("too early"))).isInstanceOf(BusException.class);
            assertThat(listener.beginnings()).isZero();
        } finally {
            fixture().start();
        }

        eventually().until(() -> listener.beginnings() > 0);
        eventually().ignoreExceptions().until(() -> {
            bus.publish(bytes("hello"));
            return listener.texts().contains("hello");
        });
    }

    @Test
    void address_withUnknownSetting_isRefused() {
        URI address = fixture().address(topic);
        URI wrong = URI.create(address + (address.getRawQuery() == null ? "?" : "&") + "colour=blue");

        assertThatThrownBy(() -> fixture()
                        .provider()
                        .open(
                                BusAddress.of(wrong),
                                new BusUse(topic, getClass().getClassLoader(), CONFIRM_LIMIT, STALENESS),
                                new RecordingListener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }
}
