package io.fyercache.sharded.replication;

import static io.fyercache.core.statistics.CacheCounters.EXPIRY;
import static io.fyercache.core.statistics.CacheCounters.HIT;
import static io.fyercache.core.statistics.CacheCounters.MISS;
import static io.fyercache.core.statistics.CacheCounters.PUT;
import static io.fyercache.core.statistics.CacheCounters.REMOVAL;
import static io.fyercache.sharded.replication.Scene.ONE;
import static io.fyercache.sharded.replication.Scene.TWO;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.jcache.expiry.PolicyExpiry;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.replication.HostedCaches.Database;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Test;

/** S1: what callers are told to count of their operations. */
class TalliesTest {
    private final Database database = new Database();

    private static List<Integer> talliesOf(Scene scene, EntryOperation... operations) {
        Stream.of(operations).forEach(operation -> scene.one.request(scene.write("k", operation)));
        return scene.one.tallies;
    }

    private static int read(Scene scene) {
        scene.one.request(scene.read("k"));
        return scene.one.tallies.get(scene.one.tallies.size() - 1);
    }

    @Test
    void operations_countWhatTheyDid() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());

        assertThat(read(scene)).isEqualTo(MISS);
        assertThat(talliesOf(
                        scene,
                        new PutIfAbsent(value("v")),
                        new PutIfAbsent(value("w")),
                        new GetAndPut(value("w")),
                        EntryOperation.GetAndRemove.INSTANCE,
                        Remove.INSTANCE))
                .containsExactly(MISS, MISS | PUT, HIT, HIT | PUT, HIT | REMOVAL, 0);
        scene.one.request(scene.put("k", "v"));
        assertThat(read(scene)).isEqualTo(HIT);
    }

    @Test
    void retry_onTheNextPrimary_isToldTheSame() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        Request first = scene.write("k", new GetAndPut(value("v")));
        scene.one.request(first);
        scene.tick();
        scene.change(scene.record.takeOver(TWO, List.of(ONE)));
        for (int tick = 0; tick < 4; tick++) {
            scene.tick(); // until the promise to the first primary has run out
        }

        scene.two.request(first.again());

        assertThat(scene.one.tallies).containsExactly(MISS | PUT);
        assertThat(scene.two.tallies).containsExactly(MISS | PUT);
    }

    @Test
    void readsThatShareALoad_miss_andPutNothing() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.content = () -> value("loaded");
        Stream.generate(() -> scene.read("k")).limit(3).forEach(scene.one::request);

        scene.one.runNext();

        assertThat(scene.one.tallies).containsExactly(MISS, MISS, MISS);
        assertThat(read(scene)).isEqualTo(HIT);
    }

    @Test
    void loadThatFails_isAMiss() {
        Scene scene = Scene.ofOne(HostedCaches.loading(database));
        database.fails = true;
        scene.one.request(scene.read("k"));

        scene.one.runNext();

        assertThat(scene.one.tallies).containsExactly(MISS);
    }

    @Test
    void loadThatExpiresAtOnce_isCountedAsExpiredByOneOfThoseWhoWait() {
        Scene scene = Scene.ofOne(HostedCaches.cache(atOnce(), database, null));
        database.content = () -> value("loaded");
        Stream.generate(() -> scene.read("k")).limit(3).forEach(scene.one::request);

        scene.one.runNext();

        assertThat(scene.one.tallies).containsExactly(MISS | EXPIRY, MISS, MISS);
    }

    private static Expiry atOnce() {
        return PolicyExpiry.of("at once", new CreatedExpiryPolicy(Duration.ZERO));
    }

    @Test
    void valueThatExpiresAtOnce_isNoPut() {
        Scene scene = Scene.ofOne(HostedCaches.cache(atOnce(), null, null));

        assertThat(talliesOf(scene, new PutIfAbsent(value("v")))).containsExactly(MISS | EXPIRY);
    }

    @Test
    void userCodeThatFails_isNotCounted() {
        Scene scene = Scene.ofOne(HostedCaches.plain());
        scene.one.request(scene.write("k", new Invoke(entry -> {
            throw new IllegalStateException("no connection");
        })));

        scene.one.runNext();

        assertThat(scene.one.tallies).containsExactly(0);
    }

    // ---- S2

    @Test
    void server_countsWhatItAnswers() {
        HostedCache cache = HostedCaches.plain();
        Scene scene = Scene.ofTwo(cache);

        read(scene);
        talliesOf(scene, new PutIfAbsent(value("v")), new GetAndPut(value("w")), Remove.INSTANCE, Remove.INSTANCE);

        CacheCounters counted = cache.counters();
        assertThat(List.of(counted.hits(), counted.misses(), counted.puts(), counted.removals()))
                .containsExactly(1L, 2L, 2L, 1L);
    }

    @Test
    void server_countsARepeatedOperationOnce() {
        HostedCache cache = HostedCaches.plain();
        Scene scene = Scene.ofTwo(cache);
        Request first = scene.write("k", new GetAndPut(value("v")));
        scene.one.request(first);

        scene.one.request(first.again());

        assertThat(scene.one.tallies).containsExactly(MISS | PUT, MISS | PUT);
        assertThat(cache.counters().puts()).isEqualTo(1);
    }

    @Test
    void server_countsEachOfThoseWhoShareALoad() {
        HostedCache cache = HostedCaches.loading(database);
        Scene scene = Scene.ofOne(cache);
        database.content = () -> value("loaded");
        Stream.generate(() -> scene.read("k")).limit(3).forEach(scene.one::request);

        scene.one.runNext();
        read(scene);

        assertThat(cache.counters().misses()).isEqualTo(3);
        assertThat(cache.counters().hits()).isEqualTo(1);
    }

    @Test
    void tally_ofMoreThanThereIsToCount_refused() {
        assertThatThrownBy(() -> new Done(OperationResult.None.NONE, 32)).hasMessage("tally: 32 (expected: 0..31)");
        assertThatThrownBy(() -> new Done(OperationResult.None.NONE, -1)).hasMessage("tally: -1 (expected: 0..31)");
    }
}
