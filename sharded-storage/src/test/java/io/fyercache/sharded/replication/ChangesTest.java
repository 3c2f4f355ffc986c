package io.fyercache.sharded.replication;

import static io.fyercache.core.operation.EntryChange.Kind.CREATED;
import static io.fyercache.core.operation.EntryChange.Kind.EXPIRED;
import static io.fyercache.core.operation.EntryChange.Kind.REMOVED;
import static io.fyercache.core.operation.EntryChange.Kind.UPDATED;
import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.Listening;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.message.PlacedChange;
import java.util.List;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** V1, V2: what listeners are told, by whom, and when a copy need not remember it any more. */
class ChangesTest {
    private static final Expiry AT_ONCE = PolicyExpiry.of("at once", new CreatedExpiryPolicy(Duration.ZERO));

    private static final ChangeInterest EVERYTHING = new ChangeInterest(15, 0, 15);

    private final Scene scene = Scene.ofTwo(HostedCaches.plain());
    private static final long LISTENERS_PATIENCE_MILLIS = PrimaryLog.LISTENERS_PATIENCE_NANOS / 1_000_000;

    private static CommittedChanges told(long number, EntryChange.Kind kind, String value, String oldValue) {
        return new CommittedChanges(
                1,
                number,
                List.of(new CommittedChange(
                        new PlacedChange(
                                PlacedChange.place(number, 0),
                                0,
                                new EntryChange(
                                        kind, key("k").key(), value(value), oldValue == null ? null : value(oldValue))),
                        List.of(new Listening(0, 1, 1, EVERYTHING)))));
    }

    /** Lets the client of the scene listen, by the first entry of the log. */
    private static Scene heard(Scene scene) {
        scene.one.request(scene.listen(1, EVERYTHING));
        return scene;
    }

    private void takeOverByTwo() {
        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }
    }

    // ---- what

    @Test
    void changes_areToldInTheirOrder_withWhatWasThereBefore() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.one.request(scene.put("k", "b"));
        scene.one.request(scene.read("k"));
        scene.one.request(scene.write("k", Remove.INSTANCE));
        scene.one.request(scene.write("k", Remove.INSTANCE));

        assertThat(scene.one.changed)
                .containsExactly(told(2, CREATED, "a", null), told(3, UPDATED, "b", "a"), told(4, REMOVED, "b", "b"));
        assertThat(scene.two.changed).isEmpty();
    }

    @Test
    void invalidation_isToldToNobody() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.one.request(scene.write("k", Invalidate.INSTANCE));

        assertThat(scene.one.committed).hasSize(3);
        assertThat(scene.one.changed).containsExactly(told(2, CREATED, "a", null));
    }

    @Test
    void expiredEntry_isToldAndCounted() {
        Scene expiring = Scene.ofOne(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));
        heard(expiring).one.request(expiring.put("k", "a"));
        expiring.wallMillis += 1_000;
        expiring.one.request(expiring.read("k"));

        assertThat(expiring.one.changed).containsExactly(told(2, CREATED, "a", null), told(3, EXPIRED, "a", "a"));
        assertThat(expiring.one.expired).containsExactly(key("k"));
    }

    @Test
    void valueThatExpiresAtOnce_isTold_andLeftToItsCallerToCount() {
        Scene expiring = Scene.ofOne(HostedCaches.cache(AT_ONCE, null, null));
        long empty = heard(expiring).one.replica.digest();
        expiring.one.request(expiring.put("k", "a"));

        assertThat(expiring.one.changed).containsExactly(told(2, EXPIRED, "a", "a"));
        assertThat(expiring.one.expired).isEmpty();
        assertThat(expiring.one.replica.digest()).isEqualTo(empty);
    }

    @Test
    void listenerThatComesLater_isToldOfLaterChangesAlone() {
        scene.one.request(scene.put("k", "a"));
        heard(scene).one.request(scene.put("k", "b"));
        takeOverByTwo();

        assertThat(scene.one.changed).containsExactly(told(3, UPDATED, "b", "a"));
        assertThat(scene.two.changed).containsExactly(told(3, UPDATED, "b", "a"));
    }

    // ---- at least once

    @Test
    void backup_carriesOutWhatHasBeenTold() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.tick();
        scene.tick();
        assertThat(scene.two.replica.lastCommitted()).isEqualTo(1);

        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);
        scene.tick();
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
    }

    @Test
    void nobodyListens_backupCarriesOutAtOnce() {
        scene.one.request(scene.put("k", "a"));
        scene.tick();
        scene.tick();

        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
    }

    @Test
    void newPrimary_tellsAgainWhatMayNotHaveArrived() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);
        scene.tick();
        scene.one.request(scene.put("k", "b"));
        scene.one.request(scene.write("k", Remove.INSTANCE));

        takeOverByTwo();

        assertThat(scene.two.changed).containsExactly(told(3, UPDATED, "b", "a"), told(4, REMOVED, "b", "b"));
    }

    /** Otherwise a third copy would carry out what nobody but this member's process may have, and could tell again no more. */
    @Test
    void primaryAgain_hasStillToHearOfWhatItToldBefore() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.change(scene.record.handOver(TWO));
        scene.tick();
        scene.change(scene.record.handOver(ONE));
        scene.tick();
        scene.one.sent.clear();

        scene.one.request(scene.put("k", "b"));
        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos); // what it told in its first epoch
        scene.one.request(scene.put("k", "c"));

        assertThat(scene.one.changed).hasSize(3);
        assertThat(scene.one.sent)
                .filteredOn(Prepare.class::isInstance)
                .extracting(each -> ((Prepare) each).committed())
                .containsExactly(1L, 2L);
    }

    @Test
    void arrivalInAnEarlierGeneration_saysNothingOfThisOne() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.one.replica.onChangesArrived(0, 2, scene.nowNanos);
        scene.tick();
        scene.tick();

        assertThat(scene.two.replica.lastCommitted()).isEqualTo(1);
    }

    @Test
    void copy_doesNotCountBeforeAllThatItContainsHasBeenTold() {
        Scene growing = Scene.ofOne(HostedCaches.plain());
        heard(growing).one.request(growing.put("k", "a"));
        growing.change(growing.record.startJoin(TWO));
        growing.tick();
        growing.tick();
        assertThat(growing.one.asked).isEmpty();

        growing.one.replica.onChangesArrived(1, 2, growing.nowNanos);
        growing.tick();
        assertThat(growing.one.asked).contains(new Expand(growing.record.version(), TWO));
    }

    // ---- listeners that take nothing (B6)

    @Test
    void nothingArrivesForTooLong_itIsWaitedForNoMore() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.one.request(scene.put("k", "b"));
        scene.pass(LISTENERS_PATIENCE_MILLIS - 100);
        assertThat(scene.one.changesGivenUp).isEmpty();
        assertThat(scene.two.replica.lastCommitted()).isEqualTo(1);

        scene.pass(400);

        assertThat(scene.one.changesGivenUp).containsExactly(3L);
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
        scene.one.request(scene.put("k", "c"));
        scene.pass(400);
        assertThat(scene.two.replica.digest()).as("as of b").isNotEqualTo(scene.one.replica.digest());
    }

    @Test
    void somethingArrivesNowAndThen_theRestIsWaitedFor() {
        heard(scene);
        for (int number = 2; number <= 6; number++) {
            scene.one.request(scene.put("k", "v" + number));
        }
        for (int number = 2; number <= 6; number++) {
            scene.pass(LISTENERS_PATIENCE_MILLIS - 100);
            scene.one.replica.onChangesArrived(1, number, scene.nowNanos);
        }

        assertThat(scene.one.changesGivenUp).isEmpty();
    }

    @Test
    void memberThatStoodStill_givesNobodyUpForThat() {
        heard(scene).one.request(scene.put("k", "a"));
        scene.pass(100);
        scene.nowNanos += 2 * PrimaryLog.LISTENERS_PATIENCE_NANOS;
        scene.one.agreements.licence().renew(scene.nowNanos);
        scene.pass(100);

        assertThat(scene.one.changesGivenUp).isEmpty();
    }

    @Test
    void tooMuchWaitsForListeners_itIsWaitedForNoMore() {
        String mebibyte = "x".repeat(1 << 20);
        int before = (int) (ReplicationLimits.STANDARD.untoldBytes() >> 20) - 1;
        heard(scene);
        for (int i = 0; i < before; i++) {
            scene.one.request(scene.put("k", mebibyte));
        }
        assertThat(scene.one.changesGivenUp).isEmpty();

        scene.one.request(scene.put("k", mebibyte));

        assertThat(scene.one.changesGivenUp).containsExactly(before + 2L);
    }

    @Test
    void copy_countsWhenListenersAreGivenUp() {
        Scene growing = Scene.ofOne(HostedCaches.plain());
        heard(growing).one.request(growing.put("k", "a"));
        growing.change(growing.record.startJoin(TWO));
        growing.pass(LISTENERS_PATIENCE_MILLIS - 100);
        assertThat(growing.one.asked).isEmpty();

        growing.pass(400);

        assertThat(growing.one.asked).contains(new Expand(growing.record.version(), TWO));
    }
}
