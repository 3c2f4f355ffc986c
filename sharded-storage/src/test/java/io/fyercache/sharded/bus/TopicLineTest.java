package io.fyercache.sharded.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Delivery;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A1 to A4, the side of a process. */
class TopicLineTest {
    private static final String TOPIC = "t";
    private static final long LINE = -3;
    private static final long STALENESS = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);

    private final Hearer process = new Hearer();
    private final TopicLines lines = new TopicLines();
    private final List<String> delivered = new ArrayList<>();
    private long now = 55;
    private long version;
    private final TopicLine line = lines.open(TOPIC, LINE, STALENESS, process, now);

    /** Takes everything in at once. */
    private static final class Hearer implements TopicLine.Host {
        private final List<ClientMessage> sent = new ArrayList<>();
        private final List<Incarnation> asked = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();
        private Consumer<ClientMessage> network = message -> {};
        private BiConsumer<Long, Long> hearing = (attempt, number) -> {};
        private int learned;

        @Override
        public void send(Incarnation member, ClientMessage message) {
            asked.add(member);
            sent.add(message);
            network.accept(message);
        }

        @Override
        public void learnTable() {
            learned++;
        }

        @Override
        public void mayHaveMissed(long attempt, long number) {
            heard.add("missed");
            hearing.accept(attempt, number);
        }

        @Override
        public void received(long attempt, List<EncodedValue> messages, long number) {
            messages.forEach(message -> heard.add(new String(message.bytes(), StandardCharsets.UTF_8)));
            hearing.accept(attempt, number);
        }

        List<ClientMessage> takeSent() {
            List<ClientMessage> messages = List.copyOf(sent);
            sent.clear();
            return messages;
        }
    }

    private void install(PartitionRecord record) {
        version++;
        lines.onTable(new VersionedTable(version, PartitionTable.of(PartitionLayout.spread(1), List.of(record))), now);
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end; now += Math.min(10 * MILLI, end - now)) {
            lines.onTick(now);
        }
        lines.onTick(now);
    }

    private static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(String text) {
        line.publish(value(text), () -> delivered.add(text), now);
    }

    private void deliver(long attempt, long after, long taken, long withAll, String... texts) {
        lines.onMessage(
                new Delivery(
                        LINE,
                        attempt,
                        after,
                        List.of(texts).stream().map(TopicLineTest::value).toList(),
                        taken,
                        withAll),
                now);
    }

    private static Subscribe subscription(long attempt, long withAll) {
        return new Subscribe(TOPIC, LINE, attempt, STALENESS, withAll);
    }

    private static Publish publication(long attempt, long number, String text) {
        return new Publish(TOPIC, LINE, attempt, number, value(text));
    }

    /** Subscribes at the first member, where the topic has had nine messages. */
    private void begin() {
        install(PartitionRecord.initial(ONE));
        deliver(1, 9, 0, 0);
        process.sent.clear();
        process.heard.clear();
    }

    // ---- subscribing

    @Test
    void table_saysWhoTheRelayIs_whoIsAsked_untilHeAnswers() {
        assertThat(process.sent).isEmpty();

        install(PartitionRecord.initial(ONE));
        pass(200 * MILLI);

        assertThat(process.takeSent()).containsExactly(subscription(1, 0), subscription(2, 0));
        assertThat(process.asked).containsOnly(ONE);
        deliver(1, 9, 0, 0);
        assertThat(process.heard).isEmpty();
        deliver(2, 9, 0, 0);
        pass(1_000 * MILLI);
        assertThat(process.heard).containsExactly("missed");
        assertThat(process.sent).isEmpty();
    }

    @Test
    void silence_hasTheTableLearned() {
        install(PartitionRecord.initial(ONE));

        pass(1_100 * MILLI);

        assertThat(process.learned).isEqualTo(2);
    }

    @Test
    void anotherEpoch_isSubscribedToAnew_andOthersAreNotHeardAnyMore() {
        begin();
        publish("a");
        process.sent.clear();

        install(PartitionRecord.initial(ONE).retarget(List.of(ONE, TWO)));
        assertThat(process.sent).isEmpty();
        install(handedTo(TWO));

        assertThat(process.takeSent()).containsExactly(subscription(2, 0));
        assertThat(process.asked).endsWith(TWO);
        deliver(1, 9, 1, 0, "late");
        assertThat(process.heard).isEmpty();
        deliver(2, 4, 0, 0);
        assertThat(process.heard).containsExactly("missed");
        assertThat(process.takeSent()).containsExactly(publication(2, 1, "a"));
    }

    private static PartitionRecord handedTo(Incarnation next) {
        return PartitionRecord.founding(List.of(ONE, next)).handOver(next);
    }

    @Test
    void relayThatKnowsNothing_isSubscribedToAnew() {
        begin();

        lines.onMessage(new Unsubscribed(LINE, 1), now);
        lines.onMessage(new Unsubscribed(LINE, 1), now);

        assertThat(process.takeSent()).containsExactly(subscription(2, 0));
    }

    @Test
    void relayThatTakesNothing_isSubscribedToAnew() {
        begin();
        publish("a");

        pass(1_990 * MILLI);
        assertThat(process.takeSent()).containsOnly(publication(1, 1, "a"));
        pass(10 * MILLI);

        assertThat(process.takeSent()).contains(subscription(2, 0));
    }

    @Test
    void close_saysSo_andNothingIsHeardAnyMore() {
        begin();

        lines.close(line);
        deliver(1, 9, 0, 0, "late");

        assertThat(process.takeSent()).containsExactly(new Unsubscribe(TOPIC, LINE, 1));
        assertThat(process.heard).isEmpty();
    }

    // ---- hearing

    @Test
    void messages_areHeardOnce_inOrder() {
        begin();

        deliver(1, 10, 0, 0, "b");
        assertThat(process.heard).isEmpty();
        deliver(1, 9, 0, 0, "a", "b");
        deliver(1, 9, 0, 0, "a", "b", "c");

        assertThat(process.heard).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsTakenIn_isSaid_andAgainIfItIsBroughtAgain() {
        begin();
        deliver(1, 9, 0, 0, "a");
        assertThat(process.sent).isEmpty();

        line.takenIn(1, 10);
        line.takenIn(0, 12);
        deliver(1, 9, 0, 0, "a");

        assertThat(process.takeSent()).containsExactly(new Heard(TOPIC, LINE, 1, 10), new Heard(TOPIC, LINE, 1, 10));
    }

    @Test
    void whatIsMissingForLong_isGivenUp_byAnotherSubscription() {
        begin();
        for (int i = 0; i < 20; i++) {
            deliver(1, 12, 0, 0, "x");
            pass(100 * MILLI);
        }

        assertThat(process.takeSent()).contains(subscription(2, 0));
    }

    // ---- publishing

    @Test
    void publications_areSentInOrder_andAgainUntilTheyAreTaken() {
        publish("before there was a relay");
        begin();
        publish("a");
        publish("b");
        assertThat(process.takeSent()).containsExactly(publication(1, 2, "a"), publication(1, 3, "b"));

        deliver(1, 9, 2, 0);
        pass(100 * MILLI);

        assertThat(process.takeSent()).containsExactly(publication(1, 3, "b"));
        deliver(1, 9, 3, 0);
        pass(1_000 * MILLI);
        assertThat(process.sent).isEmpty();
    }

    @Test
    void lostPublication_isSentAgain_howeverManyFollow() {
        begin();
        for (int i = 0; i < 15; i++) {
            publish("p" + i);
            pass(10 * MILLI);
        }

        assertThat(process.takeSent().stream().filter(publication(1, 1, "p0")::equals))
                .hasSize(2);
    }

    @Test
    void publications_areDelivered_whenTheRelaySaysSo_onceAndInOrder() {
        begin();
        publish("a");
        publish("b");
        publish("c");

        deliver(1, 9, 3, 2);
        deliver(1, 9, 3, 1);
        deliver(1, 9, 3, 2);

        assertThat(delivered).containsExactly("a", "b");
        install(handedTo(TWO));
        deliver(2, 0, 0, 0);
        assertThat(process.takeSent()).contains(subscription(2, 2), publication(2, 3, "c"));
    }

    @Test
    void whoAwaitsThatAllIsTaken_isToldOnce_whenItIs_alsoByAnotherRelay() {
        begin();
        List<String> told = new ArrayList<>();
        line.whenTaken(() -> told.add("nothing"));
        publish("a");
        line.whenTaken(() -> told.add("a"));
        publish("b");
        line.whenTaken(() -> told.add("b"));
        assertThat(told).containsExactly("nothing");

        deliver(1, 9, 1, 0);
        assertThat(told).containsExactly("nothing", "a");
        install(handedTo(TWO));
        deliver(2, 0, 0, 0);
        deliver(2, 0, 1, 0);
        assertThat(told).containsExactly("nothing", "a");
        deliver(2, 0, 2, 0);

        assertThat(told).containsExactly("nothing", "a", "b");
    }

    @Test
    void publications_waitForAWindow() {
        begin();
        byte[] large = new byte[256 << 10];
        for (int i = 0; i < 10; i++) {
            line.publish(new EncodedValue(large), () -> {}, now);
        }

        assertThat(process.takeSent()).hasSize(3);
        deliver(1, 9, 2, 0);
        assertThat(process.takeSent()).hasSize(2);
    }

    @Test
    void relayThatWaitsForOthers_isAskedWhetherItStillKnowsTheLine() {
        begin();
        publish("a");
        deliver(1, 9, 1, 0);
        process.sent.clear();

        pass(1_990 * MILLI);
        assertThat(process.sent).isEmpty();
        pass(2_010 * MILLI);

        assertThat(process.takeSent()).containsExactly(new Heard(TOPIC, LINE, 1, 8), new Heard(TOPIC, LINE, 1, 8));
        lines.onMessage(new Unsubscribed(LINE, 1), now);
        deliver(2, 9, 0, 0);
        assertThat(process.takeSent()).containsExactly(subscription(2, 0), publication(2, 1, "a"));
        deliver(2, 9, 1, 1);
        assertThat(delivered).containsExactly("a");
        pass(4_000 * MILLI);
        assertThat(process.sent).isEmpty();
    }

    /** A relay that waits for those whom one before it knew forgets a line that says nothing meanwhile in the same moment in which it need wait no longer. */
    @Test
    void lineThatLapsesWhileItsPublicationsWait_isToldOfThemAllTheSame() {
        Deque<Runnable> network = new ArrayDeque<>();
        SecondRelay member = new SecondRelay(network);
        TopicRelay relay = new TopicRelay(member, Rules.ALL, now);
        process.network = message -> network.add(() -> relay.onMessage(1, (ToRelay) message, now));
        process.hearing = (attempt, number) -> network.add(() -> line.takenIn(attempt, number));
        install(handedTo(TWO));
        publish("a");

        for (long end = now + 20 * STALENESS; now < end && delivered.isEmpty(); now += 10 * MILLI) {
            while (!network.isEmpty()) {
                network.remove().run();
            }
            relay.onTick(now);
            lines.onTick(now);
        }

        assertThat(delivered).containsExactly("a");
    }

    /** A member that leads the topic in the second epoch of its partition. */
    private final class SecondRelay implements TopicRelay.Host {
        private final Deque<Runnable> network;

        SecondRelay(Deque<Runnable> network) {
            this.network = network;
        }

        @Override
        public void send(long client, ClientMessage message) {
            network.add(() -> lines.onMessage((FromRelay) message, now));
        }

        @Override
        public PartitionLayout layout() {
            return PartitionLayout.spread(1);
        }

        @Override
        public long leasedEpoch(int partition, long nowNanos) {
            return 2;
        }

        @Override
        public long epoch(int partition) {
            return 2;
        }
    }

    @Test
    void relayThatSaysMoreThanThereIs_isNotBelieved() {
        begin();
        publish("a");

        deliver(1, 9, 7, 7);
        publish("b");

        assertThat(delivered).containsExactly("a");
        assertThat(process.takeSent()).endsWith(publication(1, 2, "b"));
    }
}
