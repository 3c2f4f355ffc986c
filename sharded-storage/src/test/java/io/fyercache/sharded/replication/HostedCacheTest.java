package io.fyercache.sharded.replication;

import static io.fyercache.sharded.replication.Scene.key;
import static io.fyercache.sharded.replication.Scene.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.entry.Expiry;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.load.EntryLoader;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.Notice;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request.Batch;
import io.fyercache.sharded.message.Request.Task;
import io.fyercache.sharded.message.StoredEntry;
import io.fyercache.sharded.replication.HostedCaches.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes of calls of user code. */
class HostedCacheTest {
    private static final EntryKey KEY = key("k");
    private static final StoredEntry PRESENT = new StoredEntry(value("old"), 5_000);

    private final Database database = new Database();

    private static Verdict run(HostedCache cache, Task task, @Nullable StoredEntry current) {
        UserCodeCall call = new UserCodeCall(1, 1, KEY, task, new KeyState(current, 1_000), 9, Batch.NONE);
        UserCodeOutcome outcome = cache.run(call, WriteFence.NONE);
        assertThat(outcome.call()).isSameAs(call);
        return outcome.verdict();
    }

    private static Verdict run(HostedCache cache, EntryOperation operation, @Nullable StoredEntry current) {
        return run(cache, new Task.Write(operation), current);
    }

    @Test
    void needsUserCode_whereItHasASay() {
        HostedCache plain = HostedCaches.plain();
        HostedCache writing = HostedCaches.writing(database);
        Invoke invoke = new Invoke(entry -> null);

        assertThat(plain.needsUserCode(new Put(value("v")), null)).isFalse();
        assertThat(plain.needsUserCode(invoke, null)).isTrue();
        assertThat(plain.readsThrough()).isFalse();
        assertThat(writing.needsUserCode(new Put(value("v")), null)).isTrue();
        assertThat(writing.needsUserCode(EntryOperation.Invalidate.INSTANCE, null))
                .isFalse();
        assertThat(HostedCaches.loading(database).needsUserCode(new Put(value("v")), null))
                .isFalse();
        assertThat(HostedCaches.loading(database).readsThrough()).isTrue();
    }

    @Test
    void needsUserCode_forAComparison_ifThereIsSomethingToCompare() {
        HostedCache plain = HostedCaches.plain();
        EntryOperation remove = new RemoveIfEqual(value("other"));
        EntryOperation replace = new ReplaceIfEqual(value("other"), value("new"));

        assertThat(plain.needsUserCode(remove, PRESENT)).isTrue();
        assertThat(plain.needsUserCode(replace, PRESENT)).isTrue();
        assertThat(plain.needsUserCode(remove, null)).isFalse();
        assertThat(plain.needsUserCode(replace, null)).isFalse();
        assertThat(plain.needsUserCode(new Put(value("other")), PRESENT)).isFalse();
    }

    @Test
    void write_isWrittenThrough_andKeepsItsDeadline() {
        Verdict verdict = run(HostedCaches.writing(database), new GetAndPut(value("new")), PRESENT);

        assertThat(database.heard).containsExactly("write new");
        assertThat(verdict.effects()).containsExactly(new Effect.Store(KEY, value("new"), 5_000, Notice.UPDATED));
        assertThat(verdict.answer().result()).isEqualTo(new OperationResult.Value(value("old")));
    }

    @Test
    void remove_ofWhatIsNotHere_isWrittenThroughAllTheSame() {
        Verdict verdict = run(HostedCaches.writing(database), Remove.INSTANCE, null);

        assertThat(database.heard).containsExactly("delete");
        assertThat(verdict).isEqualTo(Verdict.without(new OperationResult.Flag(false), 0));
    }

    @Test
    void write_writerFails_hasNoEffect() {
        database.fails = true;

        Verdict verdict = run(HostedCaches.writing(database), new Put(value("new")), PRESENT);

        assertThat(verdict.effects()).isEmpty();
        assertThat(verdict.answer().result())
                .isEqualTo(new OperationResult.Failed("java.lang.IllegalStateException", "no connection"));
    }

    @Test
    void invoke_readsWhatIsLoaded() {
        database.content = () -> value("loaded");

        Verdict verdict = run(HostedCaches.loading(database), new Invoke(entry -> entry.value()), null);

        assertThat(verdict.effects())
                .containsExactly(new Effect.Store(KEY, value("loaded"), Expiry.NEVER, Notice.CREATED));
        assertThat(verdict.answer().result()).isEqualTo(new OperationResult.Value(value("loaded")));
    }

    @Test
    void invoke_answersWhatCannotBeTold_fails() {
        Verdict verdict = run(
                HostedCaches.plain(),
                new Invoke(entry -> {
                    entry.set(value("new"));
                    return 7;
                }),
                PRESENT);

        assertThat(verdict.effects()).isEmpty();
        assertThat(verdict.answer().result()).isInstanceOf(OperationResult.Failed.class);
    }

    @Test
    void invoke_throwsAnError_fails() {
        Verdict verdict = run(
                HostedCaches.plain(),
                new Invoke(entry -> {
                    throw new StackOverflowError();
                }),
                PRESENT);

        assertThat(verdict)
                .isEqualTo(Verdict.without(new OperationResult.Failed("java.lang.StackOverflowError", null), 0));
    }

    @Test
    void read_loads_andKeepsWhatIsFound() {
        HostedCache cache = HostedCaches.cache(HostedCaches.ONE_SECOND, database, database);

        assertThat(run(cache, Task.Read.READ, null))
                .isEqualTo(Verdict.without(OperationResult.None.NONE, CacheCounters.MISS));
        database.content = () -> value("loaded");
        Verdict found = run(cache, Task.Read.READ, null);

        assertThat(found.effects()).containsExactly(new Effect.Store(KEY, value("loaded"), 2_000, Notice.CREATED));
        assertThat(found.answer().result()).isEqualTo(new OperationResult.Value(value("loaded")));
        assertThat(database.heard).containsExactly("load", "load");
    }

    // ---- together (U7)

    private static UserCodeCall part(String key, Task task, @Nullable StoredEntry current) {
        return new UserCodeCall(1, 1, key(key), task, new KeyState(current, 1_000), 9, new Batch(1, 0));
    }

    private static Task put(String text) {
        return new Task.Write(new Put(value(text)));
    }

    /** Loads nothing for some keys, and writes those whose value is not refused. */
    private static final class Batches implements EntryLoader, EntryWriter {
        final List<String> heard = new ArrayList<>();
        final Set<Object> refused = new TreeSet<>();

        @Override
        public Object load(Object key) {
            throw new AssertionError("alone");
        }

        @Override
        public Map<Object, Object> loadAll(Collection<?> keys) {
            heard.add("load " + keys.size());
            if (!refused.isEmpty()) {
                throw new IllegalStateException("no connection");
            }
            Map<Object, Object> loaded = new LinkedHashMap<>();
            keys.stream()
                    .filter(key -> !key.equals(key("none").key()))
                    .forEach(key -> loaded.put(key, value("loaded")));
            return loaded;
        }

        @Override
        public void write(Object key, Object value) {
            throw new AssertionError("alone");
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            heard.add("write " + entries.size());
            entries.keySet().removeIf(key -> !refused.contains(key));
            if (!entries.isEmpty()) {
                throw new IllegalStateException("refused");
            }
        }

        @Override
        public void delete(Object key) {
            throw new AssertionError("alone");
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            heard.add("delete " + keys.size());
            keys.removeIf(key -> !refused.contains(key));
            if (!keys.isEmpty()) {
                throw new IllegalStateException("refused");
            }
        }
    }

    private final Batches batches = new Batches();
    private final HostedCache through = HostedCaches.cache(HostedCaches.ONE_SECOND, batches, batches);

    private static OperationResult result(UserCodeOutcome outcome) {
        return outcome.verdict().answer().result();
    }

    @Test
    void runTogether_loadsOnceWhatIsMissing() {
        List<UserCodeCall> calls = List.of(
                part("a", Task.Read.READ, null),
                part("none", Task.Read.READ, null),
                part("b", new Task.Load(EntryOperation.Load.Existing.KEEP), PRESENT),
                part("c", new Task.Load(EntryOperation.Load.Existing.REPLACE), PRESENT));

        List<UserCodeOutcome> outcomes = through.runTogether(calls, WriteFence.NONE);

        assertThat(batches.heard).containsExactly("load 3");
        assertThat(outcomes).extracting(UserCodeOutcome::call).containsExactlyElementsOf(calls);
        assertThat(result(outcomes.get(0))).isEqualTo(new OperationResult.Value(value("loaded")));
        assertThat(outcomes.get(0).verdict().effects())
                .containsExactly(new Effect.Store(key("a"), value("loaded"), 2_000, Notice.CREATED));
        assertThat(outcomes.get(1).verdict()).isEqualTo(Verdict.without(OperationResult.None.NONE, CacheCounters.MISS));
        assertThat(outcomes.get(2).verdict().effects()).as("what is here stays").isEmpty();
        assertThat(outcomes.get(3).verdict().effects()).extracting(Effect::key).containsExactly(key("c"));
    }

    @Test
    void runTogether_loaderFails_everyoneWhoWantedItLearnsThat() {
        batches.refused.add(key("a").key());

        List<UserCodeOutcome> outcomes = through.runTogether(
                List.of(part("a", Task.Read.READ, null), part("b", Task.Read.READ, null)), WriteFence.NONE);

        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(result(outcome)).isInstanceOf(OperationResult.Failed.class);
            assertThat(outcome.verdict().answer().tally()).isEqualTo(CacheCounters.MISS);
            assertThat(outcome.verdict().effects()).isEmpty();
        });
    }

    @Test
    void runTogether_writesOnceWhatIsPut_andOnceWhatIsRemoved_andWhatWasRefusedHasNoEffect() {
        batches.refused.addAll(List.of(key("b").key(), key("y").key()));

        List<UserCodeOutcome> outcomes = through.runTogether(
                List.of(
                        part("a", put("1"), null),
                        part("b", put("2"), null),
                        part("x", new Task.Write(Remove.INSTANCE), PRESENT),
                        part("y", new Task.Write(Remove.INSTANCE), PRESENT)),
                WriteFence.NONE);

        assertThat(batches.heard).containsExactly("write 2", "delete 2");
        assertThat(outcomes.get(0).verdict().effects())
                .containsExactly(new Effect.Store(key("a"), value("1"), 2_000, Notice.CREATED));
        assertThat(outcomes.get(2).verdict().effects()).containsExactly(new Effect.Remove(key("x"), Notice.REMOVED));
        for (int refused : new int[] {1, 3}) {
            assertThat(outcomes.get(refused).verdict())
                    .isEqualTo(Verdict.without(
                            new OperationResult.Failed("java.lang.IllegalStateException", "refused"), 0));
        }
    }

    @Test
    void runsTogether_whereLoaderOrWriterHasASay() {
        assertThat(through.runsTogether(Task.Read.READ)).isTrue();
        assertThat(through.runsTogether(put("v"))).isTrue();
        assertThat(through.runsTogether(new Task.Load(EntryOperation.Load.Existing.KEEP)))
                .isTrue();
        assertThat(through.runsTogether(new Task.Write(new Invoke(entry -> null))))
                .isFalse();
        for (Task task : List.of(Task.Read.READ, put("v"), new Task.Load(EntryOperation.Load.Existing.KEEP))) {
            assertThat(HostedCaches.plain().runsTogether(task)).isFalse();
        }
    }

    @Test
    void laterBy_movesDeadlines_butNoneBeyondForEver() {
        Verdict verdict = new Verdict(
                List.of(
                        new Effect.Store(KEY, value("v"), 2_000, Notice.NONE),
                        new Effect.Store(KEY, value("v"), Expiry.NEVER, Notice.NONE),
                        new Effect.Remove(KEY, Notice.NONE)),
                Done.NOTHING);

        assertThat(verdict.laterBy(500).effects())
                .containsExactly(
                        new Effect.Store(KEY, value("v"), 2_500, Notice.NONE),
                        new Effect.Store(KEY, value("v"), Expiry.NEVER, Notice.NONE),
                        new Effect.Remove(KEY, Notice.NONE));
    }

    @Test
    void failure_longMessage_isCut() {
        OperationResult.Failed failed = OperationResult.Failed.of(new IllegalStateException("x".repeat(1_001)));

        assertThat(failed.message()).hasSize(OperationResult.Failed.MAX_MESSAGE);
    }
}
