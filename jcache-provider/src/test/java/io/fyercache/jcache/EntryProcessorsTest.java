package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.core.engine.CacheEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EntryProcessorsTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private FyerCache<Object, Object> cache() {
        return test.cacheWith(builder -> builder.statisticsEnabled(true));
    }

    @Test
    void processorThrows_wrapped_entryUnchanged() {
        FyerCache<Object, Object> cache = cache();
        cache.put("k", 1);
        IllegalStateException failure = new IllegalStateException("boom");

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    entry.setValue(2);
                    throw failure;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCause(failure)
                .hasMessageContaining("boom");

        assertThat(cache.get("k")).isEqualTo(1);
        assertThat(cache.unwrap(CacheEngine.class).counters().puts()).isEqualTo(1);
    }

    @Test
    void processorThrowsEntryProcessorException_passesUnwrapped() {
        EntryProcessorException own = new EntryProcessorException("mine", new IllegalStateException());

        assertThatThrownBy(() -> cache().invoke("k", (entry, arguments) -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void processorThrowsError_passesAsItIs() {
        AssertionError error = new AssertionError("boom");

        assertThatThrownBy(() -> cache().invoke("k", (entry, arguments) -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void loaderFailsInGetValue_loaderExceptionComesOut_processorMayCatchIt() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.readThrough(true).loader(() -> new CacheLoader<Object, Object>() {
                    @Override
                    public Object load(Object key) {
                        throw new IllegalStateException("no database");
                    }

                    @Override
                    public Map<Object, Object> loadAll(Iterable<?> keys) {
                        throw new IllegalStateException("no database");
                    }
                }));

        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> entry.getValue()))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseMessage("no database");
        assertThat(cache.<Object>invoke("k", (entry, arguments) -> {
                    Throwable thrown = catchThrowable(entry::getValue);
                    entry.setValue("default");
                    return thrown instanceof CacheLoaderException;
                }))
                .isEqualTo(true);
        assertThat(cache.get("k")).isEqualTo("default");
    }

    @Test
    void entry_usedAfterTheProcessorReturned_isRefused() {
        FyerCache<Object, Object> cache = cache();
        AtomicReference<MutableEntry<Object, Object>> leaked = new AtomicReference<>();
        cache.invoke("k", (entry, arguments) -> {
            leaked.set(entry);
            return null;
        });

        MutableEntry<Object, Object> entry = leaked.get();
        assertThat(entry.getKey()).isEqualTo("k");
        assertThatThrownBy(entry::getValue)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after its entry processor returned");
        assertThatThrownBy(() -> entry.setValue(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(entry::remove).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(entry::exists).isInstanceOf(IllegalStateException.class);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void entry_unwraps_orRefuses() {
        assertThat(cache().<Object>invoke("k", (entry, arguments) -> entry.unwrap(MutableEntry.class) == entry))
                .isEqualTo(true);
        assertThatThrownBy(() -> cache().invoke("k", (entry, arguments) -> entry.unwrap(String.class)))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setValue_nullOrOfAnotherType_failsTheInvocation() {
        FyerCache<String, Integer> typed = test.cache(
                FyerConfiguration.builder(String.class, Integer.class).build());

        assertThatThrownBy(() -> typed.invoke("k", (entry, arguments) -> {
                    entry.setValue(null);
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> typed.<Object>invoke("k", (entry, arguments) -> {
                    setRaw(entry);
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(ClassCastException.class);
        assertThat(typed.containsKey("k")).isFalse();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // on purpose: what a careless user does
    private static void setRaw(MutableEntry entry) {
        entry.setValue("text");
    }

    @Test
    void arguments_areHandedOver_evenNull() {
        FyerCache<Object, Object> cache = cache();

        assertThat(cache.<Object>invoke("k", (entry, arguments) -> List.of(arguments), 1, "a"))
                .isEqualTo(List.of(1, "a"));
        assertThat(cache.<Object>invoke("k", (entry, arguments) -> arguments.length))
                .isEqualTo(0);
        assertThat(cache.<Object>invoke("k", (entry, arguments) -> arguments == null, (Object[]) null))
                .isEqualTo(true);
    }

    @Test
    void invokeAll_resultsPerKey_nullsLeftOut_failuresKept() {
        FyerCache<Object, Object> cache = cache();
        IllegalStateException failure = new IllegalStateException("boom");
        EntryProcessorException own = new EntryProcessorException("mine");

        Map<Object, EntryProcessorResult<Object>> results =
                cache.invokeAll(Set.of("value", "null", "fails", "own"), (entry, arguments) -> {
                    switch ((String) entry.getKey()) {
                        case "value" -> {
                            entry.setValue(1);
                            return "result";
                        }
                        case "fails" -> throw failure;
                        case "own" -> throw own;
                        default -> {
                            return null;
                        }
                    }
                });

        assertThat(results).containsOnlyKeys("value", "fails", "own");
        assertThat(results.get("value").get()).isEqualTo("result");
        assertThatThrownBy(() -> results.get("fails").get())
                .isInstanceOf(EntryProcessorException.class)
                .hasCause(failure);
        assertThatThrownBy(() -> results.get("own").get()).isSameAs(own);
        assertThat(cache.get("value")).isEqualTo(1);
    }

    @Test
    void processor_runsOnce_exclusivelyPerKey_andNeedNotBeSerializable() throws Exception {
        FyerCache<Object, Object> cache = cache();
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int threads = 4;
        int each = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            done.add(pool.submit(() -> {
                for (int j = 0; j < each; j++) {
                    cache.invoke("k", (entry, arguments) -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        runs.incrementAndGet();
                        entry.setValue(entry.exists() ? (Integer) entry.getValue() + 1 : 1);
                        inside.decrementAndGet();
                        return null;
                    });
                }
            }));
        }
        for (Future<?> one : done) {
            one.get(20, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(cache.get("k")).isEqualTo(threads * each);
        assertThat(runs).hasValue(threads * each);
        assertThat(most).hasValue(1);
    }

    @Test
    void processor_usesOtherKeys_butNotItsOwn() {
        FyerCache<Object, Object> cache = cache();

        cache.invoke("k", (entry, arguments) -> {
            cache.put("other", 1);
            return null;
        });
        assertThat(cache.get("other")).isEqualTo(1);
        assertThatThrownBy(() -> cache.invoke("k", (entry, arguments) -> {
                    cache.put("k", 1);
                    return null;
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void invokeAll_processorClosesTheCache_illegalState() {
        FyerCache<Object, Object> cache = cache();

        assertThatThrownBy(() -> cache.invokeAll(Set.of("a", "b"), (entry, arguments) -> {
                    cache.close();
                    throw new IllegalArgumentException("after close");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }
}
