package io.fyercache.jcache;

import static io.fyercache.jcache.TestProvider.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.core.engine.UnwrittenChangesException;
import io.fyercache.jcache.WriteBehind.DeadLetter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WriteBehindTest {
    private static final WriteBehindOptions IN_AN_HOUR = WriteBehindOptions.after(Duration.ofHours(1));
    private static final WriteBehindOptions AT_ONCE =
            WriteBehindOptions.after(Duration.ZERO).withAttempts(1);

    @RegisterExtension
    final TestProvider test = new TestProvider();

    private final Map<Object, Object> table = new ConcurrentHashMap<>();
    private final Set<Object> refused = ConcurrentHashMap.newKeySet();

    /** Over {@link #table}, which refuses some keys. */
    private final class Writer implements CacheWriter<Note, Note> {
        @Override
        public void write(Cache.Entry<? extends Note, ? extends Note> entry) {
            check(entry.getKey());
            table.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends Note, ? extends Note>> entries) {
            for (var all = entries.iterator(); all.hasNext(); all.remove()) {
                write(all.next());
            }
        }

        @Override
        public void delete(Object key) {
            check(key);
            table.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            for (var all = keys.iterator(); all.hasNext(); all.remove()) {
                delete(all.next());
            }
        }

        private void check(Object key) {
            if (refused.contains(key)) {
                throw new IllegalStateException("refused");
            }
        }
    }

    private FyerCache<Note, Note> cache(WriteBehindOptions options) {
        return test.cache(FyerConfiguration.builder(Note.class, Note.class)
                .writer(Writer::new)
                .writeThrough(true)
                .writeBehind(options)
                .build());
    }

    private static Note note(String text) {
        return new Note(text);
    }

    @Test
    void close_writesWhatWaits_asItWasWhenItWasPut() {
        FyerCache<Note, Note> cache = cache(IN_AN_HOUR);
        Note key = note("k");
        Note value = note("v");
        cache.put(key, value);
        key.text = "changed";
        value.text = "changed";
        cache.put(note("gone"), note("v"));
        cache.remove(note("gone"));
        assertThat(table).isEmpty();
        assertThat(cache.writeBehind().orElseThrow().depth()).isEqualTo(2);

        cache.close();

        assertThat(table).isEqualTo(Map.of(note("k"), note("v")));
    }

    @Test
    void destroyed_writesWhatWaits() {
        FyerCache<Note, Note> cache = cache(IN_AN_HOUR);
        cache.put(note("k"), note("v"));

        test.manager().destroyCache(cache.getName());

        assertThat(table).hasSize(1);
    }

    @Test
    void managerClosed_writesWhatWaits() {
        cache(IN_AN_HOUR).put(note("k"), note("v"));
        cache(IN_AN_HOUR).put(note("l"), note("v"));

        test.manager().close();

        assertThat(table).hasSize(2);
    }

    @Test
    void close_writerRefuses_saysSoAndIsClosed() {
        FyerCache<Note, Note> cache = cache(IN_AN_HOUR.withAttempts(1));
        refused.add(note("k"));
        cache.put(note("k"), note("v"));
        cache.put(note("l"), note("v"));

        assertThatThrownBy(cache::close)
                .isInstanceOf(UnwrittenChangesException.class)
                .hasMessageContainingAll("cache '" + cache.getName() + "'", "1 dead letters", "refused");

        assertThat(cache.isClosed()).isTrue();
        assertThat(table).containsOnlyKeys(note("l"));
        assertThat(test.manager().getCacheNames()).isEmpty();
    }

    @Test
    void deadLetters_areToldToTheUser_replayedAndDiscarded() {
        FyerCache<Note, Note> cache = cache(AT_ONCE);
        WriteBehind<Note, Note> behind = cache.writeBehind().orElseThrow();
        refused.addAll(List.of(note("a"), note("b")));
        cache.put(note("a"), note("v"));
        cache.remove(note("b"));
        eventually().until(() -> behind.deadLetterCount() == 2);

        String failure = "javax.cache.integration.CacheWriterException: ";
        assertThat(behind.deadLetters())
                .extracting(DeadLetter::key, DeadLetter::value, DeadLetter::attempts)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(note("a"), note("v"), 1),
                        org.assertj.core.groups.Tuple.tuple(note("b"), null, 1));
        assertThat(behind.deadLetters())
                .allSatisfy(
                        each -> assertThat(each.failure()).startsWith(failure).contains("refused"));
        assertThat(behind.failures()).isEqualTo(2);
        assertThat(behind.depth()).isZero();
        assertThat(behind.lag()).isZero();

        refused.clear();
        assertThat(behind.replay(Set.of(note("a"), note("other")))).isEqualTo(1);
        assertThat(behind.discard(Set.of(note("b"), note("other")))).isEqualTo(1);

        eventually().until(() -> behind.depth() == 0);
        assertThat(table).isEqualTo(Map.of(note("a"), note("v")));
        assertThat(behind.deadLetterCount()).isZero();
    }

    @Test
    void lag_isTheAgeOfTheOldestChange() {
        FyerCache<Note, Note> cache = cache(IN_AN_HOUR);
        cache.put(note("a"), note("v"));
        test.advance(Duration.ofMinutes(5));
        cache.put(note("b"), note("v"));

        assertThat(cache.writeBehind().orElseThrow().lag()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void keys_areChecked() {
        WriteBehind<Note, Note> behind = cache(AT_ONCE).writeBehind().orElseThrow();
        @SuppressWarnings({"unchecked", "rawtypes"}) // as code without types would
        Set<Note> mistyped = (Set) Set.of("text");

        assertThatThrownBy(() -> behind.replay(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> behind.discard(mistyped)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void closed_nothingIsTold() {
        FyerCache<Note, Note> cache = cache(AT_ONCE);
        WriteBehind<Note, Note> behind = cache.writeBehind().orElseThrow();
        cache.close();

        assertThatThrownBy(behind::depth).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(behind::lag).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(behind::failures).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(behind::deadLetterCount).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(behind::deadLetters).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> behind.replay(Set.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cache::writeBehind).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cacheThatDoesNotWriteBehind_hasNothingToTell() {
        assertThat(test.cacheWith(settings -> {}).writeBehind()).isEmpty();
    }
}
