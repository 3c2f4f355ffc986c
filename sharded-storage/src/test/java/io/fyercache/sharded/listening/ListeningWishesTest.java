package io.fyercache.sharded.listening;

import static io.fyercache.sharded.listening.ListeningTimes.BEAT_NANOS;
import static io.fyercache.sharded.listening.ListeningTimes.RENEWAL_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.sharded.client.RequestRouter;
import io.fyercache.sharded.client.RetryPolicy;
import io.fyercache.sharded.client.RouterHost;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.ListenerBeat;
import io.fyercache.sharded.message.ClientMessage.Reply;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** V3, the side of a process that listens. */
class ListeningWishesTest {
    private static final Incarnation ONE = new Incarnation(1);
    private static final Incarnation TWO = new Incarnation(2);
    private static final int CACHE = 3;
    private static final ChangeInterest EVERYTHING = new ChangeInterest(15, 0, 0);

    private final Notes notes = new Notes();
    private final RequestRouter router = new RequestRouter(9, notes, RetryPolicy.STANDARD, 0);
    private final ListeningWishes wishes = new ListeningWishes(router, notes, 0);
    private long now;

    private static final class Notes implements RouterHost, ListeningWishes.Host {
        final List<Call> calls = new ArrayList<>();
        final List<Incarnation> beats = new ArrayList<>();
        final List<Integer> forgotten = new ArrayList<>();

        @Override
        public boolean send(Incarnation member, Call call) {
            calls.add(call);
            return true;
        }

        @Override
        public void send(Incarnation member, ClientMessage message) {
            assertThat(message).isEqualTo(ListenerBeat.LISTENER_BEAT);
            beats.add(member);
        }

        @Override
        public Collection<Incarnation> members() {
            return List.of(ONE, TWO);
        }

        @Override
        public void wasForgotten(int partition, int cache) {
            assertThat(cache).isEqualTo(CACHE);
            forgotten.add(partition);
        }

        @Override
        public void learnTable() {
            throw new AssertionError("it is known");
        }

        @Override
        public long draw(long bound) {
            return 0;
        }
    }

    private void learn(long version, PartitionRecord... records) {
        VersionedTable table = new VersionedTable(
                version, PartitionTable.of(PartitionLayout.spread(records.length), List.of(records)));
        router.onTable(table, now);
        wishes.onTable(table);
    }

    private void learn() {
        learn(1, PartitionRecord.initial(ONE), PartitionRecord.initial(ONE));
    }

    private void tick(long nanos) {
        now += nanos;
        wishes.onTick(now);
        wishes.onTick(now);
    }

    /** Answers all calls: whether the wish was known. */
    private void answer(boolean known) {
        for (Call call : List.copyOf(notes.calls)) {
            router.onReply(
                    new Reply(
                            call.partition(),
                            call.request().id(),
                            call.request().attempt(),
                            new Done(new OperationResult.Flag(known), 0)),
                    now);
        }
    }

    @Test
    void whoListensToNothing_saysNothing() {
        learn();
        wishes.wish(EVERYTHING);
        tick(RENEWAL_NANOS);

        assertThat(notes.beats).isEmpty();
        assertThat(notes.calls).isEmpty();
    }

    @Test
    void whoListens_tellsAllMembersEachSecondThatItIsThere() {
        learn();
        wishes.told(CACHE, wishes.wish(EVERYTHING));
        tick(BEAT_NANOS);
        tick(BEAT_NANOS / 2);

        assertThat(notes.beats).containsExactly(ONE, TWO);
    }

    @Test
    void eachPartition_isRemindedNowAndThen() {
        learn();
        Task.Listen wish = wishes.wish(EVERYTHING);
        wishes.told(CACHE, wish);
        tick(RENEWAL_NANOS - 1);
        assertThat(notes.calls).isEmpty();

        tick(1);
        assertThat(notes.calls).extracting(Call::partition).containsExactly(0, 1);
        assertThat(notes.calls.get(0).request().task()).isEqualTo(wish);
        answer(true);
        assertThat(notes.forgotten).isEmpty();
    }

    @Test
    void partitionThatHadForgotten_isTold() {
        learn();
        wishes.told(CACHE, wishes.wish(EVERYTHING));
        tick(RENEWAL_NANOS);
        answer(false);

        assertThat(notes.forgotten).containsExactly(0, 1);
    }

    @Test
    void lastWish_isTheOneOfWhichPartitionsAreReminded() {
        learn();
        Task.Listen first = wishes.wish(EVERYTHING);
        Task.Listen last = wishes.wish(ChangeInterest.NONE);
        wishes.told(CACHE, last);
        wishes.told(CACHE, first);
        tick(RENEWAL_NANOS);

        assertThat(notes.calls.get(0).request().task()).isEqualTo(last);
        assertThat(notes.beats).isEmpty();
        answer(false);
        assertThat(notes.forgotten).isEmpty(); // There was something to forget.
    }

    @Test
    void partitionThatWasLost_isRemindedAtOnce() {
        learn();
        wishes.told(CACHE, wishes.wish(EVERYTHING));
        PartitionRecord lost = PartitionRecord.initial(ONE).reset(TWO);
        learn(2, PartitionRecord.initial(ONE), lost);
        tick(1);

        assertThat(notes.calls).extracting(Call::partition).containsExactly(1);
    }
}
