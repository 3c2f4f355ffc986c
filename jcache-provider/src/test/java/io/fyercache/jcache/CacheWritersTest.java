package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.engine.CacheEngine;
import io.fyercache.core.fence.FencingToken;
import io.fyercache.core.fence.WriteFence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheWritersTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private final IllegalStateException failure = new IllegalStateException("no database");

    /** How a writer takes out of a collection what it has written. */
    private enum Removal {
        BY_ITERATOR {
            @Override
            <T> void remove(Collection<T> all, Predicate<T> written) {
                for (var iterator = all.iterator(); iterator.hasNext(); ) {
                    if (written.test(iterator.next())) {
                        iterator.remove();
                    }
                }
            }
        },
        BY_REMOVE {
            @Override
            <T> void remove(Collection<T> all, Predicate<T> written) {
                for (T each : new ArrayList<>(all)) {
                    if (written.test(each)) {
                        all.remove(each);
                    }
                }
            }
        },
        BY_REMOVE_IF {
            @Override
            <T> void remove(Collection<T> all, Predicate<T> written) {
                all.removeIf(written);
            }
        };

        abstract <T> void remove(Collection<T> all, Predicate<T> written);
    }

    /** Writes and deletes all keys but those that begin with "bad", at which it fails. */
    private class Writer implements CacheWriter<Object, Object> {
        private final Removal removal;

        Writer(Removal removal) {
            this.removal = removal;
        }

        private boolean isGood(Object key) {
            return !key.toString().startsWith("bad");
        }

        private void check(Object key) {
            if (!isGood(key)) {
                throw failure;
            }
        }

        @Override
        public void write(Cache.Entry<?, ?> entry) {
            check(entry.getKey());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
            removal.remove(entries, entry -> isGood(entry.getKey()));
            if (!entries.isEmpty()) {
                throw failure;
            }
        }

        @Override
        public void delete(Object key) {
            check(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            removal.remove(keys, this::isGood);
            if (!keys.isEmpty()) {
                throw failure;
            }
        }
    }

    private FyerCache<Object, Object> writing(Removal removal) {
        return test.cacheWith(
                builder -> builder.statisticsEnabled(true).writeThrough(true).writer(() -> new Writer(removal)));
    }

    @Test
    void put_writerFails_entryAndStatisticsUnchanged() {
        FyerCache<Object, Object> cache = writing(Removal.BY_ITERATOR);

        assertThatThrownBy(() -> cache.put("bad", 1))
                .isInstanceOf(CacheWriterException.class)
                .hasCause(failure)
                .hasMessageContainingAll(cache.getName(), Writer.class.getName(), "write", "no database");

        assertThat(cache.containsKey("bad")).isFalse();
        assertThat(cache.unwrap(CacheEngine.class).counters().puts()).isZero();
    }

    @Test
    void remove_writerFails_entryStays() {
        FyerCache<Object, Object> cache = writing(Removal.BY_ITERATOR);
        Note key = new Note("k");
        cache.put(key, 1);
        FyerCache<Object, Object> failing = cache;
        assertThat(failing.get(key)).isEqualTo(1);

        assertThatThrownBy(() -> failing.remove("bad")).isInstanceOf(CacheWriterException.class);
        assertThatThrownBy(() -> failing.getAndRemove("bad")).isInstanceOf(CacheWriterException.class);
        assertThat(cache.unwrap(CacheEngine.class).counters().removals()).isZero();
    }

    /** Whoever uses it may be the writer of a cache of a cluster, and the key of the same name. */
    @Test
    void put_withinACallThatIsFenced_theWriterOfALocalCacheHasNoToken() {
        List<Optional<FencingToken>> told = new ArrayList<>();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.writeThrough(true).writer(() -> new Writer(Removal.BY_ITERATOR) {
                    @Override
                    public void write(Cache.Entry<?, ?> entry) {
                        told.add(WriteFence.current().token(entry.getKey()));
                    }
                }));

        WriteFence.of(Map.of("k", new FencingToken("cluster", 0, 1))).during(() -> cache.put("k", 1));

        assertThat(told).containsExactly(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void putAll_writerFailsInPart_theRestIsPut(Removal removal) {
        FyerCache<Object, Object> cache = writing(removal);

        assertThatThrownBy(() -> cache.putAll(Map.of("a", 1, "bad", 2, "c", 3)))
                .isInstanceOf(CacheWriterException.class)
                .hasCause(failure);

        assertThat(cache.getAll(Set.of("a", "bad", "c"))).isEqualTo(Map.of("a", 1, "c", 3));
        assertThat(cache.unwrap(CacheEngine.class).counters().puts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void removeAll_writerFailsInPart_theRestIsRemoved(Removal removal) {
        FyerCache<Object, Object> cache = writing(removal);
        cache.putAll(Map.of(new Note("a"), 1, new Note("c"), 3));

        assertThatThrownBy(() -> cache.removeAll(Set.of(new Note("a"), new Note("bad"), new Note("c"))))
                .isInstanceOf(CacheWriterException.class);

        assertThat(cache.size()).isZero();
        assertThat(cache.unwrap(CacheEngine.class).counters().removals()).isEqualTo(2);
    }

    @Test
    void writerThrowsCacheWriterException_passesAsItIs() {
        CacheWriterException own = new CacheWriterException("mine");
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.writeThrough(true).writer(() -> new CacheWriter<Object, Object>() {
                    @Override
                    public void write(Cache.Entry<?, ?> entry) {
                        throw own;
                    }

                    @Override
                    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {
                        throw own;
                    }

                    @Override
                    public void delete(Object key) {
                        throw own;
                    }

                    @Override
                    public void deleteAll(Collection<?> keys) {
                        throw own;
                    }
                }));

        assertThatThrownBy(() -> cache.put("k", 1)).isSameAs(own);
        assertThatThrownBy(() -> cache.putAll(Map.of("k", 1))).isSameAs(own);
        assertThatThrownBy(() -> cache.remove("k")).isSameAs(own);
        assertThatThrownBy(() -> cache.removeAll(Set.of("k"))).isSameAs(own);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void writer_entryIsASnapshot_thatUnwraps() {
        List<Cache.Entry<?, ?>> written = new ArrayList<>();
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.writeThrough(true).writer(() -> new CacheWriter<Object, Object>() {
                    @Override
                    public void write(Cache.Entry<?, ?> entry) {
                        written.add(entry);
                    }

                    @Override
                    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {}

                    @Override
                    public void delete(Object key) {}

                    @Override
                    public void deleteAll(Collection<?> keys) {}
                }));
        cache.put("k", new Note("1"));
        cache.put("k", new Note("2"));
        cache.remove("k");

        assertThat(written).extracting(Cache.Entry::getValue).isEqualTo(List.of(new Note("1"), new Note("2")));
        assertThat(written.get(0).unwrap(Cache.Entry.class)).isSameAs(written.get(0));
        assertThatThrownBy(() -> written.get(0).unwrap(String.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writerThatDoesNotEmptyTheCollection_hasWrittenAll() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.writeThrough(true).writer(() -> new CacheWriter<Object, Object>() {
                    @Override
                    public void write(Cache.Entry<?, ?> entry) {}

                    @Override
                    public void writeAll(Collection<Cache.Entry<?, ?>> entries) {}

                    @Override
                    public void delete(Object key) {}

                    @Override
                    public void deleteAll(Collection<?> keys) {}
                }));
        cache.putAll(Map.of("a", 1, "b", 2));
        assertThat(cache.size()).isEqualTo(2);
        cache.removeAll();
        assertThat(cache.size()).isZero();
    }
}
