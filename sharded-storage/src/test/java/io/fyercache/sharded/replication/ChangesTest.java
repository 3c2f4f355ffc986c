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
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.ControllerRequest.Expand;
import io.fyercache.sharded.message.PartitionMessage.Prepare;
import io.fyercache.sharded.replication.HostedCaches.Audience;
import java.util.List;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** V1, V2: what listeners are told, by whom, and when a copy need not remember it any more. */
class ChangesTest {
    private static final Expiry AT_ONCE = PolicyExpiry.of("at once", new CreatedExpiryPolicy(Duration.ZERO));

    private static final long LISTENERS_PATIENCE_MILLIS = PrimaryLog.LISTENERS_PATIENCE_NANOS / 1_000_000;

    private final Audience audience = new Audience();
    private final Scene scene = Scene.ofTwo(HostedCaches.heard(Expiry.ETERNAL, audience));

    private static CommittedChanges told(long number, EntryChange.Kind kind, String value, String oldValue) {
        return new CommittedChanges(
                1,
                number,
                List.of(new CommittedChange(
                        0,
                        new EntryChange(
                                kind, key("k").key(), value(value), oldValue == null ? null : value(oldValue)))));
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
        scene.one.request(scene.put("k", "a"));
        scene.one.request(scene.put("k", "b"));
        scene.one.request(scene.read("k"));
        scene.one.request(scene.write("k", Remove.INSTANCE));
        scene.one.request(scene.write("k", Remove.INSTANCE));

        assertThat(scene.one.changed)
                .containsExactly(told(1, CREATED, "a", null), told(2, UPDATED, "b", "a"), told(3, REMOVED, "b", "b"));
        assertThat(scene.two.changed).isEmpty();
    }

    @Test
    void invalidation_isToldToNobody() {
        scene.one.request(scene.put("k", "a"));
        scene.one.request(scene.write("k", Invalidate.INSTANCE));

        assertThat(scene.one.committed).hasSize(2);
        assertThat(scene.one.changed).containsExactly(told(1, CREATED, "a", null));
    }

    @Test
    void expiredEntry_isToldAndCounted() {
        Scene expiring = Scene.ofOne(HostedCaches.heard(HostedCaches.ONE_SECOND, audience));
        expiring.one.request(expiring.put("k", "a"));
        expiring.wallMillis += 1_000;
        expiring.one.request(expiring.read("k"));

        assertThat(expiring.one.changed).containsExactly(told(1, CREATED, "a", null), told(2, EXPIRED, "a", "a"));
        assertThat(expiring.one.expired).containsExactly(key("k"));
    }

    @Test
    void valueThatExpiresAtOnce_isTold_andLeftToItsCallerToCount() {
        Scene expiring = Scene.ofOne(HostedCaches.heard(AT_ONCE, audience));
        expiring.one.request(expiring.put("k", "a"));

        assertThat(expiring.one.changed).containsExactly(told(1, EXPIRED, "a", "a"));
        assertThat(expiring.one.expired).isEmpty();
        assertThat(expiring.one.replica.digest()).isZero();
    }

    @Test
    void valueThatExpiresAtOnce_unheard_leavesNoTrace() {
        audience.isThere = false;
        Scene expiring = Scene.ofOne(HostedCaches.heard(AT_ONCE, audience));
        expiring.one.request(expiring.put("k", "a"));

        assertThat(expiring.one.given).hasSize(1);
        assertThat(expiring.one.committed).isEmpty();
    }

    @Test
    void listenerThatComesLater_isToldOfLaterChangesAlone() {
        audience.isThere = false;
        scene.one.request(scene.put("k", "a"));
        audience.isThere = true;
        scene.one.request(scene.put("k", "b"));
        takeOverByTwo();

        assertThat(scene.one.changed).containsExactly(told(2, UPDATED, "b", "a"));
        assertThat(scene.two.changed).containsExactly(told(2, UPDATED, "b", "a"));
    }

    // ---- at least once

    @Test
    void backup_carriesOutWhatHasBeenTold() {
        scene.one.request(scene.put("k", "a"));
        scene.tick();
        scene.tick();
        assertThat(scene.two.replica.digest()).isZero();

        scene.one.replica.onChangesArrived(1, 1);
        scene.tick();
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
    }

    @Test
    void nobodyListens_backupCarriesOutAtOnce() {
        audience.isThere = false;
        scene.one.request(scene.put("k", "a"));
        scene.tick();
        scene.tick();

        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
    }

    @Test
    void newPrimary_tellsAgainWhatMayNotHaveArrived() {
        scene.one.request(scene.put("k", "a"));
        scene.one.replica.onChangesArrived(1, 1);
        scene.tick();
        scene.one.request(scene.put("k", "b"));
        scene.one.request(scene.write("k", Remove.INSTANCE));

        takeOverByTwo();

        assertThat(scene.two.changed).containsExactly(told(2, UPDATED, "b", "a"), told(3, REMOVED, "b", "b"));
    }

    /** Otherwise a third copy would carry out what nobody but this member's process may have, and could tell again no more. */
    @Test
    void primaryAgain_hasStillToHearOfWhatItToldBefore() {
        scene.one.request(scene.put("k", "a"));
        scene.change(scene.record.handOver(TWO));
        scene.tick();
        scene.change(scene.record.handOver(ONE));
        scene.tick();
        scene.one.sent.clear();

        scene.one.request(scene.put("k", "b"));
        scene.one.replica.onChangesArrived(1, 1); // what it told in its first epoch
        scene.one.request(scene.put("k", "c"));

        assertThat(scene.one.changed).hasSize(3);
        assertThat(scene.one.sent)
                .filteredOn(Prepare.class::isInstance)
                .extracting(each -> ((Prepare) each).committed())
                .containsExactly(0L, 1L);
    }

    @Test
    void arrivalInAnEarlierGeneration_saysNothingOfThisOne() {
        scene.one.request(scene.put("k", "a"));
        scene.one.replica.onChangesArrived(0, 1);
        scene.tick();
        scene.tick();

        assertThat(scene.two.replica.digest()).isZero();
    }

    @Test
    void copy_doesNotCountBeforeAllThatItContainsHasBeenTold() {
        Scene growing = Scene.ofOne(HostedCaches.heard(Expiry.ETERNAL, audience));
        growing.one.request(growing.put("k", "a"));
        growing.change(growing.record.startJoin(TWO));
        growing.tick();
        growing.tick();
        assertThat(growing.one.asked).isEmpty();

        growing.one.replica.onChangesArrived(1, 1);
        growing.tick();
        assertThat(growing.one.asked).contains(new Expand(growing.record.version(), TWO));
    }

    // ---- listeners that take nothing (B6)

    @Test
    void nothingArrivesForTooLong_itIsWaitedForNoMore() {
        scene.one.request(scene.put("k", "a"));
        scene.one.request(scene.put("k", "b"));
        scene.pass(LISTENERS_PATIENCE_MILLIS - 100);
        assertThat(scene.one.changesGivenUp).isEmpty();
        assertThat(scene.two.replica.digest()).isZero();

        scene.pass(400);

        assertThat(scene.one.changesGivenUp).containsExactly(2L);
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
        scene.one.request(scene.put("k", "c"));
        scene.pass(400);
        assertThat(scene.two.replica.digest()).as("as of b").isNotEqualTo(scene.one.replica.digest());
    }

    @Test
    void somethingArrivesNowAndThen_theRestIsWaitedFor() {
        for (int number = 1; number <= 5; number++) {
            scene.one.request(scene.put("k", "v" + number));
        }
        for (int number = 1; number <= 5; number++) {
            scene.pass(LISTENERS_PATIENCE_MILLIS - 100);
            scene.one.replica.onChangesArrived(1, number);
        }

        assertThat(scene.one.changesGivenUp).isEmpty();
    }

    @Test
    void memberThatStoodStill_givesNobodyUpForThat() {
        scene.one.request(scene.put("k", "a"));
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
        for (int i = 0; i < before; i++) {
            scene.one.request(scene.put("k", mebibyte));
        }
        assertThat(scene.one.changesGivenUp).isEmpty();

        scene.one.request(scene.put("k", mebibyte));

        assertThat(scene.one.changesGivenUp).containsExactly(before + 1L);
    }

    @Test
    void copy_countsWhenListenersAreGivenUp() {
        Scene growing = Scene.ofOne(HostedCaches.heard(Expiry.ETERNAL, audience));
        growing.one.request(growing.put("k", "a"));
        growing.change(growing.record.startJoin(TWO));
        growing.pass(LISTENERS_PATIENCE_MILLIS - 100);
        assertThat(growing.one.asked).isEmpty();

        growing.pass(400);

        assertThat(growing.one.asked).contains(new Expand(growing.record.version(), TWO));
    }
}
