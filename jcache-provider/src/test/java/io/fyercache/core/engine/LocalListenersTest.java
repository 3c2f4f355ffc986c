package io.fyercache.core.engine;

import static io.fyercache.core.engine.contract.CacheDefinitions.cache;
import static io.fyercache.core.engine.contract.CacheDefinitions.loader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.contract.CacheDefinitions;
import io.fyercache.core.engine.contract.CacheDefinitions.ListenersOfAll;
import io.fyercache.core.engine.contract.CacheDefinitions.RecordingListeners;
import io.fyercache.core.engine.contract.CacheDefinitions.TimeToLive;
import io.fyercache.core.engine.contract.EngineFixture;
import io.fyercache.core.engine.contract.RecordingWriter;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners within an operation, which the engine of a cluster does not tell yet. */
class LocalListenersTest extends EngineFixture {

    @Override
    protected Engines start() {
        return new LocalEngines();
    }

    @Test
    void events_areInOrderOfCommits() throws Exception {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners));
        engine.execute("k", new Put(0));
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            done.add(threads.submit(() -> IntStream.range(0, 500)
                    .forEach(i -> invoke(engine, "k", entry -> {
                        entry.set((Integer) entry.value() + 1);
                        return null;
                    }))));
        }
        for (Future<?> each : done) {
            each.get(SOON_SECONDS, TimeUnit.SECONDS);
        }

        List<String> expected = new ArrayList<>(List.of("CREATED k=0(null)"));
        IntStream.range(0, 2_000).forEach(i -> expected.add("UPDATED k=" + (i + 1) + "(" + i + ")"));
        assertThat(listeners.heard()).isEqualTo(expected);
    }

    @Test
    void listener_changesItsOwnKey_everyListenerHearsTheOrderOfCommits() {
        RecordingListeners first = new RecordingListeners();
        RecordingListeners second = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(new ListenersOfAll() {
            @Override
            public void publish(EntryChange change) {
                first.publish(change);
                second.publish(change);
            }
        }));
        first.then(change -> {
            if (change.value().equals("v")) {
                assertThat(engine.execute("k", new GetAndPut("w"))).isEqualTo("v");
                assertThat(engine.get("k")).isEqualTo("w");
            }
        });

        engine.execute("k", new Put("v"));

        assertThat(engine.get("k")).isEqualTo("w");
        assertThat(first.heard()).containsExactly("CREATED k=v(null)", "UPDATED k=w(v)");
        assertThat(second.heard()).isEqualTo(first.heard());
    }

    @Test
    void listener_throws_operationHasHappenedAndKeyIsFree() throws Exception {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners));
        listeners.then(change -> {
            throw new IllegalArgumentException(change.kind().toString());
        });

        assertThatThrownBy(() -> engine.execute("k", new Put("v"))).hasMessage("CREATED");

        assertThat(engine.get("k")).isEqualTo("v");
        listeners.then(change -> {});
        assertThat(elsewhere(() -> engine.execute("k", new GetAndPut("w")))).isEqualTo("v");
    }

    @Test
    void listener_throwsForTheExpiredValue_operationHappensAllTheSame() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners).expiry(TimeToLive.ofMillis(1_000)));
        engine.execute("k", new Put("v"));
        advance(Duration.ofSeconds(1));
        listeners.then(change -> {
            throw new IllegalArgumentException(change.kind().toString());
        });

        assertThatThrownBy(() -> engine.execute("k", new Put("w"))).hasMessage("EXPIRED");

        assertThat(engine.get("k")).isEqualTo("w");
        assertThat(listeners.heard()).containsExactly("CREATED k=v(null)", "EXPIRED k=v(v)", "CREATED k=w(null)");
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTENER", "WRITER"})
    void batch_listenerThrowsForOneKey_othersHappenAllTheSame(UserCode code) {
        RecordingListeners listeners = new RecordingListeners();
        CacheDefinitions definition = cache().listeners(listeners);
        CacheEngine engine =
                open(code == UserCode.WRITER ? definition.writingThrough(new RecordingWriter()) : definition);
        Map<Object, Object> entries = new HashMap<>();
        IntStream.range(0, 20).forEach(i -> entries.put(i, "v"));
        listeners.then(change -> {
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(() -> engine.putAll(entries)).hasMessage("no");
        assertThat(engine.size()).isEqualTo(20);
        assertThat(listeners.heard()).hasSize(20);
        assertThatThrownBy(() -> engine.removeAll(entries.keySet())).hasMessage("no");

        assertThat(engine.size()).isZero();
        assertThat(listeners.heard()).hasSize(40);
    }

    @Test
    void loadAll_listenerThrowsForOneKey_othersAreKept() {
        RecordingListeners listeners = new RecordingListeners();
        CacheEngine engine = open(cache().listeners(listeners).readingThrough(loader(key -> "v" + key)));
        listeners.then(change -> {
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(() -> engine.getAll(Set.of(1, 2, 3))).hasMessage("no");

        assertThat(engine.size()).isEqualTo(3);
    }

    @Test
    void putAll_listenerUsesAnotherKeyOfTheBatch_works() {
        RecordingListeners listeners = new RecordingListeners();
        RecordingWriter writer = new RecordingWriter();
        CacheEngine engine = open(
                cache().expiry(TimeToLive.ofMillis(1_000)).listeners(listeners).writingThrough(writer));
        listeners.then(change -> {
            if (change.value().equals("v")) {
                engine.execute((Integer) change.key() == 0 ? 1 : 0, new Put("from listener of " + change.key()));
            }
        });

        engine.putAll(Map.of(0, "v", 1, "v"));

        assertThat(engine.get(0)).isEqualTo("from listener of 1");
        assertThat(engine.get(1)).isEqualTo("from listener of 0");
        assertThat(writer.rows).isEqualTo(engine.getAll(Set.of(0, 1)));
    }
}
