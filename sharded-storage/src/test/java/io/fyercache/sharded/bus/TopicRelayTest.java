package io.fyercache.sharded.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Delivery;
import io.fyercache.sharded.message.ClientMessage.FromRelay.Unsubscribed;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Heard;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Publish;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Subscribe;
import io.fyercache.sharded.message.ClientMessage.ToRelay.Unsubscribe;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.PartitionLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A1 to A3, the member's side. Each process of this test has one line, with the number of the process. */
class TopicRelayTest {
    private static final String TOPIC = "t";
    private static final long STALENESS = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final Member member = new Member();
    private long now = 77;
    private final TopicRelay relay = new TopicRelay(member, Rules.ALL, now);

    /** A member with one partition. */
    private static final class Member implements TopicRelay.Host {
        private record Sent(long client, ClientMessage message) {}

        private final List<Sent> sent = new ArrayList<>();
        private boolean leased = true;
        private long epoch = 1;

        @Override
        public void send(long client, ClientMessage message) {
            sent.add(new Sent(client, message));
        }

        @Override
        public PartitionLayout layout() {
            return PartitionLayout.spread(1);
        }

        @Override
        public long leasedEpoch(int partition, long nowNanos) {
            return leased ? epoch : 0;
        }

        @Override
        public long epoch(int partition) {
            return epoch;
        }

        List<ClientMessage> takeOf(long client) {
            List<ClientMessage> messages = sent.stream()
                    .filter(each -> each.client() == client)
                    .map(Sent::message)
                    .toList();
            sent.removeIf(each -> each.client() == client);
            return messages;
        }
    }

    private static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8));
    }

    private void say(ToRelay message) {
        relay.onMessage(message.line(), message, now);
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end; now += Math.min(10 * MILLI, end - now)) {
            relay.onTick(now);
        }
        relay.onTick(now);
    }

    private void subscribe(long process) {
        say(new Subscribe(TOPIC, process, 1, STALENESS, 0));
    }

    private void hear(long process, long number) {
        say(new Heard(TOPIC, process, 1, number));
    }

    private void publish(long process, long number, String text) {
        say(new Publish(TOPIC, process, 1, number, value(text)));
    }

    private static Delivery delivery(long process, long after, long taken, long delivered, String... texts) {
        return new Delivery(
                process,
                1,
                after,
                List.of(texts).stream().map(TopicRelayTest::value).toList(),
                taken,
                delivered);
    }

    /** Two processes listen, and know it. */
    private void begin() {
        for (long process = 1; process <= 2; process++) {
            subscribe(process);
            hear(process, 0);
        }
        member.sent.clear();
    }

    // ---- subscriptions

    @Test
    void whoIsNotLeased_saysNothing() {
        member.leased = false;

        subscribe(1);
        hear(1, 0);

        assertThat(member.sent).isEmpty();
    }

    @Test
    void subscribe_saysWhereItBegins_untilThatIsKnown() {
        subscribe(1);
        hear(1, 0);
        publish(1, 1, "a");
        member.sent.clear();

        subscribe(2);
        assertThat(member.takeOf(2)).containsExactly(delivery(2, 1, 0, 0));
        publish(1, 2, "b");
        assertThat(member.takeOf(2)).isEmpty();
        pass(100 * MILLI);
        assertThat(member.takeOf(2)).containsExactly(delivery(2, 1, 0, 0));
        hear(2, 1);
        assertThat(member.takeOf(2)).containsExactly(delivery(2, 1, 0, 0, "b"));
    }

    @Test
    void whoIsNotKnown_isToldSo() {
        hear(1, 0);
        assertThat(member.takeOf(1)).containsExactly(new Unsubscribed(1, 1));
        begin();
        say(new Heard(TOPIC, 2, 2, 0));
        say(new Heard("other", 1, 1, 0));

        assertThat(member.takeOf(1)).containsExactly(new Unsubscribed(1, 1));
        assertThat(member.takeOf(2)).containsExactly(new Unsubscribed(2, 2));
    }

    @Test
    void laterSubscription_takesThePlaceOfTheOneBefore_whichIsNotHeard() {
        begin();

        say(new Subscribe(TOPIC, 1, 2, STALENESS, 0));
        say(new Subscribe(TOPIC, 1, 1, STALENESS, 0));
        publish(1, 1, "of the one before");

        assertThat(member.takeOf(1)).containsExactly(new Delivery(1, 2, 0, List.of(), 0, 0));
        assertThat(member.sent).isEmpty();
    }

    // ---- publications

    @Test
    void publication_isBroughtToAll_andIsWithAll_whenEachHasTakenItIn() {
        begin();

        publish(1, 1, "a");

        assertThat(member.takeOf(1)).containsExactly(delivery(1, 0, 1, 0, "a"));
        assertThat(member.takeOf(2)).containsExactly(delivery(2, 0, 0, 0, "a"));
        hear(1, 1);
        assertThat(member.sent).isEmpty();
        hear(2, 1);
        assertThat(member.takeOf(1)).containsExactly(delivery(1, 1, 1, 1));
        assertThat(member.sent).isEmpty();
    }

    @Test
    void publication_thatComesAgainOrTooEarly_isNotTaken_andItIsSaidWhatIs() {
        begin();
        publish(1, 1, "a");
        member.sent.clear();

        publish(1, 1, "a");
        publish(1, 3, "c");

        assertThat(member.takeOf(1)).containsExactly(delivery(1, 1, 1, 0), delivery(1, 1, 1, 0));
        assertThat(member.sent).isEmpty();
    }

    @Test
    void whatIsNotTakenIn_isBroughtAgain() {
        begin();
        publish(1, 1, "a");
        publish(1, 2, "b");
        hear(2, 1);
        member.sent.clear();

        pass(100 * MILLI);

        assertThat(member.takeOf(2)).containsExactly(delivery(2, 1, 0, 0, "b"));
    }

    @Test
    void whoIsSilent_isWaitedFor_untilHeGoesByNothingAnyMore() {
        begin();
        publish(1, 1, "a");
        hear(1, 1);

        pass(STALENESS);
        publish(1, 2, "so that the first is heard of");
        hear(1, 2);
        assertThat(member.takeOf(1)).noneMatch(each -> each instanceof Delivery said && said.delivered() > 0);

        pass(STALENESS / 100 + 5 * MILLI);
        assertThat(member.takeOf(1)).contains(delivery(1, 2, 2, 2));
        hear(2, 1);
        assertThat(member.takeOf(2)).endsWith(new Unsubscribed(2, 1));
    }

    @Test
    void whoHasPublished_goesByItFromThenOn() {
        begin();
        pass(STALENESS - MILLI);
        publish(2, 1, "alive");
        hear(1, 1);
        publish(1, 1, "a");
        hear(1, 2);

        pass(STALENESS);

        assertThat(member.takeOf(1)).noneMatch(each -> each instanceof Delivery said && said.delivered() > 0);
    }

    @Test
    void whoListensNoMore_isNotWaitedFor() {
        begin();
        publish(1, 1, "a");
        hear(1, 1);
        member.sent.clear();

        say(new Unsubscribe(TOPIC, 2, 1));

        assertThat(member.takeOf(1)).containsExactly(delivery(1, 1, 1, 1));
    }

    @Test
    void whoHasJustSubscribed_isWaitedFor_untilHeKnows() {
        begin();
        publish(1, 1, "a");
        hear(1, 1);
        say(new Subscribe(TOPIC, 2, 2, STALENESS, 0));
        member.sent.clear();

        say(new Heard(TOPIC, 2, 2, 1));

        assertThat(member.takeOf(1)).containsExactly(delivery(1, 1, 1, 1));
    }

    // ---- epochs

    @Test
    void nextEpoch_knowsNobody_andWaitsForThoseWhomTheRelayBeforeKnew() {
        begin();
        member.epoch = 2;
        hear(1, 0);
        assertThat(member.takeOf(1)).containsExactly(new Unsubscribed(1, 1));

        say(new Subscribe(TOPIC, 1, 2, STALENESS, 0));
        say(new Heard(TOPIC, 1, 2, 0));
        say(new Publish(TOPIC, 1, 2, 1, value("a")));
        say(new Heard(TOPIC, 1, 2, 1));
        pass(STALENESS / 2);
        say(new Publish(TOPIC, 1, 2, 2, value("alive")));
        say(new Heard(TOPIC, 1, 2, 2));
        pass(STALENESS / 2);
        assertThat(member.takeOf(1)).noneMatch(each -> each instanceof Delivery said && said.delivered() > 0);

        pass(STALENESS / 100 + 5 * MILLI);
        assertThat(member.takeOf(1)).contains(new Delivery(1, 2, 2, List.of(), 2, 2));
    }

    @Test
    void whoHasReignedForLong_waitsForNobodyOfBefore() {
        member.epoch = 2;
        pass(2 * STALENESS);
        begin();

        publish(1, 1, "a");
        hear(1, 1);
        hear(2, 1);

        assertThat(member.takeOf(1)).endsWith(delivery(1, 1, 1, 1));
    }

    // ---- limits

    @Test
    void moreThanSomebodyTakesIn_isNotTaken_untilHeHasLapsed() {
        begin();
        byte[] large = new byte[256 << 10];
        long number = 0;
        for (int i = 0; i < 100; i++) {
            number++;
            say(new Publish(TOPIC, 1, 1, number, new EncodedValue(large)));
            hear(1, number);
        }
        List<ClientMessage> told = member.takeOf(1);

        Delivery last = (Delivery) told.get(told.size() - 1);
        assertThat(last.taken()).isBetween(60L, 64L);
        assertThat(member.takeOf(2)).hasSizeLessThan(6); // A window, and no more.
        pass(STALENESS + STALENESS / 100 + 5 * MILLI);
        subscribe(1);
        hear(1, 0);
        publish(1, 1, "there is room");
        assertThat(member.takeOf(1)).anyMatch(each -> each instanceof Delivery said && said.taken() == 1);
    }

    @Test
    void morePublicationsThanALimit_areNotTaken_whileThoseBeforeWaitForAnEarlierRelay() {
        member.epoch = 2;
        begin();
        for (int number = 1; number <= RelayedTopic.MAX_PUBLICATIONS; number++) {
            publish(1, number, "");
            hear(1, number);
            hear(2, number);
        }
        member.sent.clear();

        publish(1, RelayedTopic.MAX_PUBLICATIONS + 1, "one more");

        assertThat(member.takeOf(1))
                .containsExactly(delivery(1, RelayedTopic.MAX_PUBLICATIONS, RelayedTopic.MAX_PUBLICATIONS, 0));
        assertThat(member.takeOf(2)).isEmpty();
        publish(2, 1, "of another line");
        assertThat(member.takeOf(2)).isNotEmpty();
    }

    @Test
    void moreTopicsThanALimit_areNotNoticed() {
        for (int i = 0; i < TopicRelay.MAX_TOPICS; i++) {
            say(new Subscribe("t" + i, 1, 1, STALENESS, 0));
        }
        member.sent.clear();

        say(new Subscribe("one more", 1, 1, STALENESS, 0));

        assertThat(member.sent).isEmpty();
    }
}
