package io.fyercache.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.Serialization;
import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.operation.PortableProcess;
import io.fyercache.core.operation.ProcessedEntry;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A process that is let in sends an object whose class the cache does not allow, by each way in which bytes become objects elsewhere. It has what it sends in bytes, so its own filter
 * refuses nothing. Nobody makes anything of them.
 */
class CanaryTest extends OneServerTest {
    private static final String KEY = "k";

    private UriProcesses processes;
    private CacheManager member;
    private Cache<String, Object> guarded;

    /** What the attacker has of the same cache: keys are objects, values are bytes. */
    private CacheEngine raw;

    private byte[] canary;

    /** A class that a member has, and that tells when it is read. */
    static final class Canary implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        static volatile boolean raised;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            raised = true;
        }
    }

    @BeforeEach
    void open() {
        processes = new UriProcesses(settings.servers(), settings.chroot());
        member = processes.open("name=member");
        CacheManager attacker = processes.open("name=attacker&role=client");
        guarded = guarded(member);
        raw = guarded(attacker).unwrap(CacheEngine.class);
        canary = bytesOf(attacker, new Canary());
        Canary.raised = false;
    }

    @AfterEach
    void closeProcesses() {
        processes.close();
        assertThat(Canary.raised).as("whether the canary was read").isFalse();
    }

    private static Cache<String, Object> guarded(CacheManager manager) {
        return manager.createCache(
                "guarded",
                FyerConfiguration.builder(String.class, Object.class)
                        .serialization(Serialization.defaults()
                                .withAllowList(Reading.class.getName(), CanaryTest.class.getName() + "$Listener"))
                        .build());
    }

    /** Returns an object in the form in which a cluster has it. */
    private static byte[] bytesOf(CacheManager manager, Object object) {
        Cache<String, Object> open = manager.createCache(
                "open", FyerConfiguration.builder(String.class, Object.class).build());
        open.put(KEY, object);
        byte[] bytes = (byte[]) open.unwrap(CacheEngine.class).get(KEY);
        assertThat(open.get(KEY)).isInstanceOf(object.getClass());
        assertThat(Canary.raised)
                .as("whether the canary is read where it may be")
                .isTrue();
        return bytes;
    }

    @Test
    void value_isRefusedByWhoeverReadsIt() {
        raw.execute(KEY, new Put(canary));

        assertThatThrownBy(() -> guarded.get(KEY))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Canary.class.getName());
        assertThatThrownBy(() -> guarded.getAll(Set.of(KEY))).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> guarded.getAndRemove(KEY)).isInstanceOf(CacheException.class);
        raw.execute(KEY, new Put(canary));
        assertThatThrownBy(() -> guarded.iterator().forEachRemaining(entry -> entry.getValue()))
                .isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> guarded.invoke(KEY, new Reading())).isInstanceOf(CacheException.class);
        assertThat(guarded.remove(KEY)).isTrue();
    }

    @Test
    void valueToCompareWith_isRefusedByTheMember_andNothingHappens() {
        guarded.put(KEY, "a value");

        assertThatThrownBy(() -> raw.execute(KEY, new ReplaceIfEqual(canary, canary)))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nothing has happened")
                .hasMessageContaining(Canary.class.getName());

        assertThat(guarded.get(KEY)).isEqualTo("a value");
    }

    @Test
    void processor_isRefusedByTheMember() {
        assertThatThrownBy(() -> raw.execute(KEY, new Invoke(new Sent(canary))))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Canary.class.getName());
    }

    /** A processor that is nothing but bytes. */
    private static final class Sent implements PortableProcess {
        private final byte[] bytes;

        Sent(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] encode() {
            return bytes;
        }

        @Override
        public Object decodeResult(byte[] encoded) {
            return encoded;
        }

        @Override
        public Object process(ProcessedEntry entry) {
            throw new IllegalStateException("runs where the entry is");
        }
    }

    /** Allowed, and reads the value. */
    static final class Reading implements EntryProcessor<String, Object, Object>, Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public Object process(MutableEntry<String, Object> entry, Object... arguments) {
            return String.valueOf(entry.getValue());
        }
    }

    @Test
    void event_isNotToldWithWhatMayNotBeRead() {
        guarded.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                FactoryBuilder.factoryOf(new Listener()), null, true, false));

        raw.execute(KEY, new Put(canary));
        raw.execute(KEY, new Put(canary));
        guarded.put("another", "heard");

        LiveMembers.await("an event after it", () -> Listener.HEARD.contains("heard"));
        assertThat(Listener.HEARD).containsOnly("heard");
    }

    /** Allowed, and reads what it is told. */
    static final class Listener
            implements CacheEntryCreatedListener<String, Object>,
                    CacheEntryUpdatedListener<String, Object>,
                    Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        static final Queue<Object> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            events.forEach(event -> HEARD.add(event.getValue()));
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Object>> events) {
            events.forEach(event -> HEARD.addAll(List.of(event.getValue(), event.getOldValue())));
        }
    }
}
