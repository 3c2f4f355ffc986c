package io.fyercache.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Store by value and by reference, seen from outside: nothing that a user does to an object of theirs gets in or out. */
class StoreFormsTest {
    @RegisterExtension
    final TestProvider test = new TestProvider();

    private FyerCache<Object, Object> byValue() {
        return test.cacheWith(builder -> {});
    }

    private static Note note(String text) {
        return new Note(text);
    }

    @Test
    void byValue_keyAndValueChangedAfterPut_entryStays() {
        FyerCache<Object, Object> cache = byValue();
        Note key = note("k");
        Note value = note("v");
        cache.put(key, value);
        key.text = "changed";
        value.text = "changed";

        assertThat(cache.get(note("k"))).isEqualTo(note("v"));
        assertThat(cache.containsKey(key)).isFalse();
    }

    @Test
    void byValue_everyWayOut_handsOutCopies() throws Exception {
        FyerCache<Object, Object> cache = byValue();
        cache.put(note("k"), note("v"));

        ((Note) cache.get(note("k"))).text = "changed";
        cache.getAll(Set.of(note("k"))).values().forEach(value -> ((Note) value).text = "changed");
        cache.iterator().forEachRemaining(entry -> {
            ((Note) entry.getKey()).text = "changed";
            ((Note) entry.getValue()).text = "changed";
        });
        cache.invoke(note("k"), (entry, arguments) -> {
            ((Note) entry.getValue()).text = "changed";
            return null;
        });

        assertThat(cache.getAndRemove(note("k"))).isEqualTo(note("v"));
    }

    @Test
    void byValue_valueSetByAProcessor_isCopiedAtOnce() {
        FyerCache<Object, Object> cache = byValue();

        cache.invoke(note("k"), (entry, arguments) -> {
            Note value = note("v");
            entry.setValue(value);
            value.text = "changed";
            return null;
        });

        assertThat(cache.get(note("k"))).isEqualTo(note("v"));
    }

    /** Changes every key it is given, and every value that it returned before. */
    private static final class VandalLoader implements CacheLoader<Object, Object> {
        private Note last = note("");

        @Override
        public Object load(Object key) {
            last.text = "changed";
            last = note("of " + key);
            ((Note) key).text = "changed";
            return last;
        }

        @Override
        public Map<Object, Object> loadAll(Iterable<?> keys) {
            Map<Object, Object> loaded = new java.util.HashMap<>();
            for (Object key : keys) {
                Note copy = note(((Note) key).text);
                loaded.put(copy, load(key));
            }
            return loaded;
        }
    }

    @Test
    void byValue_loaderChangesItsKeys_entriesStay() throws Exception {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.readThrough(true).loader(VandalLoader::new));
        Note asked = note("a");
        assertThat(cache.get(asked)).isEqualTo(note("of a"));
        assertThat(cache.getAll(Set.of(note("b")))).isEqualTo(Map.of(note("b"), note("of b")));
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(Set.of(note("c")), false, done);
        done.get(10, TimeUnit.SECONDS);

        assertThat(asked).isEqualTo(note("a"));
        for (String key : new String[] {"a", "b", "c"}) {
            assertThat(cache.containsKey(note(key))).as(key).isTrue();
            assertThat(cache.get(note(key))).isEqualTo(note("of " + key));
        }
    }

    @Test
    void byValue_keysOfAJointLoad_areTheCallersOwn_notTheStores() {
        FyerCache<Object, Object> cache =
                test.cacheWith(builder -> builder.readThrough(true).loader(VandalLoader::new));
        Note asked = note("k");

        cache.getAll(Set.of(asked)).keySet().forEach(key -> assertThat(key).isSameAs(asked));
        asked.text = "changed";

        assertThat(cache.containsKey(note("k"))).isTrue();
    }

    @Test
    void byReference_theSameObjectsComeBack_evenIfNotSerializable() {
        FyerCache<Object, Object> cache = test.cacheWith(builder -> builder.storeByValue(false));
        Object key = new Object();
        Object value = new Object();
        cache.put(key, value);

        assertThat(cache.get(key)).isSameAs(value);
        assertThat(cache.iterator().next().getKey()).isSameAs(key);
        assertThat(cache.replace(key, value, "next")).isTrue();
    }
}
