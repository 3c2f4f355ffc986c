package io.fyercache.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners of an application whose caches are in a cluster, through plain JCache. */
class SimulatedListenersTest {
    private final SimulatedCluster cluster =
            SimulatedCluster.ofSeed(11).partitions(8).start();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        cluster.close();
    }

    private Cache<String, String> cache(MutableConfiguration<String, String> configuration) {
        return cluster.cacheManager().createCache("c", configuration);
    }

    private Cache<String, String> cache() {
        return cache(new MutableConfiguration<>());
    }

    /** Whether an operation waits for a listener. */
    private enum Waiting {
        SYNCHRONOUS,
        ASYNCHRONOUS
    }

    private static CacheEntryListenerConfiguration<String, String> listener(
            Recorder listener, Waiting waiting, CacheEntryEventFilter<String, String> filter) {
        return new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(listener),
                filter == null ? null : new FactoryBuilder.SingletonFactory<>(filter),
                true,
                waiting == Waiting.SYNCHRONOUS);
    }

    private static CacheEntryListenerConfiguration<String, String> withoutOldValues(Recorder listener) {
        return new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(listener), null, false, true);
    }

    /** Goes to the member that has the entry. */
    private static final class SetToC implements EntryProcessor<String, String, Void>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Void process(MutableEntry<String, String> entry, Object... arguments) {
            entry.setValue("c");
            return null;
        }
    }

    /** Goes to the members. */
    private static final class Loader implements CacheLoader<String, String>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String load(String key) {
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException("loadAll");
        }
    }

    /** Notes what it hears, and does something about it. */
    private static final class Recorder
            implements CacheEntryCreatedListener<String, String>,
                    CacheEntryUpdatedListener<String, String>,
                    CacheEntryRemovedListener<String, String>,
                    CacheEntryExpiredListener<String, String> {
        final List<String> heard = new ArrayList<>();
        Consumer<CacheEntryEvent<? extends String, ? extends String>> then = event -> {};

        private void hear(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            for (CacheEntryEvent<? extends String, ? extends String> event : events) {
                heard.add(event.getEventType() + " " + event.getKey() + "=" + event.getValue() + "("
                        + event.getOldValue() + ")");
                then.accept(event);
            }
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }
    }

    // ---- what is heard

    @Test
    void synchronousListener_hasHeardWhenTheOperationReturns() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));

        cache.put("k", "a");
        assertThat(recorder.heard).containsExactly("CREATED k=a(null)");
        cache.put("k", "b");
        cache.invoke("k", new SetToC());
        cache.remove("k");
        assertThat(recorder.heard)
                .containsExactly("CREATED k=a(null)", "UPDATED k=b(a)", "UPDATED k=c(b)", "REMOVED k=c(c)");
    }

    @Test
    void asynchronousListener_hearsSoon() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.ASYNCHRONOUS, null));

        cache.put("k", "a");
        cluster.advance(Duration.ofMillis(20));

        assertThat(recorder.heard).containsExactly("CREATED k=a(null)");
    }

    @Test
    void listenerOfTheConfiguration_hearsFromTheBeginning() {
        Cache<String, String> cache = cache(new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(listener(recorder, Waiting.SYNCHRONOUS, null)));

        cache.put("k", "a");

        assertThat(recorder.heard).containsExactly("CREATED k=a(null)");
    }

    @Test
    void filter_runsWhereTheListenerIs() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(
                recorder, Waiting.SYNCHRONOUS, event -> event.getValue().equals("wanted")));

        cache.put("k", "a");
        cache.put("k", "wanted");

        assertThat(recorder.heard).containsExactly("UPDATED k=wanted(a)");
    }

    @Test
    void oldValues_areThereForWhoAsksForThem() {
        Cache<String, String> cache = cache();
        Recorder modest = new Recorder();
        cache.registerCacheEntryListener(withoutOldValues(modest));
        cache.put("k", "a");
        cache.put("k", "b");
        cache.remove("k");
        assertThat(modest.heard).containsExactly("CREATED k=a(null)", "UPDATED k=b(null)", "REMOVED k=null(null)");

        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        cache.put("k", "c");
        cache.put("k", "d");
        assertThat(recorder.heard).containsExactly("CREATED k=c(null)", "UPDATED k=d(c)");
        assertThat(modest.heard).endsWith("CREATED k=c(null)", "UPDATED k=d(null)");
    }

    @Test
    void deregisteredListener_hearsNothingAnyMore_andNoOperationWaits() {
        Cache<String, String> cache = cache();
        CacheEntryListenerConfiguration<String, String> configuration = listener(recorder, Waiting.SYNCHRONOUS, null);
        cache.registerCacheEntryListener(configuration);
        cache.put("k", "a");
        cache.deregisterCacheEntryListener(configuration);
        cache.put("k", "b");

        assertThat(recorder.heard).containsExactly("CREATED k=a(null)");
    }

    @Test
    void expiredEntry_isHeardOf() {
        Cache<String, String> cache = cache(new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 1))));
        cache.registerCacheEntryListener(listener(recorder, Waiting.ASYNCHRONOUS, null));
        cache.put("k", "a");

        cluster.advance(Duration.ofSeconds(10));

        assertThat(recorder.heard).containsExactly("CREATED k=a(null)", "EXPIRED k=a(a)");
    }

    @Test
    void loadedValue_isHeardOf_beforeTheReadReturns() {
        Cache<String, String> cache = cache(new MutableConfiguration<String, String>()
                .setReadThrough(true)
                .setCacheLoaderFactory(FactoryBuilder.factoryOf(new Loader())));
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));

        assertThat(cache.get("k")).isEqualTo("loaded");

        assertThat(recorder.heard).containsExactly("CREATED k=loaded(null)");
    }

    @Test
    void manyKeys_areHeardOf_eachInItsOrder() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        Map<String, String> entries = new HashMap<>();
        for (int key = 0; key < 100; key++) {
            entries.put("k" + key, "v");
        }

        cache.putAll(entries);
        cache.removeAll(Set.copyOf(entries.keySet()));

        assertThat(recorder.heard).hasSize(200);
        for (String key : entries.keySet()) {
            assertThat(recorder.heard)
                    .filteredOn(each -> each.contains(" " + key + "="))
                    .containsExactly("CREATED " + key + "=v(null)", "REMOVED " + key + "=v(v)");
        }
    }

    // ---- exceptions, and listeners that use caches

    @Test
    void synchronousListenerThatThrows_theOperationHasHappened_andThrows() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        recorder.then = event -> {
            throw new IllegalStateException("no ears");
        };

        assertThatThrownBy(() -> cache.put("k", "a"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasMessageContaining("no ears");

        recorder.then = event -> {};
        assertThat(cache.get("k")).isEqualTo("a");
        cache.put("k", "b");
    }

    @Test
    void synchronousListenerThatChangesItsOwnKey_isToldOfThatAfterwards() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        recorder.then = event -> {
            if (event.getValue().equals("a")) {
                cache.put("k", "b");
                cache.put("other", "c");
                recorder.heard.add("returned");
            }
        };

        cache.put("k", "a");
        cluster.advance(Duration.ofMillis(20));

        assertThat(recorder.heard).containsSubsequence("CREATED k=a(null)", "returned", "UPDATED k=b(a)");
        assertThat(recorder.heard)
                .as("the other key is in another partition, and told of at its time")
                .contains("CREATED other=c(null)")
                .hasSize(4);
        assertThat(cache.get("k")).isEqualTo("b");
    }

    // ---- what goes wrong

    @Test
    void primaryIsKilled_listenersHearOfEverythingOnce() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            if (round == 5 || round == 12) {
                cluster.kill(cluster.primaryOf("k"));
            }
            if (round == 8) {
                cluster.restart(0);
                cluster.restart(1);
                cluster.restart(2);
                cluster.awaitWhole();
            }
            cache.put("k", "v" + round);
            expected.add(round == 0 ? "CREATED k=v0(null)" : "UPDATED k=v" + round + "(v" + (round - 1) + ")");
        }

        assertThat(recorder.heard).isEqualTo(expected);
    }

    @Test
    void allCopiesAreLost_listenersHearAgainSoon() {
        Cache<String, String> cache = cache();
        cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null));
        for (int node = 0; node < 3; node++) {
            cluster.kill(node);
        }
        for (int node = 0; node < 3; node++) {
            cluster.restart(node);
        }
        cluster.awaitWhole();
        cluster.advance(Duration.ofSeconds(2));

        cache.put("k", "a");

        assertThat(recorder.heard).containsExactly("CREATED k=a(null)");
        assertThat(cluster.toString()).contains("had forgotten");
    }

    @Test
    void registrationWhileNobodyServes_failsAndLeavesNoListener() {
        Cache<String, String> cache = cache();
        for (int node = 0; node < 3; node++) {
            cluster.kill(node);
        }

        assertThatThrownBy(() -> cache.registerCacheEntryListener(listener(recorder, Waiting.SYNCHRONOUS, null)))
                .isInstanceOf(CacheException.class);
        assertThat(recorder.heard).isEmpty();
        for (int node = 0; node < 3; node++) {
            cluster.restart(node);
        }
        cluster.awaitWhole();
        cache.put("k", "a");
        assertThat(recorder.heard).isEmpty();
    }
}
