package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.ConfigurationBuilder;
import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.WriteBehindOptions;
import io.fyercache.jcache.FyerCache;
import io.fyercache.jdbc.JdbcCacheWriter;
import io.fyercache.jdbc.cluster.ClusterFence;
import io.fyercache.jdbc.dialect.IdentifierRules;
import io.fyercache.jdbc.fence.FenceTable;
import io.fyercache.sharded.engine.OperationOutcomeUnknownException;
import io.fyercache.testkit.process.HeldUpWriter.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A primary stands still between its decision and its statement (SIGSTOP), another member takes over and writes a newer value, and the first goes on:
 * what it writes comes too late.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FencedWritesTest {
    private static final FenceTable FENCE = FenceTable.named("fyercache_fence");

    @TempDir
    private static Path folder;

    private WritingMembers members;

    /** Whether the writer has a fence. */
    private enum Fencing {
        ON,
        OFF
    }

    @BeforeAll
    void start() throws Exception {
        members = new WritingMembers("fenced", folder);
        members.database().execute(FENCE.ddl(IdentifierRules.STANDARD));
    }

    @AfterAll
    void end() throws Exception {
        members.close();
    }

    private static HeldUpWriter.Sent writer(Fencing fencing) {
        JdbcCacheWriter.Builder<Long, Person> builder = JdbcCacheWriter.builder(Long.class, Person.class)
                .dataSource("people")
                .table("person");
        if (fencing == Fencing.ON) {
            builder.fencedBy(ClusterFence.in("fyercache_fence"));
        }
        return new HeldUpWriter.Sent(builder.factory(), folder.toString());
    }

    private static ConfigurationBuilder<Long, Person> writing(Fencing fencing) {
        return FyerConfiguration.builder(Long.class, Person.class)
                .writeThrough(true)
                .writer(writer(fencing));
    }

    @SuppressWarnings("unchecked") // It was made with these types.
    private FyerCache<Long, Person> cache(String name, ConfigurationBuilder<Long, Person> configuration) {
        return members.manager().createCache(name, configuration.build()).unwrap(FyerCache.class);
    }

    @Test
    void writeThrough_theLateStatementChangesNothing() throws Exception {
        FyerCache<Long, Person> cache = cache("through", writing(Fencing.ON));
        assertThat(takeOver(cache, 1, "new")).isEqualTo("FencedOffException");
        assertThat(members.database().people()).containsEntry(1L, new Person(1, "new"));
    }

    @Test
    void writeBehind_theLateStatementChangesNothing() throws Exception {
        FyerCache<Long, Person> cache =
                cache("behind", writing(Fencing.ON).writeBehind(WriteBehindOptions.after(Duration.ofMillis(50))));
        assertThat(takeOver(cache, 2, "new")).isEqualTo("FencedOffException");
        assertThat(members.database().people()).containsEntry(2L, new Person(2, "new"));
    }

    /** What the fence is for: without it the row is older than the entry, and stays so. */
    @Test
    void withoutFence_theLateStatementIsWrittenOverTheNewerRow() throws Exception {
        FyerCache<Long, Person> cache = cache("unfenced", writing(Fencing.OFF));
        assertThat(takeOver(cache, 3, "new")).isEqualTo("written");
        assertThat(members.database().people()).containsEntry(3L, new Person(3, HeldUpWriter.HELD + 3));
        assertThat(cache.get(3L)).isEqualTo(new Person(3, "new"));
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void writeThrough_aHundredTimes() throws Exception {
        FyerCache<Long, Person> cache = cache("hundred", writing(Fencing.ON));
        for (long id = 100; id < 200; id++) {
            assertThat(takeOver(cache, id, "new" + id)).isEqualTo("FencedOffException");
            assertThat(members.database().people()).containsEntry(id, new Person(id, "new" + id));
        }
    }

    /** Returns what came of the late statement of a primary that stood still until another had written a newer value. */
    private String takeOver(FyerCache<Long, Person> cache, long id, String newer) throws Exception {
        Signals signals = new Signals(folder);
        String held = HeldUpWriter.HELD + id;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> put = thread.submit(() -> putOrGiveUp(cache, new Person(id, held)));
            ProcessCluster.await(
                    "the writer to stop", () -> !text(signals.stopped(held)).isEmpty());
            MemberProcess deposed = members.ofProcess(Long.parseLong(text(signals.stopped(held))));
            deposed.pause();
            put.get(1, TimeUnit.MINUTES); // It is the next primary's now, if it writes through.
            cache.put(id, new Person(id, newer));
            awaitRow(id, newer);

            Files.createFile(signals.mayGoOn(held));
            deposed.resume();
            ProcessCluster.await("the late statement", () -> Files.exists(signals.ended(held)));
            members.replace(deposed);
            return text(signals.ended(held));
        } finally {
            thread.shutdownNow();
        }
    }

    /**
     * Whether this is answered is not the matter here: where the other copy was given up right before, as on a machine that is slow for a moment,
     * nobody can tell what becomes of it.
     */
    private static void putOrGiveUp(FyerCache<Long, Person> cache, Person person) {
        try {
            cache.put(person.id(), person);
        } catch (OperationOutcomeUnknownException e) {
            // The one who took over has not begun it, or has lost it.
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitRow(long id, String name) {
        ProcessCluster.await("row " + id + " to be " + name, () -> {
            try {
                Map<Long, Person> people = members.database().people();
                return new Person(id, name).equals(people.get(id));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
