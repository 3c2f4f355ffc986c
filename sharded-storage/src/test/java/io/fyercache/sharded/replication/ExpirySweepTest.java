package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.KeyHash;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How expired entries leave the memory that nobody asks for. */
class ExpirySweepTest {
    private final Scene scene = Scene.ofTwo(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));

    /** Lets each bucket have its turn, and the other member hear of it. */
    private void sweepAll() {
        for (int tick = 0; tick <= KeyHash.BUCKETS + 1; tick++) {
            scene.tick();
        }
    }

    @Test
    void expiredEntries_areTakenOutOfEveryCopy() {
        Stream.of("a", "b", "c").forEach(each -> scene.one.request(scene.put(each, "v")));
        scene.wallMillis += 500;
        scene.one.request(scene.put("later", "v"));
        sweepAll();
        assertThat(scene.one.committed).hasSize(4);

        scene.wallMillis += 500;
        sweepAll();
        assertThat(removals())
                .containsExactlyInAnyOrder(
                        new Effect.Remove(key("a"), Notice.EXPIRED),
                        new Effect.Remove(key("b"), Notice.EXPIRED),
                        new Effect.Remove(key("c"), Notice.EXPIRED));
        scene.wallMillis += 500;
        sweepAll();

        assertThat(scene.one.replica.digest()).isZero();
        assertThat(scene.two.replica.digest()).isZero();
        assertThat(scene.two.committed).isEmpty();
        assertThat(scene.one.expired).containsExactlyInAnyOrder(key("a"), key("b"), key("c"), key("later"));
        assertThat(scene.two.expired).isEmpty();
    }

    private List<Effect> removals() {
        return scene.one.committed.stream()
                .filter(entry -> entry.origin() == null)
                .map(LogEntry::effects)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void expiredEntry_whoseKeyIsHeld_isLeftAlone() {
        scene.one.request(scene.put("k", "v"));
        Request invoke = scene.write("k", new Invoke(entry -> entry.value()));
        scene.one.request(invoke);

        scene.wallMillis += 1_000;
        sweepAll();
        assertThat(removals()).isEmpty();
        scene.one.runNext();
        sweepAll();

        assertThat(scene.one.answersTo(invoke))
                .containsExactly(new Done(new OperationResult.Value(Scene.value("v")), 0));
        assertThat(removals()).containsExactly(new Effect.Remove(key("k"), Notice.EXPIRED));
    }

    @Test
    void manyExpiredEntries_areTakenOutSomeAtATime() {
        int many = 2 * ExpirySweep.MAX_EXPIRED + 1;
        IntStream.iterate(0, each -> each + 1)
                .mapToObj(Integer::toString)
                .filter(each -> key(each).bucket() == 7)
                .limit(many)
                .forEach(each -> scene.one.request(scene.put(each, "v")));
        scene.wallMillis += 1_000;

        for (int round = 0; round < 3; round++) {
            sweepAll();
        }

        assertThat(scene.one.committed.stream()
                        .filter(entry -> entry.origin() == null)
                        .map(entry -> entry.effects().size()))
                .containsExactly(ExpirySweep.MAX_EXPIRED, ExpirySweep.MAX_EXPIRED, 1);
        assertThat(scene.two.replica.digest()).isZero();
    }
}
