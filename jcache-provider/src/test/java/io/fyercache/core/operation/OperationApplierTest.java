package io.fyercache.core.operation;

import static io.fyercache.core.operation.Decision.WriteThrough.DELETE;
import static io.fyercache.core.operation.Decision.WriteThrough.NONE;
import static io.fyercache.core.operation.Decision.WriteThrough.WRITE;
import static io.fyercache.core.statistics.CacheCounters.EXPIRY;
import static io.fyercache.core.statistics.CacheCounters.HIT;
import static io.fyercache.core.statistics.CacheCounters.MISS;
import static io.fyercache.core.statistics.CacheCounters.PUT;
import static io.fyercache.core.statistics.CacheCounters.REMOVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fyercache.core.entry.Expiry;
import io.fyercache.core.operation.Decision.Effect;
import io.fyercache.core.operation.EntryOperation.GetAndPut;
import io.fyercache.core.operation.EntryOperation.GetAndRemove;
import io.fyercache.core.operation.EntryOperation.GetAndReplace;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.EntryOperation.Load;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.PutIfAbsent;
import io.fyercache.core.operation.EntryOperation.Remove;
import io.fyercache.core.operation.EntryOperation.RemoveIfEqual;
import io.fyercache.core.operation.EntryOperation.Replace;
import io.fyercache.core.operation.EntryOperation.ReplaceIfEqual;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of JSR-107 1.1.1 (operations, statistics, expiry, writing through), a row a test. */
class OperationApplierTest {
    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final String OTHER = "other";
    private static final String LOADED = "loaded";
    private static final String ABSENT = null;

    private static final long NOW = 1_000;
    private static final long CREATED_UNTIL = NOW + 100;
    private static final long UPDATED_UNTIL = NOW + 200;
    private static final long TOUCHED_UNTIL = NOW + 300;

    // ---- expectations
    // ------------------------------------------------------------------------------------------------

    /** What becomes of the entry, and what listeners hear of it. */
    private record Change(Effect effect, Object value, long deadlineMillis, EntryChange.Kind kind) {}

    private static final Change STAYS = new Change(Effect.NONE, null, Expiry.UNCHANGED, null);
    private static final Change TOUCHED = new Change(Effect.TOUCH, null, TOUCHED_UNTIL, null);
    private static final Change REMOVED = new Change(Effect.REMOVE, null, Expiry.UNCHANGED, EntryChange.Kind.REMOVED);
    private static final Change DROPPED = new Change(Effect.REMOVE, null, Expiry.UNCHANGED, null);

    private static Change created(Object value) {
        return new Change(Effect.STORE, value, CREATED_UNTIL, EntryChange.Kind.CREATED);
    }

    private static Change updated(Object value) {
        return new Change(Effect.STORE, value, UPDATED_UNTIL, EntryChange.Kind.UPDATED);
    }

    private static Change expiredAtOnce(Object value) {
        return new Change(Effect.NONE, value, Expiry.UNCHANGED, EntryChange.Kind.EXPIRED);
    }

    /** What the writer hears. */
    private record Written(Decision.WriteThrough kind, Object value) {}

    private static final Written NOT_WRITTEN = new Written(NONE, null);
    private static final Written DELETED = new Written(DELETE, null);

    private static Written written(Object value) {
        return new Written(WRITE, value);
    }

    private record Row(
            String name,
            String current,
            EntryOperation operation,
            Change change,
            Written written,
            int tally,
            String expiryCalls,
            Object result,
            RecordingExpiry expiry,
            RecordingLoader loader) {

        Row zeroForCreation() {
            RecordingExpiry zero = new RecordingExpiry(NOW, UPDATED_UNTIL);
            return new Row(name, current, operation, change, written, tally, expiryCalls, result, zero, loader);
        }

        Row zeroForUpdate() {
            RecordingExpiry zero = new RecordingExpiry(CREATED_UNTIL, NOW);
            return new Row(name, current, operation, change, written, tally, expiryCalls, result, zero, loader);
        }

        Row readingThrough(int expectedLoads) {
            RecordingLoader loading = new RecordingLoader(LOADED, expectedLoads);
            return new Row(name, current, operation, change, written, tally, expiryCalls, result, expiry, loading);
        }

        @Override
        public String toString() {
            return name + (current == null ? ", absent" : ", present");
        }
    }

    private static Row row(
            String name,
            String current,
            EntryOperation operation,
            Change change,
            Written written,
            int tally,
            String expiryCalls,
            Object result) {
        return new Row(
                name,
                current,
                operation,
                change,
                written,
                tally,
                expiryCalls,
                result,
                new RecordingExpiry(CREATED_UNTIL, UPDATED_UNTIL),
                new RecordingLoader(null, RecordingLoader.ANY));
    }

    // ---- the table of single-key operations
    // --------------------------------------------------------------------------

    static Stream<Row> singleKeyOperations() {
        Change zeroUpdate = new Change(Effect.STORE, NEW, NOW, EntryChange.Kind.UPDATED);
        return Stream.of(
                row("put", ABSENT, new Put(NEW), created(NEW), written(NEW), PUT, "C", null),
                row("put", OLD, new Put(NEW), updated(NEW), written(NEW), PUT, "U", null),
                row("put equal value", OLD, new Put(OLD), updated(OLD), written(OLD), PUT, "U", null),
                row(
                                "put, creation expires at once",
                                ABSENT,
                                new Put(NEW),
                                expiredAtOnce(NEW),
                                written(NEW),
                                0,
                                "C",
                                null)
                        .zeroForCreation(),
                row("put, update expires at once", OLD, new Put(NEW), zeroUpdate, written(NEW), PUT, "U", null)
                        .zeroForUpdate(),
                row("getAndPut", ABSENT, new GetAndPut(NEW), created(NEW), written(NEW), MISS | PUT, "C", null),
                row("getAndPut", OLD, new GetAndPut(NEW), updated(NEW), written(NEW), HIT | PUT, "U", OLD),
                row(
                                "getAndPut, creation expires at once",
                                ABSENT,
                                new GetAndPut(NEW),
                                expiredAtOnce(NEW),
                                written(NEW),
                                MISS,
                                "C",
                                null)
                        .zeroForCreation(),
                row("putIfAbsent", ABSENT, new PutIfAbsent(NEW), created(NEW), written(NEW), MISS | PUT, "C", true),
                row("putIfAbsent", OLD, new PutIfAbsent(NEW), STAYS, NOT_WRITTEN, HIT, "", false),
                row(
                                "putIfAbsent, creation expires at once",
                                ABSENT,
                                new PutIfAbsent(NEW),
                                expiredAtOnce(NEW),
                                written(NEW),
                                MISS,
                                "C",
                                false)
                        .zeroForCreation(),
                row("replace", ABSENT, new Replace(NEW), STAYS, NOT_WRITTEN, MISS, "", false),
                row("replace", OLD, new Replace(NEW), updated(NEW), written(NEW), HIT | PUT, "U", true),
                row("replace old", ABSENT, new ReplaceIfEqual(OLD, NEW), STAYS, NOT_WRITTEN, MISS, "", false),
                row("replace old", OLD, new ReplaceIfEqual(OLD, NEW), updated(NEW), written(NEW), HIT | PUT, "U", true),
                row("replace other", OLD, new ReplaceIfEqual(OTHER, NEW), TOUCHED, NOT_WRITTEN, HIT, "A", false),
                row("getAndReplace", ABSENT, new GetAndReplace(NEW), STAYS, NOT_WRITTEN, MISS, "", null),
                row("getAndReplace", OLD, new GetAndReplace(NEW), updated(NEW), written(NEW), HIT | PUT, "U", OLD),
                row("remove", ABSENT, Remove.INSTANCE, STAYS, DELETED, 0, "", false),
                row("remove", OLD, Remove.INSTANCE, REMOVED, DELETED, REMOVAL, "", true),
                row("remove old", ABSENT, new RemoveIfEqual(OLD), STAYS, NOT_WRITTEN, MISS, "", false),
                row("remove old", OLD, new RemoveIfEqual(OLD), REMOVED, DELETED, HIT | REMOVAL, "", true),
                row("remove other", OLD, new RemoveIfEqual(OTHER), TOUCHED, NOT_WRITTEN, HIT, "A", false),
                row("getAndRemove", ABSENT, GetAndRemove.INSTANCE, STAYS, DELETED, MISS, "", null),
                row("getAndRemove", OLD, GetAndRemove.INSTANCE, REMOVED, DELETED, HIT | REMOVAL, "", OLD),
                row("invalidate", ABSENT, Invalidate.INSTANCE, STAYS, NOT_WRITTEN, 0, "", false),
                row("invalidate", OLD, Invalidate.INSTANCE, DROPPED, NOT_WRITTEN, 0, "", true));
    }

    /** A value that a loader brought: no put, no lookup, never written through. */
    static Stream<Row> loads() {
        Load keep = new Load(LOADED, Load.Existing.KEEP);
        Load replace = new Load(LOADED, Load.Existing.REPLACE);
        Load renew = new Load(LOADED, Load.Existing.RENEW);
        Change renewed = new Change(Effect.STORE, LOADED, CREATED_UNTIL, EntryChange.Kind.UPDATED);
        return Stream.of(
                row("load", ABSENT, keep, created(LOADED), NOT_WRITTEN, 0, "C", LOADED),
                row("load, creation expires at once", ABSENT, keep, expiredAtOnce(LOADED), NOT_WRITTEN, 0, "C", LOADED)
                        .zeroForCreation(),
                row("load, keep", OLD, keep, STAYS, NOT_WRITTEN, 0, "", OLD),
                row("load, replace", ABSENT, replace, created(LOADED), NOT_WRITTEN, 0, "C", LOADED),
                row("load, replace", OLD, replace, updated(LOADED), NOT_WRITTEN, 0, "U", LOADED),
                row("load, renew", OLD, renew, renewed, NOT_WRITTEN, 0, "C", LOADED));
    }

    private static Invoke invoke(EntryProcess process) {
        return new Invoke(process);
    }

    /** What processors do: only the net effect counts. */
    static Stream<Row> invocations() {
        Invoke nothing = invoke(entry -> "done");
        Invoke exists = invoke(ProcessedEntry::exists);
        Invoke read = invoke(ProcessedEntry::value);
        Invoke set = invoke(entry -> {
            entry.set(NEW);
            return entry.exists();
        });
        Invoke setTwice = invoke(entry -> {
            entry.set(OTHER);
            entry.set(NEW);
            return entry.value();
        });
        Invoke readAndSet = invoke(entry -> {
            Object seen = entry.value();
            entry.set(NEW);
            return seen;
        });
        Invoke remove = invoke(entry -> {
            entry.remove();
            return entry.exists();
        });
        Invoke setAndRemove = invoke(entry -> {
            entry.set(NEW);
            entry.remove();
            return entry.value();
        });
        Invoke removeAndSet = invoke(entry -> {
            entry.remove();
            entry.set(NEW);
            return entry.value();
        });
        Invoke readAndRemove = invoke(entry -> {
            Object seen = entry.value();
            entry.remove();
            return seen;
        });
        Invoke readSetRemove = invoke(entry -> {
            entry.value();
            entry.set(NEW);
            entry.remove();
            return entry.value();
        });
        return Stream.of(
                row("nothing", ABSENT, nothing, STAYS, NOT_WRITTEN, MISS, "", "done"),
                row("nothing", OLD, nothing, STAYS, NOT_WRITTEN, HIT, "", "done"),
                row("exists", ABSENT, exists, STAYS, NOT_WRITTEN, MISS, "", false)
                        .readingThrough(0),
                row("exists", OLD, exists, STAYS, NOT_WRITTEN, HIT, "", true).readingThrough(0),
                row("read", ABSENT, read, STAYS, NOT_WRITTEN, MISS, "", null),
                row("read", OLD, read, TOUCHED, NOT_WRITTEN, HIT, "A", OLD).readingThrough(0),
                row("read through", ABSENT, read, created(LOADED), NOT_WRITTEN, MISS, "C", LOADED)
                        .readingThrough(1),
                row(
                                "read through, creation expires",
                                ABSENT,
                                read,
                                expiredAtOnce(LOADED),
                                NOT_WRITTEN,
                                MISS,
                                "C",
                                LOADED)
                        .readingThrough(1)
                        .zeroForCreation(),
                row("set", ABSENT, set, created(NEW), written(NEW), MISS | PUT, "C", true)
                        .readingThrough(0),
                row("set", OLD, set, updated(NEW), written(NEW), HIT | PUT, "U", true)
                        .readingThrough(0),
                row("set, creation expires", ABSENT, set, expiredAtOnce(NEW), written(NEW), MISS, "C", true)
                        .zeroForCreation(),
                row("set twice", ABSENT, setTwice, created(NEW), written(NEW), MISS | PUT, "C", NEW)
                        .readingThrough(0),
                row("set twice", OLD, setTwice, updated(NEW), written(NEW), HIT | PUT, "U", NEW),
                row("read and set", ABSENT, readAndSet, created(NEW), written(NEW), MISS | PUT, "C", null),
                row("read and set", OLD, readAndSet, updated(NEW), written(NEW), HIT | PUT, "U", OLD),
                row("read through and set", ABSENT, readAndSet, created(NEW), written(NEW), MISS | PUT, "C", LOADED)
                        .readingThrough(1),
                row("remove", ABSENT, remove, STAYS, DELETED, MISS, "", false).readingThrough(0),
                row("remove", OLD, remove, REMOVED, DELETED, HIT | REMOVAL, "", false)
                        .readingThrough(0),
                row("set and remove", ABSENT, setAndRemove, STAYS, NOT_WRITTEN, MISS, "", null)
                        .readingThrough(0),
                row("set and remove", OLD, setAndRemove, REMOVED, DELETED, HIT | REMOVAL, "", null)
                        .readingThrough(0),
                row("remove and set", ABSENT, removeAndSet, created(NEW), written(NEW), MISS | PUT, "C", NEW),
                row("remove and set", OLD, removeAndSet, updated(NEW), written(NEW), HIT | PUT, "U", NEW),
                row("read and remove", OLD, readAndRemove, REMOVED, DELETED, HIT | REMOVAL, "", OLD),
                row("read through and remove", ABSENT, readAndRemove, STAYS, DELETED, MISS, "", LOADED)
                        .readingThrough(1),
                row("read through, set and remove", ABSENT, readSetRemove, STAYS, DELETED, MISS, "", null)
                        .readingThrough(1));
    }

    @ParameterizedTest
    @MethodSource({"singleKeyOperations", "loads", "invocations"})
    void decidesAsTheTableSays(Row row) {
        OperationApplier applier = new OperationApplier(row.expiry(), StoredForm.BY_REFERENCE);

        Decision decision = applier.decide(row.operation(), row.current(), NOW, row.loader());

        assertThat(new Change(decision.effect(), decision.value(), decision.deadlineMillis(), decision.change()))
                .isEqualTo(row.change());
        assertThat(decision.writeThrough())
                .as("written through")
                .isEqualTo(row.written().kind());
        if (decision.writeThrough() == WRITE) {
            assertThat(decision.writtenValue())
                    .as("written value")
                    .isEqualTo(row.written().value());
        }
        int expiry = row.change().kind() == EntryChange.Kind.EXPIRED ? EXPIRY : 0;
        assertThat(decision.tally()).as("tally").isEqualTo(row.tally() | expiry);
        assertThat(decision.result()).as("result").isEqualTo(row.result());
        assertThat(row.expiry().calls)
                .asString()
                .as("calls of the expiry policy")
                .isEqualTo(row.expiryCalls());
        row.loader().assertCalled();
    }

    @Test
    void put_withDeadlineOfItsOwn_asksNoPolicy() {
        RecordingExpiry expiry = new RecordingExpiry(CREATED_UNTIL, UPDATED_UNTIL);
        OperationApplier applier = new OperationApplier(expiry, StoredForm.BY_REFERENCE);

        Decision absent = applier.decide(new Put(NEW, NOW + 7), null, NOW, () -> null);
        Decision present = applier.decide(new Put(NEW, NOW + 7), OLD, NOW, () -> null);

        assertThat(absent.deadlineMillis()).isEqualTo(NOW + 7);
        assertThat(absent.change()).isEqualTo(EntryChange.Kind.CREATED);
        assertThat(present.deadlineMillis()).isEqualTo(NOW + 7);
        assertThat(present.change()).isEqualTo(EntryChange.Kind.UPDATED);
        assertThat(expiry.calls).isEmpty();
    }

    @Test
    void failedComparison_policyWithoutAccess_asksNoPolicy() {
        OperationApplier applier = new OperationApplier(Expiry.ETERNAL, StoredForm.BY_REFERENCE);

        Decision decision = applier.decide(new ReplaceIfEqual(OTHER, NEW), OLD, NOW, () -> null);

        assertThat(decision.deadlineMillis()).isEqualTo(Expiry.UNCHANGED);
        assertThat(decision.tally()).isEqualTo(HIT);
    }

    @Test
    void invoke_processThrows_thrownAsItIs() {
        OperationApplier applier = new OperationApplier(Expiry.ETERNAL, StoredForm.BY_REFERENCE);
        Invoke invoke = invoke(entry -> {
            entry.set(NEW);
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(() -> applier.decide(invoke, OLD, NOW, () -> null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }

    @Test
    void invoke_readsTwice_loaderKnowsNothing_askedOnce() {
        OperationApplier applier = new OperationApplier(Expiry.ETERNAL, StoredForm.BY_REFERENCE);
        RecordingLoader loader = new RecordingLoader(null, 1);
        Invoke invoke = invoke(entry -> {
            entry.value();
            return entry.value();
        });

        applier.decide(invoke, null, NOW, loader);

        loader.assertCalled();
    }

    /** Answers with fixed deadlines and writes down what it was asked: C, U and A. */
    private static final class RecordingExpiry implements Expiry {
        private final long creation;
        private final long update;
        final StringBuilder calls = new StringBuilder();

        RecordingExpiry(long creation, long update) {
            this.creation = creation;
            this.update = update;
        }

        @Override
        public long afterCreation(long nowMillis) {
            calls.append('C');
            return creation;
        }

        @Override
        public long afterUpdate(long nowMillis) {
            calls.append('U');
            return update;
        }

        @Override
        public long afterAccess(long nowMillis) {
            calls.append('A');
            return TOUCHED_UNTIL;
        }

        @Override
        public boolean isEternal() {
            return false;
        }

        @Override
        public boolean changesOnAccess() {
            return true;
        }

        @Override
        public boolean runsUserCode() {
            return false;
        }
    }

    /** Knows one value and counts how often it is asked. */
    private static final class RecordingLoader implements java.util.function.Supplier<Object> {
        static final int ANY = -1;

        private final Object value;
        private final int expectedCalls;
        private int calls;

        RecordingLoader(Object value, int expectedCalls) {
            this.value = value;
            this.expectedCalls = expectedCalls;
        }

        @Override
        public Object get() {
            calls++;
            return value;
        }

        void assertCalled() {
            if (expectedCalls != ANY) {
                assertThat(calls).as("loads").isEqualTo(expectedCalls);
            }
        }
    }
}
