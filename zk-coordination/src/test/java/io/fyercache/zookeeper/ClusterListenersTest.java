package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Listeners in members and clients, on real sockets and a real ensemble, by plain JCache. */
class ClusterListenersTest extends OneServerTest {
    private static final int KEYS = 30;

    private ClusterProcesses processes;
    private Cache<String, Integer> ofMember;
    private Cache<String, Integer> ofClient;

    @BeforeEach
    void prepare() {
        processes = new ClusterProcesses(ensemble, settings);
        ofMember = processes.manager(processes.member("a")).createCache("numbers", numbers());
        processes.member("b");
        ofClient = processes.manager(processes.client("c")).createCache("numbers", numbers());
    }

    @AfterEach
    void endAll() {
        processes.close();
    }

    private static MutableConfiguration<String, Integer> numbers() {
        return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }

    private static CacheEntryListenerConfiguration<String, Integer> synchronous(Recorder recorder) {
        return new MutableCacheEntryListenerConfiguration<>(
                new FactoryBuilder.SingletonFactory<>(recorder), null, true, true);
    }

    /** Notes what it hears, and does something about it. */
    private static final class Recorder
            implements CacheEntryCreatedListener<String, Integer>, CacheEntryUpdatedListener<String, Integer> {
        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        private final Consumer<CacheEntryEvent<? extends String, ? extends Integer>> then;

        Recorder(Consumer<CacheEntryEvent<? extends String, ? extends Integer>> then) {
            this.then = then;
        }

        Recorder() {
            this(event -> {});
        }

        private void hear(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            for (CacheEntryEvent<? extends String, ? extends Integer> event : events) {
                heard.add(event.getKey() + ": " + event.getOldValue() + " to " + event.getValue());
                then.accept(event);
            }
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            hear(events);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            hear(events);
        }

        List<String> of(String key) {
            return heard.stream().filter(each -> each.startsWith(key + ":")).toList();
        }
    }

    @Test
    void synchronousListeners_inAllProcesses_haveHeardWhenTheOperationReturns() {
        Recorder inMember = new Recorder();
        Recorder inClient = new Recorder();
        ofMember.registerCacheEntryListener(synchronous(inMember));
        ofClient.registerCacheEntryListener(synchronous(inClient));

        for (int key = 0; key < KEYS; key++) {
            ofMember.put("k" + key, 1);
            ofClient.put("k" + key, 2);
            List<String> expected = List.of("k" + key + ": null to 1", "k" + key + ": 1 to 2");
            assertThat(inMember.of("k" + key)).isEqualTo(expected);
            assertThat(inClient.of("k" + key)).isEqualTo(expected);
        }
    }

    @Test
    void listenerInAnotherProcess_throws_theCallerIsTold() {
        ofClient.registerCacheEntryListener(synchronous(new Recorder(event -> {
            throw new IllegalStateException("no ears");
        })));

        assertThatExceptionOfType(CacheEntryListenerException.class)
                .isThrownBy(() -> ofMember.put("k", 1))
                .withMessageContaining("no ears");
        assertThat(ofMember.get("k")).isEqualTo(1);
    }

    @Test
    void listenersInTwoProcesses_thatChangeTheKeysOfEachOther_endInNoCircle() {
        ofMember.registerCacheEntryListener(synchronous(new Recorder(event -> {
            if (event.getKey().equals("k") && event.getValue() < 5) {
                ofMember.put("k", event.getValue() + 1);
            }
        })));
        Recorder inClient = new Recorder(event -> {
            if (event.getKey().equals("k")) {
                ofClient.put("other", event.getValue());
            }
        });
        ofClient.registerCacheEntryListener(synchronous(inClient));

        ofMember.put("k", 1);

        LiveMembers.await("the last change", () -> inClient.of("other").contains("other: 4 to 5"));
        assertThat(ofClient.get("k")).isEqualTo(5);
    }

    @Test
    void deregisteredListener_hearsNothing() {
        Recorder recorder = new Recorder();
        CacheEntryListenerConfiguration<String, Integer> configuration = synchronous(recorder);
        ofClient.registerCacheEntryListener(configuration);
        ofMember.put("k", 1);
        ofClient.deregisterCacheEntryListener(configuration);
        ofMember.put("k", 2);

        assertThat(recorder.heard).containsExactly("k: null to 1");
    }
}
