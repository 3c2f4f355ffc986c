package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.Bounds;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.NotServing;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.ControllerRequest.Relinquished;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.reading.AsideReader;
import io.fyercache.sharded.reading.ReadLeaves;
import io.fyercache.sharded.replication.HostedCaches.Database;
import io.fyercache.sharded.replication.Scene.Actor;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R6, R7: backups answer reads while their primary lets them. A breach of M24 or M25 takes more coincidences than worlds have; here they are made. */
class ReadsFromCopiesTest {
    private static final Expiry ONE_MINUTE =
            PolicyExpiry.of("expiring", new CreatedExpiryPolicy(new Duration(TimeUnit.MINUTES, 1)));

    private static final long MILLIS = 1_000_000;
    private static final long SUBLEASE_MILLIS = ProtocolTimes.STANDARD.subleaseNanos() / MILLIS;
    private static final Incarnation THREE = new Incarnation(3);
    private static final Done NOTHING = new Done(OperationResult.None.NONE, 0);

    private static Done found(String text) {
        return new Done(new OperationResult.Value(value(text)), 0);
    }

    /** A partition whose record is as it should be, with an entry that the backup knows to be committed. */
    private static Scene settled(HostedCache cache, Rules rules) {
        Scene scene = Scene.ofTwo(cache, rules);
        scene.change(scene.record.retarget(List.of(ONE, TWO)));
        scene.one.request(scene.put("k", "v"));
        scene.pass(200);
        return scene;
    }

    private static Scene settled(Rules rules) {
        return settled(HostedCaches.plain(), rules);
    }

    /** The backup asks, and the primary answers at once. */
    private static boolean let(Scene scene) {
        boolean may = scene.one.replica.sublet(TWO, scene.nowNanos);
        if (may) {
            scene.two.replica.onSublet(ONE, scene.nowNanos);
        }
        return may;
    }

    private static Answer askBackup(Scene scene, Request request) {
        scene.two.request(request);
        return scene.two.answersTo(request).get(0);
    }

    private static final class HeardOrder implements EvictionOrder {
        private final List<EntryKey> used = new ArrayList<>();

        @Override
        public void stored(EntryKey key, int weight) {}

        @Override
        public void used(EntryKey key) {
            used.add(key);
        }

        @Override
        public boolean approach(long maximum) {
            return true;
        }

        @Override
        public void removed(EntryKey key) {}
    }

    /** What another thread of a member's process has. */
    private record Aside(Scene scene, Actor actor) implements AsideReader {
        @Override
        public long latestMillis() {
            return ProtocolTimes.STANDARD.latestMillis(scene.wallMillis);
        }

        @Override
        public void usedAtBackup(EntryKey key) {
            actor.usedAtBackup(key);
        }
    }

    // ---- the backup

    @Test
    void backupThatIsLet_answersReads_andCountsThem() {
        HostedCache cache = HostedCaches.plain();
        Scene scene = settled(cache, Rules.ALL);
        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);

        assertThat(let(scene)).isTrue();

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(found("v"));
        assertThat(askBackup(scene, scene.read("nothing"))).isEqualTo(NOTHING);
        assertThat(scene.two.tallies).containsExactly(CacheCounters.HIT, CacheCounters.MISS);
        assertThat(cache.counters().hits()).isEqualTo(1);
        assertThat(cache.counters().misses()).isEqualTo(1);
        assertThat(askBackup(scene, scene.request("k", Request.Task.Peek.PEEK)))
                .isEqualTo(new Done(new OperationResult.Flag(true), 0));
    }

    @Test
    void leaveThatIsOver_isNoneAnyMore() {
        Scene scene = settled(Rules.ALL);
        let(scene);

        scene.pass(SUBLEASE_MILLIS);

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    /** The primary counts from when it answered, which is later. */
    @Test
    void leave_countsFromWhenItWasAskedFor() {
        Scene scene = settled(Rules.ALL);
        scene.one.replica.sublet(TWO, scene.nowNanos);

        scene.two.replica.onSublet(ONE, scene.nowNanos - SUBLEASE_MILLIS * MILLIS);

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    @Test
    void leaveOfSomebodyElse_isNone() {
        Scene scene = settled(Rules.ALL);

        scene.two.replica.onSublet(THREE, scene.nowNanos);

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    @Test
    void writes_areForThePrimary() {
        Scene scene = settled(Rules.ALL);
        let(scene);

        assertThat(askBackup(scene, scene.put("k", "w"))).isEqualTo(NotServing.NOT_SERVING);
    }

    /** M22: the entry may be committed, and somebody may have seen it. */
    private static Answer readOfAnEntryThatMayBeCommitted(Rules rules) {
        Scene scene = settled(rules);
        let(scene);
        scene.one.request(scene.put("k", "w")); // The backup holds it, and will be told with the next one.
        assertThat(scene.one.answersTo(scene.read("k"))).isEmpty();
        assertThat(askBackup(scene, scene.read("other"))).isEqualTo(NOTHING);
        return askBackup(scene, scene.read("k"));
    }

    @Test
    void keyOfWhichTheBackupHoldsMore_isForThePrimary() {
        assertThat(readOfAnEntryThatMayBeCommitted(Rules.ALL)).isEqualTo(NotServing.NOT_SERVING);
    }

    @Test
    void keyOfWhichTheBackupHoldsMore_wouldBeStale() {
        assertThat(readOfAnEntryThatMayBeCommitted(Rules.without(Rule.COPY_KNOWS_COMMIT)))
                .isEqualTo(found("v"));
    }

    @Test
    void entryThatMayHaveExpired_isForThePrimary() {
        Scene scene = settled(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null), Rules.ALL);
        assertThat(let(scene)).isTrue();

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    @Test
    void entryThatLivesOnByBeingRead_isForThePrimary() {
        Expiry touched = PolicyExpiry.of("touched", new TouchedExpiryPolicy(new Duration(TimeUnit.MINUTES, 1)));
        Scene scene = settled(HostedCaches.cache(touched, null, null), Rules.ALL);
        assertThat(let(scene)).isTrue();

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    /** E5: an order that did not hear of it would take the entry for unused. */
    @Test
    void entryOfACacheWithBounds_thatABackupWasAskedFor_countsAsUsedAtThePrimary() {
        HeardOrder order = new HeardOrder();
        HostedCache bounded = HostedCaches.bounded(new Bounds(10, null), order);
        Scene scene = settled(bounded, Rules.ALL);
        let(scene);
        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(found("v"));
        assertThat(readAtHand(bounded, scene, scene.two, "k")).isEqualTo(hit("v"));
        assertThat(askBackup(scene, scene.read("other"))).isEqualTo(NOTHING);
        order.used.clear();

        assertThat(scene.two.usedAtBackup).containsExactly(key("k"), key("k"));
        scene.one.replica.onUsedElsewhere(key("k"));
        scene.one.replica.onUsedElsewhere(key("other"));
        scene.two.replica.onUsedElsewhere(key("k"));

        assertThat(order.used).containsExactly(key("k"));
    }

    /** E2: a clock may be behind the primary's. */
    @Test
    void entryWithADeadline_isReadWhereItCannotHaveExpiredYet() {
        HostedCache expiring = HostedCaches.cache(ONE_MINUTE, null, null);
        Scene scene = settled(expiring, Rules.ALL);
        let(scene);
        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(found("v"));
        assertThat(readAtHand(expiring, scene, scene.two, "k")).isEqualTo(hit("v"));

        scene.wallMillis += 60_000 - ProtocolTimes.STANDARD.clockMillis();

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
        assertThat(readAtHand(expiring, scene, scene.two, "k")).isNull();
    }

    @Test
    void whatMustBeLoaded_isForThePrimary_andWhatIsThereIsNot() {
        Scene scene = settled(HostedCaches.loading(new Database()), Rules.ALL);
        let(scene);

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(found("v"));
        assertThat(askBackup(scene, scene.read("nothing"))).isEqualTo(NotServing.NOT_SERVING);
    }

    @Test
    void newEpoch_needsANewLeave() {
        Scene scene = settled(Rules.ALL);
        let(scene);
        scene.change(scene.record.handOver(TWO));
        scene.change(scene.record.handOver(ONE));

        assertThat(askBackup(scene, scene.read("k"))).isEqualTo(NotServing.NOT_SERVING);
    }

    // ---- the primary

    @Test
    void recordThatIsToChange_nobodyIsLet() {
        Scene scene = settled(Rules.ALL);
        assertThat(scene.one.replica.sublet(THREE, scene.nowNanos)).isFalse();

        scene.change(scene.record.retarget(List.of(TWO, ONE)));

        assertThat(let(scene)).isFalse();
    }

    /** M21: the time that passes here renews no lease. */
    private static boolean isLetBeyondTheLease(Rules rules) {
        Scene scene = settled(rules);
        scene.nowNanos += ProtocolTimes.STANDARD.usableLeaseNanos() - SUBLEASE_MILLIS * MILLIS + MILLIS;
        return let(scene);
    }

    @Test
    void leaseThatIsOverSooner_nobodyIsLet() {
        assertThat(isLetBeyondTheLease(Rules.ALL)).isFalse();
        assertThat(isLetBeyondTheLease(Rules.without(Rule.SUBLEASE_WITHIN_LEASE)))
                .isTrue();
    }

    /** M23. */
    private static Scene committingWithoutAReader(Rules rules, Request[] write) {
        Scene scene = settled(rules);
        let(scene);
        scene.change(scene.record.shrink(List.of(TWO)));
        write[0] = scene.put("k", "w");
        scene.one.request(write[0]);
        return scene;
    }

    @Test
    void whoIsTakenOutAndMayStillAnswer_isWaitedFor() {
        Request[] write = new Request[1];
        Scene scene = committingWithoutAReader(Rules.ALL, write);
        assertThat(scene.one.answersTo(write[0])).isEmpty();

        scene.pass(SUBLEASE_MILLIS);

        assertThat(scene.one.answersTo(write[0])).containsExactly(NOTHING);
    }

    @Test
    void whoIsTakenOutAndMayStillAnswer_wouldAnswerWhatIsOverwritten() {
        Request[] write = new Request[1];
        Scene scene = committingWithoutAReader(Rules.without(Rule.COMMIT_WAITS_FOR_SUBLEASE), write);

        assertThat(scene.one.answersTo(write[0])).containsExactly(NOTHING);
    }

    /** M24. */
    private static Scene askedToHandOverUnderAReader(Rules rules) {
        Scene scene = settled(rules);
        let(scene);
        scene.change(scene.record.retarget(List.of(TWO, ONE)));
        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        return scene;
    }

    @Test
    void handOver_waitsForReaders_andServesMeanwhile() {
        Scene scene = askedToHandOverUnderAReader(Rules.ALL);
        Request write = scene.put("k", "w");
        scene.one.request(write);
        assertThat(scene.one.answersTo(write)).containsExactly(NOTHING);
        assertThat(scene.one.asked).doesNotContain(new Relinquished(scene.record.version()));
        assertThat(let(scene)).isFalse();

        scene.pass(SUBLEASE_MILLIS);

        assertThat(scene.one.asked).contains(new Relinquished(scene.record.version()));
    }

    @Test
    void handOver_wouldNotWaitForReaders() {
        Scene scene = askedToHandOverUnderAReader(Rules.without(Rule.RELINQUISH_WAITS_FOR_SUBLEASE));

        assertThat(scene.one.asked).contains(new Relinquished(scene.record.version()));
    }

    /** M25: a third member has a whole copy, while the second may still answer reads. */
    private static Scene copyIsMadeUnderAReader(Rules rules) {
        Scene scene = settled(rules);
        scene.change(scene.record.shrink(List.of(TWO)).startJoin(TWO).expand(TWO));
        scene.pass(100);
        let(scene);
        scene.change(scene.record.shrink(List.of(TWO)).startJoin(TWO));
        scene.pass(10);
        return scene;
    }

    @Test
    void copyThatIsWhole_isAddedWhenNobodyReads() {
        Scene scene = copyIsMadeUnderAReader(Rules.ALL);
        Expand wish = new Expand(scene.record.version(), TWO);
        assertThat(scene.one.asked).doesNotContain(wish);

        scene.pass(SUBLEASE_MILLIS);

        assertThat(scene.one.asked).contains(wish);
    }

    @Test
    void copyThatIsWhole_wouldBeAddedWhileSomebodyReads() {
        Scene scene = copyIsMadeUnderAReader(Rules.without(Rule.EXPAND_WAITS_FOR_SUBLEASE));

        assertThat(scene.one.asked).contains(new Expand(scene.record.version(), TWO));
    }

    // ---- R7: other threads

    /** What a thread of the process reads that is not the member's. */
    private static @Nullable Object readAtHand(Scene scene, Actor actor, String key) {
        return readAtHand(HostedCaches.plain(), scene, actor, key);
    }

    private static @Nullable Object readAtHand(HostedCache cache, Scene scene, Actor actor, String key) {
        ReadLeaves leaves = new ReadLeaves(PartitionLayout.spread(1));
        leaves.set(0, actor.readable);
        return leaves.read(
                key(key),
                (entry, holder) ->
                        cache.readAside(Request.Task.Read.READ, key(key), entry, holder, new Aside(scene, actor)),
                () -> scene.nowNanos);
    }

    private static Done hit(String text) {
        return new Done(new OperationResult.Value(value(text)), CacheCounters.HIT);
    }

    @Test
    void primaryThatWasAsked_mayBeReadAsLongAsItsLeaseLasts() {
        Scene scene = settled(Rules.ALL);
        assertThat(readAtHand(scene, scene.one, "k")).isNull();
        scene.one.request(scene.read("any"));

        assertThat(readAtHand(scene, scene.one, "k")).isEqualTo(hit("v"));
        scene.one.request(scene.put("k", "w"));
        assertThat(readAtHand(scene, scene.one, "k")).isEqualTo(hit("w"));
        assertThat(readAtHand(scene, scene.one, "other"))
                .isEqualTo(new Done(OperationResult.None.NONE, CacheCounters.MISS));

        scene.nowNanos += ProtocolTimes.STANDARD.usableLeaseNanos();
        assertThat(readAtHand(scene, scene.one, "k")).isNull();
    }

    @Test
    void entryOfACacheWithBounds_countsAsUsed_whereThePrimaryIsRead() {
        HeardOrder order = new HeardOrder();
        HostedCache bounded = HostedCaches.bounded(new Bounds(10, null), order);
        Scene scene = settled(bounded, Rules.ALL);
        scene.one.request(scene.read("any"));
        order.used.clear();

        assertThat(readAtHand(bounded, scene, scene.one, "k")).isEqualTo(hit("v"));
        assertThat(readAtHand(bounded, scene, scene.one, "other")).isNotNull();

        assertThat(order.used).containsExactly(key("k"));
    }

    @Test
    void primaryWhoseRecordChanges_mayNotBeReadAnyMore() {
        Scene scene = settled(Rules.ALL);
        scene.one.request(scene.read("any"));

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));

        assertThat(scene.one.readable).isNull();
    }

    @Test
    void primaryThatGivesUp_mayNotBeReadAnyMore() {
        Scene scene = settled(Rules.ALL);
        scene.one.request(scene.read("any"));

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);

        assertThat(scene.one.asked).contains(new Relinquished(scene.record.version()));
        assertThat(scene.one.readable).isNull();
    }

    /** M4: it must grant the lease, too, and has not. */
    @Test
    void primaryThatHasAMemberAdded_mayNotBeReadUntilThatGrants() {
        Scene scene = settled(Rules.ALL);
        scene.change(scene.record.shrink(List.of(TWO)).startJoin(TWO));
        scene.one.request(scene.read("any"));
        assertThat(scene.one.readable).isNotNull();

        scene.pass(10);

        assertThat(scene.one.asked).contains(new Expand(scene.record.version(), TWO));
        assertThat(scene.one.readable).isNull();
    }

    @Test
    void backupThatHasAnswered_mayBeReadWhereItKnowsWhatIsCommitted() {
        Scene scene = settled(Rules.ALL);
        let(scene);
        askBackup(scene, scene.read("k"));
        assertThat(readAtHand(scene, scene.two, "k")).isEqualTo(hit("v"));

        scene.one.request(scene.put("k", "w"));
        assertThat(readAtHand(scene, scene.two, "k")).isNull();

        scene.pass(200); // It is told, and the leave is over.
        let(scene);
        assertThat(readAtHand(scene, scene.two, "k")).isNull();
        askBackup(scene, scene.read("other"));
        assertThat(readAtHand(scene, scene.two, "k")).isEqualTo(hit("w"));
    }

    @Test
    void backupThatIsLetAnew_mayBeReadForLonger() {
        Scene scene = settled(Rules.ALL);
        let(scene);
        askBackup(scene, scene.read("k"));
        scene.pass(SUBLEASE_MILLIS / 2);
        let(scene);
        askBackup(scene, scene.read("k"));

        scene.pass(SUBLEASE_MILLIS / 2);

        assertThat(readAtHand(scene, scene.two, "k")).isEqualTo(hit("v"));
    }

    @Test
    void backupWhoseRecordChanges_mayNotBeReadAnyMore() {
        Scene scene = settled(Rules.ALL);
        let(scene);
        askBackup(scene, scene.read("k"));

        scene.change(scene.record.shrink(List.of(TWO)));

        assertThat(scene.two.readable).isNull();
    }
}
