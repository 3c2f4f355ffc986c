package io.fyercache.sharded.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** N1, N2, the member's side. */
class NearTellerTest {
    private static final int NEAR = 0;
    private static final int OTHER = 1;
    private static final int PARTITION = 3;
    private static final long CLIENT = 7;
    private static final long SENT = -5;

    private final Member member = new Member();
    private final NearTeller teller = new NearTeller(member, Rules.ALL, 0);
    private long now;

    /** A member that leads two partitions, and some other one does not. */
    private static class Member implements NearTeller.Host {
        private record Sent(long client, ClientMessage message) {}

        private final List<Sent> sent = new ArrayList<>();
        private boolean leased = true;
        private long generation = 1;
        private long committed = 10;

        @Override
        public void send(long client, ClientMessage message) {
            sent.add(new Sent(client, message));
        }

        @Override
        public boolean isLeased(int partition, long nowNanos) {
            return leased && leads(partition);
        }

        @Override
        public boolean leads(int partition) {
            return partition == PARTITION || partition == PARTITION + 1;
        }

        @Override
        public long generation(int partition) {
            return generation;
        }

        @Override
        public long committed(int partition) {
            return committed;
        }

        @Override
        public boolean isReadNear(int cache) {
            return cache == NEAR;
        }
    }

    private static EntryKey key(int cache, String text) {
        return new EntryKey(cache, new EncodedKey(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void commit(EntryKey... keys) {
        member.committed++;
        List<Effect> effects = List.of(keys).stream()
                .<Effect>map(key -> new Effect.Remove(key, Notice.REMOVED))
                .toList();
        teller.committed(PARTITION, new LogEntry(member.committed, 1, 0, null, effects, Done.NOTHING));
    }

    private void tick(long nanos) {
        now += nanos;
        teller.onTick(now);
    }

    private void ask(long client, long number) {
        teller.onQuestion(client, question(number), now);
    }

    private static NearQuestion question(long number) {
        return new NearQuestion(SENT, List.of(new NearQuestion.Place(PARTITION, 1, number)));
    }

    private static NearNews news(long after, long upTo, EntryKey... keys) {
        return new NearNews(PARTITION, 1, after, upTo, List.of(keys));
    }

    private List<ClientMessage> takeSent() {
        List<ClientMessage> messages =
                member.sent.stream().map(Member.Sent::message).toList();
        member.sent.clear();
        return messages;
    }

    @Test
    void question_isAnsweredWithWhatHasChangedSince() {
        ask(CLIENT, 0);
        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(10, 10))));

        commit(key(NEAR, "a"));
        ask(CLIENT, 10);

        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(10, 11, key(NEAR, "a")))));
    }

    @Test
    void whoIsNotLeased_answersNothing() {
        member.leased = false;
        ask(CLIENT, 10);
        assertThat(member.sent).isEmpty();

        NearTeller careless = new NearTeller(member, Rules.without(Rule.NEAR_NEWS_NEEDS_LEASE), 0);
        careless.onQuestion(CLIENT, question(10), now);
        assertThat(member.sent).hasSize(1);
    }

    @Test
    void partitionThatSomebodyElseLeads_isLeftOut() {
        teller.onQuestion(
                CLIENT,
                new NearQuestion(
                        SENT, List.of(new NearQuestion.Place(9, 1, 10), new NearQuestion.Place(PARTITION, 1, 10))),
                now);

        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(10, 10))));
    }

    @Test
    void whoHasAsked_isToldWithTheNextTick_allThatHasChanged() {
        ask(CLIENT, 10);
        takeSent();
        commit(key(NEAR, "a"));
        commit(key(NEAR, "b"));
        assertThat(member.sent).isEmpty();

        tick(1);
        assertThat(takeSent()).containsExactly(new NearChanges(List.of(news(10, 12, key(NEAR, "b"), key(NEAR, "a")))));

        commit(key(NEAR, "c"));
        tick(1);
        assertThat(takeSent()).containsExactly(new NearChanges(List.of(news(12, 13, key(NEAR, "c")))));
    }

    @Test
    void cachesThatNobodyReadsNear_areNotToldOf_butCounted() {
        ask(CLIENT, 10);
        takeSent();
        commit(key(OTHER, "a"));
        commit(key(NEAR, "k").unwritten());
        tick(1);
        assertThat(member.sent).isEmpty();

        commit(key(NEAR, "b"));
        tick(1);
        assertThat(takeSent()).containsExactly(new NearChanges(List.of(news(10, 13, key(NEAR, "b")))));
    }

    @Test
    void whoHasNotAskedForAWhile_isToldNoMore_andNothingIsKept() {
        ask(CLIENT, 10);
        takeSent();
        tick(NearTimes.FORGET_NANOS);
        commit(key(NEAR, "a"));
        tick(1);
        assertThat(member.sent).isEmpty();

        ask(CLIENT, 10);
        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(11, 11))));
    }

    @Test
    void moreProcessesThanAreTold_areAnsweredWhenTheyAsk() {
        for (long client = 0; client <= NearTeller.MAX_TOLD; client++) {
            ask(client, 10);
        }
        takeSent();
        commit(key(NEAR, "a"));
        tick(1);

        assertThat(member.sent)
                .hasSize(NearTeller.MAX_TOLD)
                .extracting(Member.Sent::client)
                .doesNotContain((long) NearTeller.MAX_TOLD);
        takeSent();
        ask(NearTeller.MAX_TOLD, 10);
        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(10, 11, key(NEAR, "a")))));
    }

    @Test
    void whatWasCommittedByAnotherPrimaryInBetween_countsAsMissed() {
        ask(CLIENT, 10);
        takeSent();
        member.committed = 15;
        ask(CLIENT, 10);
        assertThat(takeSent()).containsExactly(new NearAnswer(SENT, List.of(news(15, 15))));
    }

    @Test
    void lossOfThePartition_isToldByItsGeneration() {
        ask(CLIENT, 10);
        takeSent();
        member.generation = 2;
        member.committed = 10;
        ask(CLIENT, 10);
        assertThat(takeSent())
                .containsExactly(new NearAnswer(SENT, List.of(new NearNews(PARTITION, 2, 10, 10, List.of()))));
    }

    @Test
    void muchNews_comesInSeveralMessages() {
        String longKey = String.join("", Collections.nCopies(60_000, "x"));
        int partitions = 12;
        Member leader = new Member() {
            @Override
            public boolean leads(int partition) {
                return partition < partitions;
            }
        };
        NearTeller many = new NearTeller(leader, Rules.ALL, 0);
        List<NearQuestion.Place> places = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            places.add(new NearQuestion.Place(partition, 1, 10));
        }
        many.onQuestion(CLIENT, new NearQuestion(SENT, places), now);
        leader.sent.clear();
        leader.committed++;
        for (int partition = 0; partition < partitions; partition++) {
            Effect effect = new Effect.Remove(key(NEAR, longKey), Notice.REMOVED);
            many.committed(partition, new LogEntry(11, 1, 0, null, List.of(effect), Done.NOTHING));
        }

        many.onTick(1);

        assertThat(leader.sent).hasSize(3);
        assertThat(leader.sent.stream()
                        .mapToInt(each -> ((NearChanges) each.message()).news().size())
                        .sum())
                .isEqualTo(partitions);
    }
}
