package io.fyercache.sharded.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load.Existing;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedProcess;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.replication.HostedCaches.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is asked of a cache as a whole, and what is asked without being a use. */
class WholeCacheTest {
    private static final Done NO = new Done(new OperationResult.Flag(false), 0);
    private static final Done YES = new Done(new OperationResult.Flag(true), 0);

    private final Database database = new Database();

    private static Answer answer(Scene scene, Request request) {
        scene.one.request(request);
        List<Answer> answers = scene.one.answersTo(request);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static OperationResult.Keys keys(Scene scene, Task task) {
        return (OperationResult.Keys) ((Done) answer(scene, scene.ofAll(task))).result();
    }

    private static long count(Scene scene) {
        Done done = (Done) answer(scene, scene.ofAll(Task.CountEntries.COUNT_ENTRIES));
        return ((OperationResult.Count) done.result()).entries();
    }

    private static Scene withEntries(HostedCache cache, int entries) {
        Scene scene = Scene.ofTwo(cache);
        for (int i = 0; i < entries; i++) {
            scene.one.request(scene.put("k" + i, "v"));
        }
        return scene;
    }

    // ---- one key

    @Test
    void peek_tellsWhetherThereIsAValue_andCountsNothing() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        assertThat(answer(scene, scene.request("k", Task.Peek.PEEK))).isEqualTo(NO);
        scene.one.request(scene.put("k", "v"));

        assertThat(answer(scene, scene.request("k", Task.Peek.PEEK))).isEqualTo(YES);
    }

    @Test
    void peek_ofWhatCouldBeLoaded_loadsNothing() {
        Scene scene = Scene.ofTwo(HostedCaches.loading(database));

        assertThat(answer(scene, scene.request("k", Task.Peek.PEEK))).isEqualTo(NO);
        assertThat(scene.one.calls).isEmpty();
    }

    @Test
    void peek_ofWhatHasExpired_takesItOut() {
        Scene scene = Scene.ofTwo(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));
        scene.one.request(scene.put("k", "v"));
        scene.wallMillis += 1_000;

        assertThat(answer(scene, scene.request("k", Task.Peek.PEEK))).isEqualTo(NO);
        assertThat(count(scene)).isZero();
    }

    @Test
    void peek_ofWhatExpiresWhileItsKeyIsHeld_waitsForTheOutcome() {
        Scene scene = Scene.ofTwo(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null));
        scene.one.request(scene.put("k", "v"));
        scene.one.request(scene.write("k", new Invoke(entry -> {
            entry.set(Scene.value("new"));
            return null;
        })));
        scene.wallMillis += 1_000;
        Request peek = scene.request("k", Task.Peek.PEEK);
        scene.one.request(peek);
        assertThat(scene.one.answersTo(peek)).isEmpty();

        scene.one.runNext();

        assertThat(scene.one.answersTo(peek)).hasSize(1);
    }

    @Test
    void readPresent_isAHitIfThereIsAValue_andNothingOtherwise() {
        Scene scene = Scene.ofTwo(HostedCaches.loading(database));
        assertThat(answer(scene, scene.request("k", Task.ReadPresent.READ_PRESENT)))
                .isEqualTo(Done.NOTHING);
        assertThat(scene.one.calls).isEmpty();
        scene.one.request(scene.put("k", "v"));

        assertThat(answer(scene, scene.request("k", Task.ReadPresent.READ_PRESENT)))
                .isEqualTo(new Done(new OperationResult.Value(Scene.value("v")), 0));
        assertThat(scene.one.tallies.get(scene.one.tallies.size() - 1)).isEqualTo(CacheCounters.HIT);
    }

    @Test
    void load_keepsWhatTheLoaderBrings_onceHoweverOftenItIsAsked() {
        database.content = () -> Scene.value("loaded");
        Scene scene = Scene.ofTwo(HostedCaches.loading(database));
        Request load = scene.request("k", new Task.Load(Existing.KEEP));

        scene.one.request(load);
        scene.one.runNext();
        scene.one.request(load.again());

        assertThat(scene.one.answersTo(load)).containsExactly(Done.NOTHING, Done.NOTHING);
        assertThat(database.heard).containsExactly("load");
        assertThat(count(scene)).isEqualTo(1);
    }

    @Test
    void load_ofAPresentValue_leavesOrReplacesIt() {
        database.content = () -> Scene.value("loaded");
        Scene scene = Scene.ofTwo(HostedCaches.loading(database));
        scene.one.request(scene.put("k", "v"));

        scene.one.request(scene.request("k", new Task.Load(Existing.KEEP)));
        scene.one.runNext();
        assertThat(database.heard).isEmpty();
        scene.one.request(scene.request("k", new Task.Load(Existing.REPLACE)));
        scene.one.runNext();

        assertThat(answer(scene, scene.read("k")))
                .isEqualTo(new Done(new OperationResult.Value(Scene.value("loaded")), 0));
    }

    @Test
    void processThatCannotBeDecodedHere_failsWithoutEffect() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        Request invoke = scene.write("k", new Invoke(new EncodedProcess(Scene.value("code"))));

        scene.one.request(invoke);
        scene.one.runNext();

        Done done = (Done) scene.one.answersTo(invoke).get(0);
        assertThat(done.result())
                .isInstanceOfSatisfying(
                        OperationResult.Failed.class,
                        failed -> assertThat(failed.exception()).contains("UnsupportedOperation"));
    }

    // ---- all entries

    @Test
    void listKeys_pageByPage_tellsEachOnce() {
        int entries = 3 * OperationResult.Keys.MAX_KEYS;
        Scene scene = withEntries(HostedCaches.plain(), entries);

        List<EncodedKey> told = new ArrayList<>();
        CachePosition position = CachePosition.START;
        int pages = 0;
        while (!position.isEnd()) {
            OperationResult.Keys page = keys(scene, new Task.ListKeys(position));
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(OperationResult.Keys.MAX_KEYS);
            told.addAll(page.keys());
            position = page.next();
            pages++;
            if (pages == 1) {
                scene.one.request(scene.put(text(told.get(0)), "again"));
            }
        }

        assertThat(pages).isGreaterThan(2);
        assertThat(told).hasSize(entries);
        assertThat(new TreeSet<>(told)).hasSize(entries);
    }

    private static String text(EncodedKey key) {
        return new String(key.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void listKeys_largeValues_makeShortPages() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        String half = "x".repeat(CachePage.MAX_BYTES / 2);
        for (String key : List.of("a", "b", "c")) {
            scene.one.request(scene.put(key, half));
        }

        OperationResult.Keys page = keys(scene, new Task.ListKeys(CachePosition.START));

        assertThat(page.keys()).hasSize(1);
        assertThat(page.next().isEnd()).isFalse();
    }

    @Test
    void listKeys_longKeys_takeOnePart() {
        Scene scene = Scene.ofTwo(HostedCaches.plain());
        for (int i = 10; i < 20; i++) {
            scene.one.request(scene.put(i + "x".repeat(EncodedKey.MAX_BYTES - 2), "v"));
        }

        OperationResult.Keys page = keys(scene, new Task.ListKeys(CachePosition.START));
        assertThat(page.keys()).hasSize(ReplicationLimits.STANDARD.partBytes() / EncodedKey.MAX_BYTES - 1);
        OperationResult.Keys next = keys(scene, new Task.ListKeys(page.next()));
        assertThat(next.keys()).hasSameSizeAs(page.keys()).doesNotContainAnyElementsOf(page.keys());
    }

    @Test
    void listKeys_leavesOutWhatHasExpired() {
        Scene scene = withEntries(HostedCaches.cache(HostedCaches.ONE_SECOND, null, null), 3);
        scene.wallMillis += 1_000;

        assertThat(keys(scene, new Task.ListKeys(CachePosition.START)).keys()).isEmpty();
    }

    @Test
    void clear_dropsAll_onEveryCopy_pageByPage() {
        Scene scene = withEntries(HostedCaches.plain(), 2 * OperationResult.Keys.MAX_KEYS);

        CachePosition position = CachePosition.START;
        while (!position.isEnd()) {
            OperationResult.Keys page = keys(scene, new Task.Clear(position));
            assertThat(page.keys()).isEmpty();
            position = page.next();
        }
        scene.tick();

        assertThat(count(scene)).isZero();
        assertThat(scene.two.replica.digest()).isEqualTo(scene.one.replica.digest());
    }

    @Test
    void clear_sentAgain_dropsNothingOfWhatCameSince() {
        Scene scene = withEntries(HostedCaches.plain(), 3);
        Request clear = scene.ofAll(new Task.Clear(CachePosition.START));
        Answer first = answer(scene, clear);
        scene.one.request(scene.put("k0", "new"));

        scene.one.request(clear.again());

        assertThat(scene.one.answersTo(clear)).containsExactly(first, first);
        assertThat(count(scene)).isEqualTo(1);
    }

    @Test
    void clear_tellsHeldKeys_andLeavesThem() {
        Scene scene = withEntries(HostedCaches.plain(), 3);
        scene.one.request(scene.write("k1", new Invoke(entry -> null)));

        OperationResult.Keys left = keys(scene, new Task.Clear(CachePosition.START));

        assertThat(left.keys()).containsExactly(Scene.key("k1").key());
        assertThat(count(scene)).isEqualTo(1);
    }
}
