package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.statistics.CacheCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** JSR-107's table: what each operation does in each situation, in every kind of cache. */
class OperationSemanticsTest {
    private static final Note KEY = new Note("k");
    private static final javax.cache.expiry.Duration TIME = javax.cache.expiry.Duration.ONE_MINUTE;
    private static final String NOTHING = "";

    /** One for all: each row has a cache of its own. */
    private static final TestProvider TEST = new TestProvider();

    @AfterAll
    static void close() {
        TEST.close();
    }

    private enum Store {
        BY_VALUE,
        BY_REFERENCE
    }

    private enum Statistics {
        ON,
        OFF
    }

    private enum Integration {
        NONE,
        THROUGH
    }

    private enum Expiry {
        ETERNAL,
        TOUCHED,
        CUSTOM
    }

    private enum Listening {
        NOBODY,
        SYNCHRONOUS
    }

    /** A kind of cache. */
    private record Kind(
            Store store, Statistics statistics, Integration integration, Expiry expiry, Listening listening) {
        static Stream<Kind> all() {
            List<Kind> all = new ArrayList<>();
            for (Store store : Store.values()) {
                for (Statistics statistics : Statistics.values()) {
                    for (Integration integration : Integration.values()) {
                        for (Expiry expiry : Expiry.values()) {
                            for (Listening listening : Listening.values()) {
                                all.add(new Kind(store, statistics, integration, expiry, listening));
                            }
                        }
                    }
                }
            }
            return all.stream();
        }
    }

    /** What is there before the operation. */
    private enum Situation {
        /** No entry, and no row in the database. */
        ABSENT,
        /** An entry. */
        PRESENT,
        /** An entry whose time is over. */
        EXPIRED,
        /** No entry, but a row in the database. */
        LOADABLE,
        /** An entry, and another value in the database. */
        OUTDATED;

        boolean suits(Kind kind) {
            return switch (this) {
                case ABSENT, PRESENT -> true;
                case EXPIRED -> kind.expiry != Expiry.ETERNAL;
                case LOADABLE, OUTDATED -> kind.integration == Integration.THROUGH;
            };
        }
    }

    /**
     * One line of the table.
     *
     * @param counted the statistics that go up by one: H, M, P, R
     * @param event as a listener notes it
     * @param written as a writer notes it
     * @param loaded as a loader notes it
     * @param asked what an expiry policy is asked: C, U, A
     * @param after the value afterwards, empty for none
     */
    private record Row(
            String operation,
            Situation situation,
            Function<FyerCache<Object, Object>, Object> action,
            Object result,
            String counted,
            String event,
            String written,
            String loaded,
            String asked,
            String after) {}

    private static final List<Row> TABLE = table();

    private static Row row(
            String operation,
            Situation situation,
            Function<FyerCache<Object, Object>, Object> action,
            Object result,
            String counted,
            String event,
            String written,
            String loaded,
            String asked,
            String after) {
        return new Row(operation, situation, action, result, counted, event, written, loaded, asked, after);
    }

    private static Note note(String text) {
        return new Note(text);
    }

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(reads());
        rows.addAll(puts());
        rows.addAll(removals());
        rows.addAll(bulk());
        rows.addAll(invocations());
        return rows;
    }

    private static List<Row> reads() {
        Function<FyerCache<Object, Object>, Object> get = cache -> cache.get(KEY);
        Function<FyerCache<Object, Object>, Object> getAll = cache -> cache.getAll(Set.of(KEY));
        Function<FyerCache<Object, Object>, Object> contains = cache -> cache.containsKey(KEY);
        return List.of(
                row("get", Situation.PRESENT, get, note("old"), "H", "", "", "", "A", "old"),
                row("get", Situation.ABSENT, get, null, "M", "", "", "load k", "", ""),
                row("get", Situation.EXPIRED, get, null, "M", "EXPIRED old", "", "load k", "", ""),
                row("get", Situation.LOADABLE, get, note("db"), "M", "CREATED db", "", "load k", "C", "db"),
                row("getAll", Situation.PRESENT, getAll, Map.of(KEY, note("old")), "H", "", "", "", "A", "old"),
                row("getAll", Situation.ABSENT, getAll, Map.of(), "M", "", "", "load k", "", ""),
                row(
                        "getAll",
                        Situation.LOADABLE,
                        getAll,
                        Map.of(KEY, note("db")),
                        "M",
                        "CREATED db",
                        "",
                        "load k",
                        "C",
                        "db"),
                row("containsKey", Situation.PRESENT, contains, true, "", "", "", "", "", "old"),
                row("containsKey", Situation.ABSENT, contains, false, "", "", "", "", "", ""),
                row("containsKey", Situation.LOADABLE, contains, false, "", "", "", "", "", ""));
    }

    private static List<Row> puts() {
        Function<FyerCache<Object, Object>, Object> put = cache -> {
            cache.put(KEY, note("new"));
            return NOTHING;
        };
        Function<FyerCache<Object, Object>, Object> getAndPut = cache -> cache.getAndPut(KEY, note("new"));
        Function<FyerCache<Object, Object>, Object> ifAbsent = cache -> cache.putIfAbsent(KEY, note("new"));
        Function<FyerCache<Object, Object>, Object> replace = cache -> cache.replace(KEY, note("new"));
        Function<FyerCache<Object, Object>, Object> replaceOld = cache -> cache.replace(KEY, note("old"), note("new"));
        Function<FyerCache<Object, Object>, Object> replaceOther = cache -> cache.replace(KEY, note("x"), note("new"));
        Function<FyerCache<Object, Object>, Object> getAndReplace = cache -> cache.getAndReplace(KEY, note("new"));
        String created = "CREATED new";
        String updated = "UPDATED old>new";
        String write = "write k=new";
        return List.of(
                row("put", Situation.ABSENT, put, NOTHING, "P", created, write, "", "C", "new"),
                row("put", Situation.PRESENT, put, NOTHING, "P", updated, write, "", "U", "new"),
                row("put", Situation.EXPIRED, put, NOTHING, "P", "EXPIRED old, CREATED new", write, "", "C", "new"),
                row("getAndPut", Situation.ABSENT, getAndPut, null, "MP", created, write, "", "C", "new"),
                row("getAndPut", Situation.LOADABLE, getAndPut, null, "MP", created, write, "", "C", "new"),
                row("getAndPut", Situation.PRESENT, getAndPut, note("old"), "HP", updated, write, "", "U", "new"),
                row("putIfAbsent", Situation.ABSENT, ifAbsent, true, "MP", created, write, "", "C", "new"),
                row("putIfAbsent", Situation.PRESENT, ifAbsent, false, "H", "", "", "", "", "old"),
                row(
                        "putIfAbsent",
                        Situation.EXPIRED,
                        ifAbsent,
                        true,
                        "MP",
                        "EXPIRED old, CREATED new",
                        write,
                        "",
                        "C",
                        "new"),
                row("replace", Situation.ABSENT, replace, false, "M", "", "", "", "", ""),
                row("replace", Situation.LOADABLE, replace, false, "M", "", "", "", "", ""),
                row("replace", Situation.EXPIRED, replace, false, "M", "EXPIRED old", "", "", "", ""),
                row("replace", Situation.PRESENT, replace, true, "HP", updated, write, "", "U", "new"),
                row("replace old", Situation.ABSENT, replaceOld, false, "M", "", "", "", "", ""),
                row("replace old", Situation.PRESENT, replaceOld, true, "HP", updated, write, "", "U", "new"),
                row("replace other", Situation.PRESENT, replaceOther, false, "H", "", "", "", "A", "old"),
                row("getAndReplace", Situation.ABSENT, getAndReplace, null, "M", "", "", "", "", ""),
                row(
                        "getAndReplace",
                        Situation.PRESENT,
                        getAndReplace,
                        note("old"),
                        "HP",
                        updated,
                        write,
                        "",
                        "U",
                        "new"));
    }

    private static List<Row> removals() {
        Function<FyerCache<Object, Object>, Object> remove = cache -> cache.remove(KEY);
        Function<FyerCache<Object, Object>, Object> removeOld = cache -> cache.remove(KEY, note("old"));
        Function<FyerCache<Object, Object>, Object> removeOther = cache -> cache.remove(KEY, note("x"));
        Function<FyerCache<Object, Object>, Object> getAndRemove = cache -> cache.getAndRemove(KEY);
        Function<FyerCache<Object, Object>, Object> invalidate = cache -> cache.invalidate(Set.of(KEY));
        String removed = "REMOVED old";
        return List.of(
                row("remove", Situation.ABSENT, remove, false, "", "", "delete k", "", "", ""),
                row("remove", Situation.PRESENT, remove, true, "R", removed, "delete k", "", "", ""),
                row("remove", Situation.EXPIRED, remove, false, "", "EXPIRED old", "delete k", "", "", ""),
                row("remove old", Situation.ABSENT, removeOld, false, "M", "", "", "", "", ""),
                row("remove old", Situation.PRESENT, removeOld, true, "HR", removed, "delete k", "", "", ""),
                row("remove other", Situation.PRESENT, removeOther, false, "H", "", "", "", "A", "old"),
                row("getAndRemove", Situation.ABSENT, getAndRemove, null, "M", "", "delete k", "", "", ""),
                row("getAndRemove", Situation.LOADABLE, getAndRemove, null, "M", "", "delete k", "", "", ""),
                row(
                        "getAndRemove",
                        Situation.PRESENT,
                        getAndRemove,
                        note("old"),
                        "HR",
                        removed,
                        "delete k",
                        "",
                        "",
                        ""),
                row("invalidate", Situation.ABSENT, invalidate, 0, "", "", "", "", "", ""),
                row("invalidate", Situation.PRESENT, invalidate, 1, "", "", "", "", "", ""));
    }

    private static List<Row> bulk() {
        Function<FyerCache<Object, Object>, Object> putAll = doing(cache -> cache.putAll(Map.of(KEY, note("new"))));
        Function<FyerCache<Object, Object>, Object> removeKeys = doing(cache -> cache.removeAll(Set.of(KEY)));
        Function<FyerCache<Object, Object>, Object> removeAll = doing(Cache::removeAll);
        Function<FyerCache<Object, Object>, Object> clear = doing(Cache::clear);
        Function<FyerCache<Object, Object>, Object> iterate =
                cache -> cache.iterator().next().getValue();
        Function<FyerCache<Object, Object>, Object> iterateAndRemove = doing(cache -> {
            var entries = cache.iterator();
            entries.next();
            entries.remove();
        });
        Function<FyerCache<Object, Object>, Object> load = doing(cache -> loadAll(cache, false));
        Function<FyerCache<Object, Object>, Object> reload = doing(cache -> loadAll(cache, true));
        String write = "writeAll k=new";
        String deleteAll = "deleteAll k";
        return List.of(
                row("putAll", Situation.ABSENT, putAll, NOTHING, "P", "CREATED new", write, "", "C", "new"),
                row("putAll", Situation.PRESENT, putAll, NOTHING, "P", "UPDATED old>new", write, "", "U", "new"),
                row("removeAll(keys)", Situation.ABSENT, removeKeys, NOTHING, "", "", deleteAll, "", "", ""),
                row(
                        "removeAll(keys)",
                        Situation.PRESENT,
                        removeKeys,
                        NOTHING,
                        "R",
                        "REMOVED old",
                        deleteAll,
                        "",
                        "",
                        ""),
                row("removeAll", Situation.ABSENT, removeAll, NOTHING, "", "", "", "", "", ""),
                row("removeAll", Situation.PRESENT, removeAll, NOTHING, "R", "REMOVED old", deleteAll, "", "", ""),
                row("clear", Situation.PRESENT, clear, NOTHING, "", "", "", "", "", ""),
                row("iterate", Situation.PRESENT, iterate, note("old"), "H", "", "", "", "A", "old"),
                row(
                        "iterate, remove",
                        Situation.PRESENT,
                        iterateAndRemove,
                        NOTHING,
                        "HR",
                        "REMOVED old",
                        "delete k",
                        "",
                        "A",
                        ""),
                row("loadAll", Situation.LOADABLE, load, NOTHING, "", "CREATED db", "", "load k", "C", "db"),
                row("loadAll", Situation.OUTDATED, load, NOTHING, "", "", "", "", "", "old"),
                row(
                        "loadAll anew",
                        Situation.OUTDATED,
                        reload,
                        NOTHING,
                        "",
                        "UPDATED old>db",
                        "",
                        "load k",
                        "U",
                        "db"));
    }

    private static List<Row> invocations() {
        Function<FyerCache<Object, Object>, Object> nothing = invoking((entry, arguments) -> null);
        Function<FyerCache<Object, Object>, Object> exists = invoking((entry, arguments) -> entry.exists());
        Function<FyerCache<Object, Object>, Object> get = invoking((entry, arguments) -> entry.getValue());
        Function<FyerCache<Object, Object>, Object> set = invoking((entry, arguments) -> {
            entry.setValue(note("new"));
            return entry.getValue();
        });
        Function<FyerCache<Object, Object>, Object> getAndSet = invoking((entry, arguments) -> {
            Object old = entry.getValue();
            entry.setValue(note("other"));
            entry.setValue(note("new"));
            return old;
        });
        Function<FyerCache<Object, Object>, Object> remove = invoking((entry, arguments) -> {
            entry.remove();
            return entry.exists();
        });
        Function<FyerCache<Object, Object>, Object> setAndRemove = invoking((entry, arguments) -> {
            entry.setValue(note("new"));
            entry.remove();
            return entry.exists();
        });
        Function<FyerCache<Object, Object>, Object> removeAndSet = invoking((entry, arguments) -> {
            entry.remove();
            entry.setValue(note("new"));
            return entry.exists();
        });
        String write = "write k=new";
        String created = "CREATED new";
        String updated = "UPDATED old>new";
        return List.of(
                row("invoke nothing", Situation.ABSENT, nothing, null, "M", "", "", "", "", ""),
                row("invoke nothing", Situation.PRESENT, nothing, null, "H", "", "", "", "", "old"),
                row("invoke exists", Situation.LOADABLE, exists, false, "M", "", "", "", "", ""),
                row("invoke exists", Situation.PRESENT, exists, true, "H", "", "", "", "", "old"),
                row("invoke get", Situation.ABSENT, get, null, "M", "", "", "load k", "", ""),
                row("invoke get", Situation.PRESENT, get, note("old"), "H", "", "", "", "A", "old"),
                row("invoke get", Situation.LOADABLE, get, note("db"), "M", "CREATED db", "", "load k", "C", "db"),
                row("invoke set", Situation.ABSENT, set, note("new"), "MP", created, write, "", "C", "new"),
                row("invoke set", Situation.PRESENT, set, note("new"), "HP", updated, write, "", "U", "new"),
                row(
                        "invoke set",
                        Situation.EXPIRED,
                        set,
                        note("new"),
                        "MP",
                        "EXPIRED old, CREATED new",
                        write,
                        "",
                        "C",
                        "new"),
                row("invoke get, set", Situation.PRESENT, getAndSet, note("old"), "HP", updated, write, "", "U", "new"),
                row("invoke remove", Situation.ABSENT, remove, false, "M", "", "delete k", "", "", ""),
                row("invoke remove", Situation.PRESENT, remove, false, "HR", "REMOVED old", "delete k", "", "", ""),
                row("invoke set, remove", Situation.ABSENT, setAndRemove, false, "M", "", "", "", "", ""),
                row("invoke remove, set", Situation.PRESENT, removeAndSet, true, "HP", updated, write, "", "U", "new"),
                row("invoke remove, set", Situation.ABSENT, removeAndSet, true, "MP", created, write, "", "C", "new"));
    }

    private static Function<FyerCache<Object, Object>, Object> doing(Consumer<FyerCache<Object, Object>> action) {
        return cache -> {
            action.accept(cache);
            return NOTHING;
        };
    }

    private static Function<FyerCache<Object, Object>, Object> invoking(
            EntryProcessor<Object, Object, Object> processor) {
        return cache -> cache.invoke(KEY, processor);
    }

    private static void loadAll(Cache<Object, Object> cache, boolean replace) {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of(KEY), replace, done);
        try {
            done.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("loadAll did not complete", e);
        }
    }

    @TestFactory
    Stream<DynamicNode> everyOperation_inEverySituation_andKindOfCache() {
        return Kind.all()
                .map(kind -> dynamicContainer(
                        kind.toString(),
                        TABLE.stream()
                                .filter(row -> row.situation.suits(kind))
                                .map(row ->
                                        dynamicTest(row.operation + " " + row.situation, () -> verify(kind, row)))));
    }

    private static void verify(Kind kind, Row row) {
        UserCode user = new UserCode();
        FyerCache<Object, Object> cache = TEST.cacheWith(builder -> configure(builder, kind, user));
        prepare(row.situation, cache, user);

        Object result = row.action.apply(cache);

        assertThat(result).as("result").isEqualTo(row.result);
        assertThat(counted(cache)).as("statistics").isEqualTo(kind.statistics == Statistics.ON ? row.counted : "");
        if (kind.listening == Listening.SYNCHRONOUS) {
            if (row.situation == Situation.EXPIRED) {
                // The sweeper may be telling of the expiry that the operation met.
                TestProvider.eventually().until(() -> !user.events.isEmpty());
            }
            assertThat(String.join(", ", user.events)).as("events").isEqualTo(row.event);
        }
        if (kind.integration == Integration.THROUGH) {
            assertThat(String.join(", ", user.writes)).as("writes").isEqualTo(row.written);
            assertThat(String.join(", ", user.loads)).as("loads").isEqualTo(row.loaded);
        }
        if (kind.expiry == Expiry.CUSTOM) {
            assertThat(String.join("", user.expiries)).as("asked of the policy").isEqualTo(row.asked);
        }
        assertThat(valueOf(cache)).as("value afterwards").isEqualTo(row.after);
        cache.close();
    }

    private static void configure(ConfigurationBuilder<Object, Object> builder, Kind kind, UserCode user) {
        ExpiryPolicy policy = switch (kind.expiry) {
            case ETERNAL -> new EternalExpiryPolicy();
            case TOUCHED -> new TouchedExpiryPolicy(TIME);
            case CUSTOM -> user.new Policy(TIME);
        };
        builder.storeByValue(kind.store == Store.BY_VALUE)
                .statisticsEnabled(kind.statistics == Statistics.ON)
                .expiry(() -> policy);
        if (kind.integration == Integration.THROUGH) {
            builder.readThrough(true).loader(() -> user.new Loader());
            builder.writeThrough(true).writer(() -> user.new Writer());
        }
        if (kind.listening == Listening.SYNCHRONOUS) {
            builder.listener(new MutableCacheEntryListenerConfiguration<>(() -> user.new Listener(), null, true, true));
        }
    }

    private static void prepare(Situation situation, FyerCache<Object, Object> cache, UserCode user) {
        if (situation == Situation.PRESENT || situation == Situation.EXPIRED || situation == Situation.OUTDATED) {
            cache.put(KEY, note("old"));
        }
        if (situation == Situation.LOADABLE || situation == Situation.OUTDATED) {
            user.database.put(KEY, note("db"));
        }
        user.forget();
        cache.unwrap(CacheEngine.class).counters().clear();
        if (situation == Situation.EXPIRED) {
            TEST.advance(Duration.ofMinutes(2));
        }
    }

    private static String counted(FyerCache<Object, Object> cache) {
        CacheCounters counters = cache.unwrap(CacheEngine.class).counters();
        return "H".repeat((int) counters.hits())
                + "M".repeat((int) counters.misses())
                + "P".repeat((int) counters.puts())
                + "R".repeat((int) counters.removals());
    }

    /** Looks at the value without loading it. */
    private static String valueOf(FyerCache<Object, Object> cache) {
        return cache.containsKey(KEY) ? String.valueOf(cache.get(KEY)) : "";
    }
}
