package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.Serialization;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.statistics.CacheCounters;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What goes wrong in the hands of users: the right exception, and nothing else has happened. */
class BadInputTest {
    private static final TestProvider TEST = new TestProvider();
    private static final RuntimeException BOOM = new IllegalArgumentException("boom");

    @AfterAll
    static void close() {
        TEST.close();
    }

    /** What the entry of key "k", which is "old", may be afterwards. */
    private enum Entry {
        UNCHANGED,
        /** A listener cannot undo what has happened. */
        CHANGED
    }

    /**
     * One line of the table.
     *
     * @param settings of the cache
     * @param action what the user does
     * @param expected the exception
     * @param message what it says, among other things
     */
    private record Row(
            String name,
            Consumer<ConfigurationBuilder<Object, Object>> settings,
            Consumer<Cache<Object, Object>> action,
            Class<? extends Throwable> expected,
            String message,
            Entry entry) {}

    private static Row row(
            String name, Consumer<Cache<Object, Object>> action, Class<? extends Throwable> expected, String message) {
        return row(name, builder -> {}, action, expected, message);
    }

    private static Row row(
            String name,
            Consumer<ConfigurationBuilder<Object, Object>> settings,
            Consumer<Cache<Object, Object>> action,
            Class<? extends Throwable> expected,
            String message) {
        return new Row(name, settings, action, expected, message, Entry.UNCHANGED);
    }

    private static <T> Set<T> withNull(T other) {
        Set<T> set = new HashSet<>();
        set.add(other);
        set.add(null);
        return set;
    }

    private static Map<Object, Object> mapOf(Object key, Object value) {
        Map<Object, Object> map = new HashMap<>();
        map.put("other", "new");
        map.put(key, value);
        return map;
    }

    private static List<Row> nulls() {
        Class<NullPointerException> expected = NullPointerException.class;
        return List.of(
                row("get null", cache -> cache.get(null), expected, "key: null"),
                row("getAll null", cache -> cache.getAll(null), expected, "keys: null"),
                row("getAll with null", cache -> cache.getAll(withNull("k")), expected, "key: null"),
                row("containsKey null", cache -> cache.containsKey(null), expected, "key: null"),
                row("loadAll null", cache -> cache.loadAll(null, true, null), expected, "keys: null"),
                row("loadAll with null", cache -> cache.loadAll(withNull("k"), true, null), expected, "key: null"),
                row("put null key", cache -> cache.put(null, "v"), expected, "key: null"),
                row("put null value", cache -> cache.put("k", null), expected, "value: null"),
                row("getAndPut null key", cache -> cache.getAndPut(null, "v"), expected, "key: null"),
                row("getAndPut null value", cache -> cache.getAndPut("k", null), expected, "value: null"),
                row("putAll null", cache -> cache.putAll(null), expected, "map: null"),
                row("putAll null key", cache -> cache.putAll(mapOf(null, "v")), expected, "key: null"),
                row("putAll null value", cache -> cache.putAll(mapOf("k", null)), expected, "value: null"),
                row("putIfAbsent null key", cache -> cache.putIfAbsent(null, "v"), expected, "key: null"),
                row("putIfAbsent null value", cache -> cache.putIfAbsent("k", null), expected, "value: null"),
                row("remove null", cache -> cache.remove(null), expected, "key: null"),
                row("remove null key", cache -> cache.remove(null, "old"), expected, "key: null"),
                row("remove null value", cache -> cache.remove("k", null), expected, "value: null"),
                row("getAndRemove null", cache -> cache.getAndRemove(null), expected, "key: null"),
                row("replace null key", cache -> cache.replace(null, "v"), expected, "key: null"),
                row("replace null value", cache -> cache.replace("k", null), expected, "value: null"),
                row("replace null old", cache -> cache.replace("k", null, "v"), expected, "value: null"),
                row("replace null new", cache -> cache.replace("k", "old", null), expected, "value: null"),
                row("getAndReplace null key", cache -> cache.getAndReplace(null, "v"), expected, "key: null"),
                row("getAndReplace null value", cache -> cache.getAndReplace("k", null), expected, "value: null"),
                row("removeAll null", cache -> cache.removeAll(null), expected, "keys: null"),
                row("removeAll with null", cache -> cache.removeAll(withNull("k")), expected, "key: null"),
                row("invoke null key", cache -> cache.invoke(null, (e, a) -> null), expected, "key: null"),
                row("invoke null", cache -> cache.invoke("k", null), expected, "entryProcessor: null"),
                row("invokeAll null", cache -> cache.invokeAll(null, (e, a) -> null), expected, "keys: null"),
                row(
                        "invokeAll with null",
                        cache -> cache.invokeAll(withNull("k"), (entry, arguments) -> {
                            entry.remove();
                            return null;
                        }),
                        expected,
                        "key: null"),
                row("invokeAll no processor", cache -> cache.invokeAll(Set.of("k"), null), expected, "entryProcessor"),
                row("register null", cache -> cache.registerCacheEntryListener(null), expected, "null"),
                row("deregister null", cache -> cache.deregisterCacheEntryListener(null), expected, "null"),
                row("invalidate with null", cache -> fyer(cache).invalidate(withNull("k")), expected, "key: null"),
                row("put null time", cache -> fyer(cache).put("k", "v", null), expected, "timeToLive: null"));
    }

    private static FyerCache<Object, Object> fyer(Cache<Object, Object> cache) {
        return (FyerCache<Object, Object>) cache;
    }

    /** A class whose instances cannot become bytes. */
    private static final class NotSerializable {
        @Override
        public String toString() {
            throw new AssertionError("payload was printed");
        }
    }

    private static List<Row> valuesThatCannotBeStored() {
        NotSerializable value = new NotSerializable();
        Class<CacheException> expected = CacheException.class;
        String name = NotSerializable.class.getName();
        Consumer<ConfigurationBuilder<Object, Object>> listed =
                builder -> builder.serialization(Serialization.defaults().withAllowList("com.acme.**"));
        return List.of(
                row("put unserializable value", cache -> cache.put("k", value), expected, name),
                row("put unserializable key", cache -> cache.put(value, "v"), expected, name),
                row("getAndPut unserializable", cache -> cache.getAndPut("k", value), expected, name),
                row("putIfAbsent unserializable", cache -> cache.putIfAbsent("x", value), expected, name),
                row("replace unserializable", cache -> cache.replace("k", value), expected, name),
                row("replace with unserializable", cache -> cache.replace("k", "old", value), expected, name),
                row("putAll unserializable", cache -> cache.putAll(mapOf("k", value)), expected, name),
                row(
                        "invoke sets unserializable",
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.setValue(value);
                            return null;
                        }),
                        expected,
                        name),
                row("class not on the allow-list", listed, cache -> cache.put("k", new Note("x")), expected, "Note"));
    }

    private static final CacheLoader<Object, Object> FAILING_LOADER = new CacheLoader<>() {
        @Override
        public Object load(Object key) {
            throw BOOM;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            throw BOOM;
        }
    };

    private static final CacheWriter<Object, Object> FAILING_WRITER = new CacheWriter<>() {
        @Override
        public void write(Cache.Entry<?, ?> entry) {
            if (!"old".equals(entry.getValue())) {
                throw BOOM;
            }
        }

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            throw BOOM;
        }

        @Override
        public void delete(Object key) {
            throw BOOM;
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            throw BOOM;
        }
    };

    private static final ExpiryPolicy FAILING_POLICY = new ExpiryPolicy() {
        @Override
        public Duration getExpiryForCreation() {
            throw BOOM;
        }

        @Override
        public Duration getExpiryForAccess() {
            throw BOOM;
        }

        @Override
        public Duration getExpiryForUpdate() {
            throw BOOM;
        }
    };

    private static List<Row> userCodeThatThrows() {
        Consumer<ConfigurationBuilder<Object, Object>> loader =
                builder -> builder.readThrough(true).loader(() -> FAILING_LOADER);
        Consumer<ConfigurationBuilder<Object, Object>> writer =
                builder -> builder.writeThrough(true).writer(() -> FAILING_WRITER);
        Class<CacheWriterException> unwritten = CacheWriterException.class;
        return List.of(
                row("loader fails", loader, cache -> cache.get("x"), CacheLoaderException.class, "boom"),
                row("loader fails for all", loader, cache -> cache.getAll(Set.of("x")), CacheLoaderException.class, ""),
                row("writer fails put", writer, cache -> cache.put("k", "new"), unwritten, "boom"),
                row("writer fails create", writer, cache -> cache.put("x", "new"), unwritten, "boom"),
                row("writer fails replace", writer, cache -> cache.replace("k", "new"), unwritten, "boom"),
                row("writer fails remove", writer, cache -> cache.remove("k"), unwritten, "boom"),
                row("writer fails remove old", writer, cache -> cache.remove("k", "old"), unwritten, "boom"),
                row("writer fails getAndRemove", writer, cache -> cache.getAndRemove("k"), unwritten, "boom"),
                row("writer fails putAll", writer, cache -> cache.putAll(Map.of("k", "new")), unwritten, "boom"),
                row("writer fails removeAll", writer, cache -> cache.removeAll(Set.of("k")), unwritten, "boom"),
                row("writer fails removeAll of all", writer, Cache::removeAll, unwritten, "boom"),
                row(
                        "writer fails invoke",
                        writer,
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.setValue("new");
                            return null;
                        }),
                        CacheException.class,
                        "boom"),
                row(
                        "processor fails",
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.remove();
                            throw BOOM;
                        }),
                        EntryProcessorException.class,
                        "boom"),
                new Row(
                        "listener fails",
                        builder -> builder.listener(new MutableCacheEntryListenerConfiguration<>(
                                () -> (CacheEntryUpdatedListener<Object, Object>) events -> {
                                    throw BOOM;
                                },
                                null,
                                false,
                                true)),
                        cache -> cache.put("k", "new"),
                        CacheEntryListenerException.class,
                        "boom",
                        Entry.CHANGED),
                new Row(
                        "filter fails",
                        builder -> builder.listener(new MutableCacheEntryListenerConfiguration<>(
                                () -> (CacheEntryUpdatedListener<Object, Object>) events -> {},
                                () -> event -> {
                                    throw BOOM;
                                },
                                false,
                                true)),
                        cache -> cache.put("k", "new"),
                        CacheEntryListenerException.class,
                        "boom",
                        Entry.CHANGED));
    }

    @TestFactory
    Stream<DynamicTest> badInput_theRightException_andNothingElse() {
        return Stream.of(nulls(), valuesThatCannotBeStored(), userCodeThatThrows())
                .flatMap(List::stream)
                .map(row -> dynamicTest(row.name, () -> verify(row)));
    }

    private static void verify(Row row) {
        FyerCache<Object, Object> cache =
                TEST.cacheWith(builder -> row.settings.accept(builder.statisticsEnabled(true)));
        cache.put("k", "old");
        CacheCounters counters = cache.unwrap(CacheEngine.class).counters();
        counters.clear();

        Throwable thrown = catchThrowable(() -> row.action.accept(cache));

        assertThat(thrown).isInstanceOf(row.expected).hasMessageContaining(row.message);
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.size()).isEqualTo(1);
        if (row.entry == Entry.UNCHANGED) {
            assertThat(counters.puts() + counters.removals())
                    .as("puts and removals")
                    .isZero();
            assertThat(cache.get("k")).isEqualTo("old");
        } else {
            assertThat(counters.puts()).isEqualTo(1);
            assertThat(cache.get("k")).isEqualTo("new");
        }
        // Nobody holds the key any more.
        assertThat(cache.<Object>invoke("k", (entry, arguments) -> entry.exists()))
                .isEqualTo(true);
        cache.close();
    }

    @TestFactory
    Stream<DynamicTest> typedCache_keyOrValueOfAnotherClass_classCast() {
        Map<String, Consumer<Cache<Object, Object>>> actions = new HashMap<>();
        actions.put("get", cache -> cache.get(1));
        actions.put("containsKey", cache -> cache.containsKey(1));
        actions.put("getAll", cache -> cache.getAll(Set.of(1)));
        actions.put("put key", cache -> cache.put(1, 1));
        actions.put("put value", cache -> cache.put("k", "text"));
        actions.put("putAll", cache -> cache.putAll(Map.of("k", 1, "l", "text")));
        actions.put("replace", cache -> cache.replace("k", "text"));
        actions.put("replace old", cache -> cache.replace("k", "text", 1));
        actions.put("remove", cache -> cache.remove(1));
        actions.put("removeAll", cache -> cache.removeAll(Set.of(1)));
        actions.put("invoke", cache -> cache.invoke(1, (entry, arguments) -> null));
        return actions.entrySet().stream()
                .map(action -> dynamicTest(action.getKey(), () -> {
                    FyerCache<String, Integer> typed = TEST.cache(FyerConfiguration.builder(String.class, Integer.class)
                            .build());
                    @SuppressWarnings("unchecked") // on purpose: what a careless user does
                    Cache<Object, Object> careless = (Cache<Object, Object>) (Cache<?, ?>) typed;

                    assertThat(catchThrowable(() -> action.getValue().accept(careless)))
                            .isInstanceOf(ClassCastException.class)
                            .hasMessageContaining("'" + typed.getName() + "'");
                    assertThat(typed.size()).isZero();
                    typed.close();
                }));
    }

    @TestFactory
    Stream<DynamicTest> factoryFails_cacheIsNotCreated_andWhatWasMadeIsClosed() {
        Map<String, Consumer<ConfigurationBuilder<Object, Object>>> broken = new HashMap<>();
        broken.put(
                "loader",
                builder -> builder.loader(() -> {
                    throw BOOM;
                }));
        broken.put(
                "writer",
                builder -> builder.writer(() -> {
                    throw BOOM;
                }));
        broken.put(
                "listener",
                builder -> builder.listener(new MutableCacheEntryListenerConfiguration<>(
                        () -> {
                            throw BOOM;
                        },
                        null,
                        false,
                        true)));
        broken.put(
                "event filter",
                builder -> builder.listener(new MutableCacheEntryListenerConfiguration<>(
                        () -> (CacheEntryCreatedListener<Object, Object>) events -> {},
                        () -> {
                            throw BOOM;
                        },
                        false,
                        true)));
        broken.put("weigher", builder -> builder.maximumWeight(1).weigher(() -> null));
        broken.put("eviction listener", builder -> builder.maximumEntries(1).evictionListener(() -> null));
        return broken.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    ClosablePolicy policy = new ClosablePolicy();
                    ConfigurationBuilder<Object, Object> builder = FyerConfiguration.builder();
                    builder.statisticsEnabled(true).expiry(() -> {
                        policy.made++;
                        return policy;
                    });
                    row.getValue().accept(builder);

                    assertThat(catchThrowable(() -> TEST.manager().createCache("broken", builder.build())))
                            .isInstanceOf(CacheException.class)
                            .hasMessageContainingAll("'broken'", row.getKey());
                    assertThat(TEST.manager().getCacheNames()).doesNotContain("broken");
                    assertThat(TestProvider.beans())
                            .noneMatch(name -> name.toString().contains("broken"));
                    assertThat(policy.made).isEqualTo(policy.closed);
                }));
    }

    @TestFactory
    Stream<DynamicTest> expiryPolicyFails_operationsGoOn() {
        Map<String, Consumer<Cache<Object, Object>>> actions = new HashMap<>();
        actions.put("create", cache -> cache.put("x", "new"));
        actions.put("update", cache -> cache.put("k", "old"));
        actions.put("access", cache -> cache.get("k"));
        return actions.entrySet().stream()
                .map(action -> dynamicTest(action.getKey(), () -> {
                    FyerCache<Object, Object> cache = TEST.cacheWith(builder -> builder.expiry(() -> FAILING_POLICY));
                    cache.put("k", "old");
                    action.getValue().accept(cache);
                    TEST.advance(java.time.Duration.ofDays(1_000));

                    assertThat(cache.get("k")).isEqualTo("old");
                    cache.close();
                }));
    }

    /** An expiry policy that must be closed. */
    private static final class ClosablePolicy implements ExpiryPolicy, AutoCloseable {
        int made;
        int closed;

        @Override
        public Duration getExpiryForCreation() {
            return Duration.ETERNAL;
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
