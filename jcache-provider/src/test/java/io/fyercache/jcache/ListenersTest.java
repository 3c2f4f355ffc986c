package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListenersTest {
    private static final CacheEntryEventFilter<Object, Object> EVERYTHING = null;

    @RegisterExtension
    final TestProvider test = new TestProvider();

    private enum OldValues {
        REQUIRED,
        NOT_REQUIRED
    }

    /** Listens to everything, and hands each event on. */
    private static final class Listener
            implements CacheEntryCreatedListener<Object, Object>,
                    CacheEntryUpdatedListener<Object, Object>,
                    CacheEntryRemovedListener<Object, Object>,
                    CacheEntryExpiredListener<Object, Object>,
                    Closeable {
        final AtomicInteger closed = new AtomicInteger();
        private final Consumer<CacheEntryEvent<?, ?>> action;

        Listener(Consumer<CacheEntryEvent<?, ?>> action) {
            this.action = action;
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<?, ?>> events) {
            events.forEach(action);
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static CacheEntryListenerConfiguration<Object, Object> synchronous(
            Listener listener, CacheEntryEventFilter<Object, Object> filter, OldValues oldValues) {
        return new MutableCacheEntryListenerConfiguration<>(
                () -> listener, filter == null ? null : () -> filter, oldValues == OldValues.REQUIRED, true);
    }

    private static CacheEntryListenerConfiguration<Object, Object> synchronous(Consumer<CacheEntryEvent<?, ?>> action) {
        return synchronous(new Listener(action), EVERYTHING, OldValues.REQUIRED);
    }

    private static String describe(CacheEntryEvent<?, ?> event) {
        return event.getEventType() + " " + event.getKey() + " " + event.getOldValue() + ">" + event.getValue() + " "
                + event.isOldValueAvailable();
    }

    private List<String> eventsOfALife(OldValues oldValues) {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.expiry(
                        CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE))
                .listener(synchronous(new Listener(event -> events.add(describe(event))), EVERYTHING, oldValues)));
        cache.put("k", "1");
        cache.put("k", "2");
        cache.remove("k");
        cache.put("k", "3");
        test.advance(Duration.ofMinutes(2));
        cache.get("k");
        TestProvider.eventually().until(() -> events.size() == 5);
        return events;
    }

    @Test
    void oldValuesRequired_removedAndExpiredHaveTheLastValue() {
        assertThat(eventsOfALife(OldValues.REQUIRED))
                .containsExactly(
                        "CREATED k null>1 false",
                        "UPDATED k 1>2 true",
                        "REMOVED k 2>2 true",
                        "CREATED k null>3 false",
                        "EXPIRED k 3>3 true");
    }

    @Test
    void oldValuesNotRequired_removedAndExpiredHaveNoValueAtAll() {
        assertThat(eventsOfALife(OldValues.NOT_REQUIRED))
                .containsExactly(
                        "CREATED k null>1 false",
                        "UPDATED k null>2 false",
                        "REMOVED k null>null false",
                        "CREATED k null>3 false",
                        "EXPIRED k null>null false");
    }

    @Test
    void event_knowsItsCache_unwraps_andPrintsNoValues() {
        List<CacheEntryEvent<?, ?>> events = new ArrayList<>();
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(synchronous(events::add)));
        cache.put("key", "secret");

        CacheEntryEvent<?, ?> event = events.get(0);
        assertThat((Object) event.getSource()).isSameAs(cache);
        assertThat(event.unwrap(CacheEntryEvent.class)).isSameAs(event);
        assertThatThrownBy(() -> event.unwrap(String.class)).isInstanceOf(IllegalArgumentException.class);
        assertThat(event.toString()).contains("CREATED", cache.getName()).doesNotContain("secret");
    }

    @Test
    void filter_seesTheEventAsTheListenerWould_andDecides() {
        List<String> events = new ArrayList<>();
        CacheEntryEventFilter<Object, Object> noOld = event ->
                event.getEventType() != EventType.REMOVED || (event.getValue() == null && event.getOldValue() == null);
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(
                        synchronous(new Listener(event -> events.add(describe(event))), noOld, OldValues.NOT_REQUIRED))
                .listener(synchronous(
                        new Listener(event -> events.add("even " + event.getValue())),
                        event -> event.getValue() != null && (Integer) event.getValue() % 2 == 0,
                        OldValues.NOT_REQUIRED)));
        cache.put("k", 1);
        cache.put("k", 2);
        cache.remove("k");

        assertThat(events)
                .containsExactly(
                        "CREATED k null>1 false", "UPDATED k null>2 false", "even 2", "REMOVED k null>null false");
    }

    @Test
    void listener_throws_operationHasHappened_othersAreTold_exceptionComesOut() {
        List<String> told = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("boom");
        CacheEntryListenerException second = new CacheEntryListenerException("second");
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.statisticsEnabled(true)
                .listener(synchronous(event -> {
                    throw failure;
                }))
                .listener(synchronous(event -> {
                    throw second;
                }))
                .listener(synchronous(event -> told.add(describe(event)))));

        assertThatThrownBy(() -> cache.put("k", 1))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasCause(failure)
                .hasMessageContainingAll(cache.getName(), Listener.class.getName())
                .hasSuppressedException(second);

        assertThat(cache.get("k")).isEqualTo(1);
        assertThat(told).containsExactly("CREATED k null>1 false");
    }

    @Test
    void listener_throwsError_comesOutAsItIs() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(synchronous(event -> {
            throw new AssertionError("boom");
        })));

        assertThatThrownBy(() -> cache.put("k", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("boom");
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(cache.remove("other")).isFalse();
    }

    @Test
    void listener_usesTheCache_evenTheSameKey() {
        List<Object> seen = new ArrayList<>();
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});
        cache.registerCacheEntryListener(synchronous(event -> {
            seen.add(cache.get(event.getKey()));
            if (event.getEventType() == EventType.CREATED && "k".equals(event.getKey())) {
                cache.put("other", 0);
                cache.put("k", 2);
            }
        }));

        cache.put("k", 1);

        assertThat(cache.get("k")).isEqualTo(2);
        assertThat(cache.get("other")).isEqualTo(0);
        assertThat(seen).containsExactly(1, 0, 2);
    }

    @Test
    void everyBulkOperation_oneEventPerKey() {
        List<String> events = new ArrayList<>();
        FyerCache<Object, Object> cache = test.cacheWith(builder ->
                builder.listener(synchronous(event -> events.add(event.getEventType() + " " + event.getKey()))));
        cache.putAll(Map.of("a", 1, "b", 2));
        assertThat(events).containsExactlyInAnyOrder("CREATED a", "CREATED b");
        events.clear();
        cache.removeAll(Set.of("a", "b", "c"));
        assertThat(events).containsExactlyInAnyOrder("REMOVED a", "REMOVED b");
        events.clear();
        cache.put("d", 1);
        cache.clear();
        assertThat(events).containsExactly("CREATED d");
    }

    @Test
    void register_showsInTheConfiguration_untilDeregistered_andListenerIsClosed() {
        List<String> events = new ArrayList<>();
        Listener listener = new Listener(event -> events.add(describe(event)));
        CacheEntryListenerConfiguration<Object, Object> configuration =
                synchronous(listener, EVERYTHING, OldValues.REQUIRED);
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});

        cache.registerCacheEntryListener(configuration);
        assertThat(TestProvider.configurationOf(cache).getCacheEntryListenerConfigurations())
                .containsExactly(configuration);
        cache.put("k", 1);
        cache.deregisterCacheEntryListener(configuration);
        cache.deregisterCacheEntryListener(configuration);
        cache.put("k", 2);

        assertThat(TestProvider.configurationOf(cache).getCacheEntryListenerConfigurations())
                .isEmpty();
        assertThat(events).containsExactly("CREATED k null>1 false");
        assertThat(listener.closed).hasValue(1);
    }

    @Test
    void register_twice_illegalArgument_andFactoryIsNotAsked() {
        AtomicInteger made = new AtomicInteger();
        CacheEntryListenerConfiguration<Object, Object> configuration = new MutableCacheEntryListenerConfiguration<>(
                () -> {
                    made.incrementAndGet();
                    return new Listener(event -> {});
                },
                null,
                false,
                true);
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.listener(configuration));

        assertThatThrownBy(() -> cache.registerCacheEntryListener(configuration))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(made).hasValue(1);
    }

    @Test
    void register_factoryFails_nothingIsRegistered_andTheListenerIsClosedAgain() {
        Listener listener = new Listener(event -> {});
        CacheEntryListenerConfiguration<Object, Object> filterFails = new MutableCacheEntryListenerConfiguration<>(
                () -> listener,
                () -> {
                    throw new IllegalStateException("boom");
                },
                false,
                true);
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {});

        assertThatThrownBy(() -> cache.registerCacheEntryListener(filterFails))
                .hasMessageContainingAll(cache.getName(), "event filter")
                .hasRootCauseMessage("boom");

        assertThat(listener.closed).hasValue(1);
        assertThat(TestProvider.configurationOf(cache).getCacheEntryListenerConfigurations())
                .isEmpty();
        cache.put("k", 1);
    }

    @Test
    void cacheClose_closesListenersOnce() {
        Listener listener = new Listener(event -> {});
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.listener(synchronous(listener, EVERYTHING, OldValues.NOT_REQUIRED)));

        cache.close();
        cache.close();

        assertThat(listener.closed).hasValue(1);
    }

    @Test
    void listenersAreTold_inTheOrderOfTheirRegistration() {
        List<Integer> order = new ArrayList<>();
        FyerCache<Object, Object> cache = test.cacheWith(builder -> {
            for (int i = 0; i < 5; i++) {
                int number = i;
                builder.listener(synchronous(event -> order.add(number)));
            }
        });
        cache.put("k", 1);

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }
}
