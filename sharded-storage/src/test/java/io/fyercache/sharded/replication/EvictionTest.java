package io.fyercache.sharded.replication;

import static io.fyercache.core.statistics.CacheCounters.PUT;
import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.store.Bounds;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** E5: what the order of evictions is told, and what becomes of what it chooses. */
class EvictionTest {
    /** Entries weigh as much as their values are long, and the heaviest that is kept weighs five. */
    private static final Bounds FIVE = new Bounds(5, (key, value) -> ((EncodedValue) value).bytes().length);

    private final TalkativeOrder order = new TalkativeOrder();
    private final Scene scene = Scene.ofTwo(HostedCaches.bounded(FIVE, order));

    /** Notes what it is told. */
    private static final class TalkativeOrder implements EvictionOrder {
        final List<String> told = new ArrayList<>();

        private void tell(String what, EntryKey key) {
            told.add(what + " " + new String(key.key().bytes(), StandardCharsets.UTF_8));
        }

        @Override
        public void stored(EntryKey key, int weight) {
            tell("stored " + weight, key);
        }

        @Override
        public void used(EntryKey key) {
            tell("used", key);
        }

        @Override
        public boolean approach(long maximum) {
            return true;
        }

        @Override
        public void removed(EntryKey key) {
            tell("removed", key);
        }
    }

    // ---- what the order is told

    @Test
    void entries_areToldOfAsTheyComeAreUsedAndGo() {
        scene.one.request(scene.put("k", "v"));
        scene.one.request(scene.read("k"));
        scene.one.request(scene.put("k", "vvv"));
        scene.one.request(scene.write("k", Remove.INSTANCE));
        scene.one.request(scene.read("k"));

        assertThat(order.told).containsExactly("stored 1 k", "used k", "used k", "stored 3 k", "used k", "removed k");
    }

    @Test
    void takeover_entriesAreServedByTheNextPrimaryAlone() {
        scene.one.request(scene.put("a", "v"));
        scene.one.request(scene.put("b", "vv"));
        order.told.clear();

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        assertThat(order.told).containsExactlyInAnyOrder("removed a", "removed b");
        order.told.clear();
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }

        assertThat(order.told).contains("stored 1 a", "stored 2 b").doesNotContain("removed a", "removed b");
    }

    @Test
    void handOver_givesUpWhatIsServed_once() {
        scene.one.request(scene.put("k", "v"));
        order.told.clear();

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        assertThat(order.told).containsExactly("removed k");
        scene.change(scene.record.handOver(TWO));
        scene.tick();

        assertThat(order.told)
                .startsWith("removed k")
                .containsOnlyOnce("removed k")
                .contains("stored 1 k");
    }

    /** Lets somebody listen; returns the digest of what has no entries. */
    private long listen() {
        scene.one.request(scene.listen(1, new ChangeInterest(15, 0, 15)));
        return scene.one.replica.digest();
    }

    // ---- what it chooses

    @Test
    void chosenEntry_goesFromEveryCopy_andListenersHearNothing() {
        long empty = listen();
        scene.one.request(scene.put("k", "v"));
        scene.one.replica.onChangesArrived(1, 2, scene.nowNanos);
        scene.one.evict("k");
        scene.tick();
        scene.tick();

        assertThat(scene.one.committed.get(2).effects()).containsExactly(new Effect.Remove(key("k"), Notice.EVICTED));
        assertThat(scene.one.evicted).containsOnlyKeys(key("k")).containsValue(value("v"));
        assertThat(scene.one.changed).hasSize(1);
        assertThat(scene.one.replica.digest()).isEqualTo(empty);
        assertThat(scene.two.replica.digest()).isEqualTo(empty);
        assertThat(scene.two.evicted).isEmpty();
    }

    @Test
    void chosenEntry_thatIsGoneOrServedElsewhere_isNone() {
        scene.one.evict("k");
        scene.one.request(scene.put("k", "v"));
        scene.two.evict("k");

        assertThat(scene.one.committed).hasSize(1);
        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        scene.one.evict("k");
        assertThat(scene.one.committed).hasSize(1);
    }

    @Test
    void chosenEntry_whoseKeyIsHeld_stays_andIsToldOfAgain() {
        scene.one.request(scene.put("k", "v"));
        Request invoke = scene.write("k", new Invoke(entry -> entry.value()));
        scene.one.request(invoke);
        order.told.clear();

        scene.one.evict("k");
        assertThat(scene.one.committed).hasSize(1);
        scene.one.runNext();

        assertThat(scene.one.answersTo(invoke)).containsExactly(new Done(new OperationResult.Value(value("v")), 0));
        assertThat(order.told).contains("stored 1 k");
        scene.one.evict("k");
        assertThat(scene.one.evicted).containsOnlyKeys(key("k"));
    }

    // ---- what is too heavy

    @Test
    void valueOverTheLimitByItself_isPutAndTold_butNotKept() {
        long empty = listen();
        scene.one.tallies.clear();
        scene.one.request(scene.put("k", "v"));
        Request heavy = scene.put("k", "vvvvvv");
        scene.one.request(heavy);

        assertThat(scene.one.tallies).containsExactly(PUT, PUT);
        assertThat(scene.one.changed.get(1).changes())
                .extracting(change -> change.placed().change())
                .containsExactly(
                        new EntryChange(EntryChange.Kind.UPDATED, key("k").key(), value("vvvvvv"), value("v")));
        assertThat(scene.one.evicted).containsExactly(Map.entry(key("k"), value("vvvvvv")));
        assertThat(scene.one.replica.digest()).isEqualTo(empty);
        assertThat(order.told).containsExactly("stored 1 k", "used k", "removed k", "removed k");
    }

    @Test
    void weigherThatThrows_failsTheOperation() {
        Bounds bounds = new Bounds(5, (key, value) -> {
            throw new IllegalStateException("no scales");
        });
        Scene unweighed = Scene.ofOne(HostedCaches.bounded(bounds, order));
        Request put = unweighed.put("k", "v");

        unweighed.one.request(put);

        assertThat(unweighed.one.answersTo(put))
                .containsExactly(
                        new Done(new OperationResult.Failed("java.lang.IllegalStateException", "no scales"), 0));
        assertThat(unweighed.one.committed).isEmpty();
    }

    @Test
    void boundsAndOrder_theOneWithoutTheOther_refused() {
        var unbounded = HostedCaches.definition(Expiry.ETERNAL, Bounds.NONE, null, null);
        var bounded = HostedCaches.definition(Expiry.ETERNAL, FIVE, null, null);

        assertThatThrownBy(() -> new HostedCache(bounded, null))
                .hasMessage("order of evictions of the cache hosted: none (expected: one, as it has bounds)");
        assertThatThrownBy(() -> new HostedCache(unbounded, null, order, LossPolicy.RESET))
                .hasMessage("order of evictions of the cache hosted: one (expected: none, as it has no bounds)");
    }
}
