package io.fyercache.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.jcache.FyerCachingProvider;
import io.fyercache.testkit.history.Completion.Answered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.EntryProcessorException;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
    private final AtomicLong clock = new AtomicLong();
    private final CachingProvider provider = new FyerCachingProvider();
    private final HistoryRecorder recorder = new HistoryRecorder(clock::incrementAndGet);
    private Cache<String, Long> cache;
    private Cache<String, Long> view;

    @BeforeEach
    void create() {
        cache = provider.getCacheManager()
                .createCache("recorded", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
        view = recorder.record(cache);
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void view_recordsEachOperationWithItsAnswerAndTimes() {
        view.put("k", 1L);
        view.getAndPut("k", 2L);
        view.remove("k", 1L);

        assertThat(recorder.history().operations())
                .containsExactly(
                        new Operation("client-1", "k", new Action.Put(1L), 1, new Answered(null, 2)),
                        new Operation("client-1", "k", new Action.GetAndPut(2L), 3, new Answered(1L, 4)),
                        new Operation("client-1", "k", new Action.RemoveExpected(1L), 5, new Answered(false, 6)));
    }

    @Test
    void view_answersAsTheCacheDoes() {
        assertThat(view.putIfAbsent("k", 1L)).isTrue();
        assertThat(view.get("k")).isEqualTo(1);
        assertThat(view.replace("k", 1L, 2L)).isTrue();
        assertThat(view.replace("k", 3L)).isTrue();
        assertThat(view.getAndReplace("k", 4L)).isEqualTo(3);
        assertThat(view.<Long>invoke("k", new AtomicFunction.Add<>(6))).isEqualTo(10);
        assertThat(view.containsKey("k")).isTrue();
        assertThat(view.getAndRemove("k")).isEqualTo(10);
        assertThat(view.remove("k")).isFalse();
        assertThat(view.<Boolean>invoke("k", new AtomicFunction.CompareAndSet<>(null, 5L)))
                .isTrue();
        assertThat(view.<Boolean>invoke("k", new AtomicFunction.CompareAndSet<>(4L, 6L)))
                .isFalse();
        assertThat(view.<Boolean>invoke("k", new AtomicFunction.CompareAndSet<>(5L, null)))
                .isTrue();
        assertThat(cache.containsKey("k")).isFalse();

        assertThat(new LinearizabilityChecker().check(recorder.history()).outcome())
                .isEqualTo(Outcome.LINEARIZABLE);
        assertThat(recorder.history().operations()).hasSize(12);
    }

    @Test
    void operationsOnManyKeys_areRecordedAsOneForEach() {
        Map<String, Long> entries = new LinkedHashMap<>();
        entries.put("a", 1L);
        entries.put("b", 2L);

        view.putAll(entries);
        view.getAll(Set.of("b"));
        view.removeAll(Set.of("a"));
        view.putAll(Map.of());
        view.invokeAll(Set.of("b"), (entry, arguments) -> {
            entry.remove();
            return null;
        });

        assertThat(recorder.history().operations())
                .containsExactly(
                        new Operation("client-1", "a", new Action.Put(1L), 1, new Answered(null, 2)),
                        new Operation("client-1", "b", new Action.Put(2L), 1, new Answered(null, 2)),
                        new Operation("client-1", "b", new Action.Get(), 3, new Answered(2L, 4)),
                        new Operation("client-1", "a", new Action.Clear(), 5, new Answered(null, 6)),
                        new Operation(
                                "client-1",
                                "b",
                                new Action.Invoke(new AtomicFunction.Undescribed()),
                                7,
                                new Answered(new Action.Exchange(2L, null), 8)));
    }

    @Test
    void exception_meansUnknown() {
        assertThatThrownBy(() -> view.invoke("k", (entry, arguments) -> {
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(EntryProcessorException.class);

        assertThat(recorder.history().operations())
                .extracting(Operation::completion)
                .containsExactly(new Completion.Unknown());
    }

    @Test
    void exception_thatProvesThatNothingHappened_meansFailed() {
        HistoryRecorder knowing = new HistoryRecorder(clock::incrementAndGet, 10, CacheException.class::isInstance);
        Cache<String, Long> knowingView = knowing.record(cache);

        assertThatThrownBy(() -> knowingView.invoke("k", (entry, arguments) -> {
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(EntryProcessorException.class);

        assertThat(knowing.history().operations())
                .extracting(Operation::completion)
                .containsExactly(new Completion.Failed());
    }

    @Test
    void history_inTheMiddleOfAnOperation_hasItWithUnknownOutcome() {
        view.invoke("k", (entry, arguments) -> {
            assertThat(recorder.history().operations())
                    .extracting(Operation::completion)
                    .containsExactly(new Completion.Unknown());
            return null;
        });

        assertThat(recorder.history().operations())
                .extracting(Operation::completion)
                .hasOnlyElementsOfType(Answered.class);
    }

    @Test
    void view_inTheMiddleOfAnOperation_refusesAnother() {
        assertThatThrownBy(() -> view.invoke("k", (entry, arguments) -> view.get("other")))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage(
                        "client-1 begins an operation in the middle of invoke(undescribed) (expected: one at "
                                + "a time); give each thread a client of its own");
    }

    @Test
    void client_atItsBound_refusesBeforeItActs() {
        Cache<String, Long> bounded = new HistoryRecorder(clock::incrementAndGet, 1, exception -> false).record(cache);
        bounded.put("k", 1L);

        assertThatThrownBy(() -> bounded.put("k", 2L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("operations of client-1: 2 (expected: up to 1)")
                .hasMessageContaining("maxOperationsOfClient");
        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void client_withoutBound_isRefused() {
        assertThatThrownBy(() -> new HistoryRecorder(clock::get, 0, exception -> false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxOperationsOfClient: 0 (expected: 1 or more)");
    }

    @Test
    void client_thatEndsWhatItDidNotBegin_isRefused() {
        ClientRecorder client = recorder.newClient();

        assertThatThrownBy(client::unknown)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("client-2 ends an operation that it did not begin (expected: begin first)");
    }

    @Test
    void operationsOnUnknownKeys_areRefused() {
        view.put("k", 1L);

        assertThatThrownBy(view::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(view::removeAll).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> view.loadAll(Set.of("k"), true, null))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> {
                    var entries = view.iterator();
                    entries.next();
                    entries.remove();
                })
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(cache.get("k")).isEqualTo(1);
    }

    @Test
    void cacheThatReadsThrough_isRefused() {
        Cache<String, Long> loading = provider.getCacheManager()
                .createCache(
                        "loading",
                        new MutableConfiguration<String, Long>()
                                .setTypes(String.class, Long.class)
                                .setReadThrough(true)
                                .setCacheLoaderFactory(NoLoader::new));

        assertThatThrownBy(() -> recorder.record(loading))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache 'loading' reads through");
    }

    private static final class NoLoader implements CacheLoader<String, Long> {
        @Override
        public Long load(String key) {
            return null;
        }

        @Override
        public Map<String, Long> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }
    }

    @Test
    void history_ofTwoViews_hasBothClients() {
        recorder.record(cache).put("k", 1L);
        view.put("k", 2L);

        assertThat(recorder.history().operations())
                .extracting(Operation::client)
                .isEqualTo(List.of("client-1", "client-2"));
    }
}
