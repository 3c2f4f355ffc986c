package io.fyercache.sharded.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.engine.CacheDefinition;
import io.fyercache.core.statistics.CacheCount;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.statistics.CacheCounts;
import io.fyercache.core.time.ManualClock;
import io.fyercache.sharded.coordination.MembersPresent;
import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Busy;
import io.fyercache.sharded.message.Answer.Moved;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.CacheDestroyed;
import io.fyercache.sharded.message.ClientMessage.Call;
import io.fyercache.sharded.message.ClientMessage.CountsAsked;
import io.fyercache.sharded.message.ClientMessage.CountsTold;
import io.fyercache.sharded.message.ClientMessage.FromRelay;
import io.fyercache.sharded.message.ClientMessage.TimeAsked;
import io.fyercache.sharded.message.ClientMessage.TimeTold;
import io.fyercache.sharded.message.ClientMessage.ToRelay;
import io.fyercache.sharded.message.CountedCache;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.MemberMessage.Grant;
import io.fyercache.sharded.message.Message;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.HostedCache;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.Member;
import io.fyercache.sharded.topology.PartitionLayout;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.sharded.topology.PartitionSet;
import io.fyercache.sharded.topology.PartitionTable;
import io.fyercache.sharded.transport.Peer;
import io.fyercache.sharded.transport.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A member without a table, which answers each request that it is told of at once. */
class MemberPostTest {
    private static final long CLIENT = -5;
    private static final int KNOWN = 1;
    private static final int UNKNOWN = 7;

    private static final Incarnation TWO = new Incarnation(2);
    private static final Incarnation THREE = new Incarnation(3);

    /** By which the clocks of others are ahead. */
    private static final long AHEAD_MILLIS = 300;

    private final List<Answer> answers = new ArrayList<>();
    private final Caches caches = new Caches();
    private final ManualClock clock = new ManualClock(1_000_000);
    private final Host host = new Host();
    private final MemberPost post = new MemberPost(
            new StorageMember(host, host, MemberSettings.STANDARD, clock.nanoTime()),
            host,
            new Unconnected(),
            caches,
            clock,
            Runnable::run);

    private void call(int cache) {
        Request request = new Request(new OperationId(CLIENT, 1), 1, 1, 1, 1, EntryKey.ofAll(cache), Task.Peek.PEEK);
        post.received(new Peer.OfClient(CLIENT), new Call(0, request));
    }

    @Test
    void callAboutAKnownCache_isDeliveredAtOnce() {
        call(KNOWN);

        assertThat(answers).containsExactly(NotServing.NOT_SERVING);
        assertThat(caches.asked).isZero();
    }

    @Test
    void callToAMemberThatIsNotThePrimary_isToldWhoIs() {
        Incarnation primary = new Incarnation(99);
        PartitionRecord record = PartitionRecord.founding(List.of(primary, host.self()));
        post.tableChanged(new VersionedTable(1, PartitionTable.of(PartitionLayout.spread(1), List.of(record))));

        call(KNOWN);

        assertThat(answers).containsExactly(new Moved(record.version(), primary));
    }

    @Test
    void callAboutAnUnknownCache_waitsUntilAllIsLearned_evenIfThatIsNone() {
        call(UNKNOWN);
        call(UNKNOWN);
        assertThat(answers).isEmpty();
        assertThat(caches.asked).isEqualTo(1);

        post.onCachesLearned();

        assertThat(answers).containsExactly(NotServing.NOT_SERVING, NotServing.NOT_SERVING);
        call(UNKNOWN);
        assertThat(caches.asked).isEqualTo(2);
    }

    @Test
    void tooManyCalls_areToldToComeBack() {
        for (int i = 0; i < MemberPost.MAX_WAITING; i++) {
            call(UNKNOWN);
        }
        assertThat(answers).isEmpty();

        call(UNKNOWN);

        assertThat(answers).containsExactly(Busy.BUSY);
    }

    private void destroyed(int cache) {
        post.received(new Peer.OfClient(CLIENT), new CacheDestroyed(cache));
    }

    @Test
    void destroyedCacheThatIsKnownToHaveGone_isGivenUpAtOnce() {
        caches.there.remove(KNOWN);

        destroyed(KNOWN);

        assertThat(caches.givenUp).containsExactly(KNOWN);
        assertThat(caches.asked).isZero();
    }

    @Test
    void destroyedCacheThatSeemsToBeThere_isGivenUpWhenAllIsLearned() {
        destroyed(KNOWN);
        assertThat(caches.givenUp).isEmpty();
        assertThat(caches.asked).isEqualTo(1);

        caches.there.remove(KNOWN);
        post.onCachesLearned();

        assertThat(caches.givenUp).containsExactly(KNOWN);
    }

    @Test
    void destroyedCacheThatWasNeverKnown_isGivenUpWhenAllIsLearned() {
        destroyed(UNKNOWN);
        assertThat(caches.givenUp).isEmpty();

        post.onCachesLearned();

        assertThat(caches.givenUp).containsExactly(UNKNOWN);
    }

    /** Nobody's word counts against ZooKeeper's. */
    @Test
    void cacheThatIsSaidToBeDestroyedAndIsThere_isNotGivenUp() {
        destroyed(KNOWN);

        post.onCachesLearned();

        assertThat(caches.givenUp).isEmpty();
    }

    @Test
    void countsThatAreAskedFor_areToldOfCachesThatAreKnown() {
        host.cache.counters().count(CacheCounters.HIT);

        post.received(new Peer.OfClient(CLIENT), new CountsAsked(3, List.of(UNKNOWN, KNOWN)));

        CacheCounts oneHit = CacheCounts.of(count -> count == CacheCount.HITS ? 1 : 0);
        assertThat(host.told).containsExactly(new CountsTold(3, List.of(new CountedCache(KNOWN, oneHit))));
        assertThat(caches.asked).isZero();
    }

    /** Takes in that the member is there, and these others. */
    private void membersAre(Incarnation... others) {
        List<Member> present = new ArrayList<>(List.of(SilentProcess.member(host.self())));
        for (Incarnation other : others) {
            present.add(SilentProcess.member(other));
        }
        post.membersChanged(new MembersPresent(1, present));
    }

    /** Takes in what the clock of another member says, which is ahead. */
    private void compare(Incarnation other) {
        post.received(
                new Peer.OfMember(other),
                new Grant(clock.nanoTime(), 0, clock.millis() + AHEAD_MILLIS, PartitionSet.NONE));
    }

    private void askForTheTime() {
        post.received(new Peer.OfClient(CLIENT), new TimeAsked(-7));
    }

    @Test
    void timeThatIsAskedFor_isThatOfTheMemberInTheMiddle() {
        membersAre(TWO, THREE);
        compare(TWO);
        compare(THREE);

        askForTheTime();

        assertThat(host.told).containsExactly(new TimeTold(-7, clock.millis() + AHEAD_MILLIS));
    }

    @Test
    void timeThatIsAskedFor_beforeMostOthersHaveToldTheirs_isNotTold() {
        askForTheTime();
        membersAre(TWO, THREE);
        compare(TWO);

        askForTheTime();

        assertThat(host.told).isEmpty();
    }

    @Test
    void timeOfTheOnlyMember_isItsOwn() {
        membersAre();
        post.tick();

        askForTheTime();

        assertThat(host.told).containsExactly(new TimeTold(-7, clock.millis()));
    }

    private void lead(PartitionRecord record) {
        post.tableChanged(
                new VersionedTable(record.version(), PartitionTable.of(PartitionLayout.spread(1), List.of(record))));
        post.licenceRenewed(clock.nanoTime());
        post.tick();
    }

    private void subscribe(long attempt) {
        post.received(new Peer.OfClient(CLIENT), new ToRelay.Subscribe("t", 5, attempt, 1_000_000_000, 0));
    }

    /** L3: another member might be the relay of the generation before. */
    @Test
    void topicOfAPartitionThatIsLedHere_isRelayed_whenItsGenerationIsFirm() {
        PartitionRecord provisional =
                PartitionRecord.founding(List.of(new Incarnation(99))).resetEarly(host.self());
        lead(provisional);
        subscribe(1);
        assertThat(host.told).isEmpty();

        lead(provisional.makeFirm());
        subscribe(2);

        assertThat(host.told).containsExactly(new FromRelay.Delivery(5, 2, 0, List.of(), 0, 0));
    }

    private static final class Caches implements KnownCaches {
        private final Set<Integer> there = new HashSet<>(Set.of(KNOWN));
        private final List<Integer> givenUp = new ArrayList<>();
        private int asked;

        @Override
        public boolean knows(int number) {
            return number == KNOWN;
        }

        @Override
        public boolean has(int number) {
            return there.contains(number);
        }

        @Override
        public void learn() {
            asked++;
        }

        @Override
        public void tellWhenGivenUp(int number, long client) {
            assertThat(client).isEqualTo(CLIENT);
            givenUp.add(number);
        }
    }

    /** Keeps what is answered. */
    private final class Host extends SilentProcess {
        private final HostedCache cache = new HostedCache(CacheDefinition.plain("known"), null);
        private final List<ClientMessage> told = new ArrayList<>();

        Host() {
            super(new Incarnation(1));
        }

        @Override
        public HostedCache cache(int number) {
            assertThat(number).isEqualTo(KNOWN);
            return cache;
        }

        @Override
        public void tell(long client, ClientMessage message) {
            assertThat(client).isEqualTo(CLIENT);
            told.add(message);
        }

        @Override
        public void answer(int partition, OperationId request, int attempt, Answer answer) {
            answers.add(answer);
        }
    }

    private static final class Unconnected implements Transport {
        @Override
        public void membersChanged(List<Member> members) {}

        @Override
        public boolean send(Peer to, Message message) {
            return false;
        }

        @Override
        public void close() {}
    }
}
