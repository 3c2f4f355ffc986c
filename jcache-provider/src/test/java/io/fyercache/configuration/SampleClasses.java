package io.fyercache.configuration;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** The user's classes that test configurations name. */
public final class SampleClasses {

    private SampleClasses() {}

    public static final class Loader implements CacheLoader<Long, String> {
        @Override
        public String load(Long key) {
            return "value " + key;
        }

        @Override
        public Map<Long, String> loadAll(Iterable<? extends Long> keys) {
            return Map.of();
        }
    }

    public static final class LoaderFactory implements Factory<CacheLoader<Long, String>> {
        @Override
        public CacheLoader<Long, String> create() {
            return new Loader();
        }
    }

    public static final class FactoryOfSomethingElse implements Factory<String> {
        @Override
        public String create() {
            return "not a loader";
        }
    }

    public static final class FailingLoader implements CacheLoader<Long, String> {
        public FailingLoader() {
            throw new IllegalStateException("no database");
        }

        @Override
        public String load(Long key) {
            return "";
        }

        @Override
        public Map<Long, String> loadAll(Iterable<? extends Long> keys) {
            return Map.of();
        }
    }

    public static final class NeedsParameter implements CacheLoader<Long, String> {
        private final String value;

        public NeedsParameter(String value) {
            this.value = value;
        }

        @Override
        public String load(Long key) {
            return value;
        }

        @Override
        public Map<Long, String> loadAll(Iterable<? extends Long> keys) {
            return Map.of();
        }
    }

    public abstract static class AbstractLoader implements CacheLoader<Long, String> {}

    static final class HiddenWeigher implements EntryWeigher<Object, Object> {
        @Override
        public int weigh(Object key, Object value) {
            return 1;
        }
    }

    /** Says in a system property that somebody initialized it. */
    public static final class Initialized implements EvictionListener<Object, Object> {
        static {
            System.setProperty("io.fyercache.configuration.initialized", "true");
        }

        @Override
        public void onEviction(Object key, Object value) {}
    }

    public static final class Writer implements CacheWriter<Object, Object> {
        @Override
        public void write(Cache.Entry<?, ?> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }

    public static final class Weigher implements EntryWeigher<Object, String> {
        @Override
        public int weigh(Object key, String value) {
            return value.length();
        }
    }

    public static final class Evicted implements EvictionListener<Object, Object> {
        @Override
        public void onEviction(Object key, Object value) {}
    }

    public static final class Created implements CacheEntryCreatedListener<Long, String>, Serializable {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends Long, ? extends String>> events) {}
    }

    public static final class Filter implements CacheEntryEventFilter<Long, String>, Serializable {
        @Override
        public boolean evaluate(CacheEntryEvent<? extends Long, ? extends String> event) {
            return true;
        }
    }

    public static final class Nightly implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ONE_DAY;
        }

        @Override
        public Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return null;
        }
    }
}
