package io.fyercache.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.time.SystemClock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.Test;

class WriteBurstTest {
    private static final int WRITES = 4_001;
    private static final int THREADS = 4;
    private static final long SEED = 1;

    @Test
    void run_throughTheCache_leavesCacheAndDatabaseEqual() throws Exception {
        try (CachedTable opened = CachedTable.open(100)) {
            WriteBurst.Result burst = burst(opened, SEED).run(WRITES, THREADS);
            AgreementCheck check = new AgreementCheck(opened.cache(), opened.table(), () -> {});

            assertThat(burst.writes()).isEqualTo(WRITES);
            assertThat(burst.expected()).as("100 keys but 7 shared").hasSize(93);
            assertThat(burst.expected().values()).contains(Optional.empty()).anyMatch(Optional::isPresent);
            assertThat(check.databaseHolds(burst.expected()).numbers()).isEqualTo("93 of 93");
            assertThat(check.entriesAgree().outcome()).isEqualTo(Check.Outcome.HELD);
            assertThat(check.answersAgree(opened.rows()).numbers()).isEqualTo("100 of 100");
        }
    }

    @Test
    void run_sameSeed_expectsTheSame() throws Exception {
        assertThat(expectedOfOneThread(SEED)).isEqualTo(expectedOfOneThread(SEED));
        assertThat(expectedOfOneThread(SEED)).isNotEqualTo(expectedOfOneThread(SEED + 1));
    }

    private static Map<String, Optional<ClassRow>> expectedOfOneThread(long seed) throws Exception {
        try (CachedTable opened = CachedTable.open(10)) {
            return burst(opened, seed).run(200, 1).expected();
        }
    }

    @Test
    void run_writerThatLosesWrites_isFound() throws Exception {
        try (CachedTable opened = CachedTable.open(100, LosingWriter::new)) {
            WriteBurst.Result burst = burst(opened, SEED).run(WRITES, THREADS);
            AgreementCheck check = new AgreementCheck(opened.cache(), opened.table(), () -> {});

            assertThat(check.databaseHolds(burst.expected()).outcome()).isEqualTo(Check.Outcome.FAILED);
            assertThat(check.entriesAgree().outcome()).isEqualTo(Check.Outcome.FAILED);
        }
    }

    @Test
    void run_oneKey_isSharedByAll() throws Exception {
        try (CachedTable opened = CachedTable.open(1)) {
            WriteBurst.Result burst = burst(opened, SEED).run(WRITES, THREADS);

            assertThat(burst.expected()).isEmpty();
            assertThat(new AgreementCheck(opened.cache(), opened.table(), () -> {})
                            .answersAgree(opened.rows())
                            .numbers())
                    .isEqualTo("1 of 1");
        }
    }

    @Test
    void run_stopped_ends() throws Exception {
        try (CachedTable opened = CachedTable.open(10)) {
            StopSignal stop = new StopSignal();
            stop.raise();

            assertThatThrownBy(() -> new WriteBurst(
                                    opened.cache(), opened.rows(), SEED, stop, SystemClock.INSTANCE, made -> {})
                            .run(WRITES, THREADS))
                    .isInstanceOf(StopSignal.Stopped.class);
        }
    }

    private static WriteBurst burst(CachedTable opened, long seed) {
        return new WriteBurst(opened.cache(), opened.rows(), seed, new StopSignal(), SystemClock.INSTANCE, made -> {});
    }

    /** Forgets every third write and every third delete, without a word. */
    private static final class LosingWriter implements CacheWriter<String, ClassRow> {
        private final CacheWriter<String, ClassRow> writer;
        private final AtomicInteger calls = new AtomicInteger();

        LosingWriter(CacheWriter<String, ClassRow> writer) {
            this.writer = writer;
        }

        @Override
        public void write(Cache.Entry<? extends String, ? extends ClassRow> entry) {
            if (calls.incrementAndGet() % 3 != 0) {
                writer.write(entry);
            }
        }

        @Override
        public void delete(Object key) {
            if (calls.incrementAndGet() % 3 != 0) {
                writer.delete(key);
            }
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends ClassRow>> entries) {
            throw new AssertionError("the burst writes one by one");
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            throw new AssertionError("the burst deletes one by one");
        }
    }
}
