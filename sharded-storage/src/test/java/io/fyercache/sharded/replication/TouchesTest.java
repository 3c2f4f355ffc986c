package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;

/** How reading prolongs the life of entries. Those of most tests live for a second after they were last read; it begins at 1,000 ms. */
class TouchesTest {
    private static final Answer NOTHING = Done.NOTHING;
    private static final Answer FOUND = new Done(new OperationResult.Value(value("v")), 0);

    private final Scene scene = Scene.ofTwo(HostedCaches.cache(
            PolicyExpiry.of("accessed", new AccessedExpiryPolicy(new Duration(TimeUnit.SECONDS, 1))), null, null));

    private Answer readAt(Scene.Actor actor, long wallMillis) {
        scene.wallMillis = wallMillis;
        Request read = scene.read("k");
        actor.request(read);
        return actor.answersTo(read).get(0);
    }

    private List<Effect> effectsBesideThoseOfClients(Scene.Actor actor) {
        return actor.committed.stream()
                .filter(entry -> entry.origin() == null)
                .map(LogEntry::effects)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void reads_prolong_andTheLogHearsOfItOnce() {
        scene.one.request(scene.put("k", "v"));

        assertThat(readAt(scene.one, 1_900)).isEqualTo(FOUND);
        assertThat(readAt(scene.one, 1_999)).isEqualTo(FOUND);
        scene.tick();
        assertThat(effectsBesideThoseOfClients(scene.one)).isEmpty();
        assertThat(readAt(scene.one, 2_000)).isEqualTo(FOUND);
        scene.tick();
        scene.tick(); // The other member hears that it is committed.

        assertThat(effectsBesideThoseOfClients(scene.one)).containsExactly(new Effect.Prolong(key("k"), 3_000));
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
        assertThat(readAt(scene.one, 3_000)).isEqualTo(NOTHING);
    }

    @Test
    void newPrimary_allowsForTouchesThatItHasNotHeardOf() {
        scene.one.request(scene.put("k", "v"));
        assertThat(readAt(scene.one, 1_950)).isEqualTo(FOUND);

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.wallMillis = 2_100;
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }

        assertThat(readAt(scene.two, 2_199)).isEqualTo(FOUND);
        assertThat(readAt(scene.two, 3_199)).isEqualTo(NOTHING);
    }

    @Test
    void newPrimary_allowsForNoMore() {
        scene.one.request(scene.put("k", "v"));

        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        scene.wallMillis = 1_500;
        for (int tick = 0; tick < 4; tick++) {
            scene.tick();
        }

        assertThat(readAt(scene.two, 2_200)).isEqualTo(NOTHING);
    }

    @Test
    void deadlineThatReadingBringsNearer_isInTheLogAtOnce() {
        scene.one.request(scene.write("k", new Put(value("v"), 10_000)));

        assertThat(readAt(scene.one, 1_000)).isEqualTo(FOUND);

        assertThat(effectsBesideThoseOfClients(scene.one)).containsExactly(new Effect.Prolong(key("k"), 2_000));
    }

    @Test
    void write_afterATouch_keepsThatDeadline() {
        scene.one.request(scene.put("k", "old"));
        readAt(scene.one, 1_900);
        scene.one.request(scene.put("k", "v"));
        scene.wallMillis = 2_500;
        scene.tick();

        LogEntry write = scene.one.committed.get(1);
        assertThat(write.effects()).containsExactly(new Effect.Store(key("k"), value("v"), 2_900, Notice.UPDATED));
        assertThat(effectsBesideThoseOfClients(scene.one)).isEmpty();
    }

    @Test
    void manyTouches_goAtOnce() {
        for (int each = 0; each < Touches.MAX_KEYS; each++) {
            scene.one.request(scene.put("k" + each, "v"));
        }
        scene.wallMillis = 1_001;
        for (int each = 0; each < Touches.MAX_KEYS; each++) {
            assertThat(effectsBesideThoseOfClients(scene.one)).isEmpty();
            scene.one.request(scene.read("k" + each));
        }

        assertThat(effectsBesideThoseOfClients(scene.one)).hasSize(Touches.MAX_KEYS);
    }

    @Test
    void handOver_leavesNoTouchBehind() {
        scene.one.request(scene.put("k", "v"));
        readAt(scene.one, 1_900);

        scene.one.replica.relinquish(scene.record.version(), scene.nowNanos);
        scene.tick();

        assertThat(effectsBesideThoseOfClients(scene.one)).containsExactly(new Effect.Prolong(key("k"), 2_900));
    }

    @Test
    void policyOfTheUser_isAskedByACall() {
        ExpiryPolicy users = new ExpiryPolicy() {
            @Override
            public Duration getExpiryForCreation() {
                return Duration.ETERNAL;
            }

            @Override
            public Duration getExpiryForAccess() {
                return new Duration(TimeUnit.SECONDS, 5);
            }

            @Override
            public Duration getExpiryForUpdate() {
                return Duration.ETERNAL;
            }
        };
        Expiry expiry = PolicyExpiry.of("users", users);
        Scene asking = Scene.ofOne(HostedCaches.cache(expiry, null, null));
        asking.one.request(asking.put("k", "v"));
        asking.one.runNext();
        Request first = asking.read("k");
        Request second = asking.read("k");

        asking.one.request(first);
        asking.one.request(second);
        assertThat(asking.one.answersTo(first)).isEmpty();
        assertThat(asking.one.answersTo(second)).containsExactly(FOUND); // The key is held: no second call.
        asking.one.runNext();

        assertThat(asking.one.answersTo(first)).containsExactly(FOUND);
        assertThat(effectsBesideThoseOfClients(asking.one)).containsExactly(new Effect.Prolong(key("k"), 6_000));
    }
}
