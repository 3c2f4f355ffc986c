package io.fyercache.core.engine;

import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.OperationApplier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decisions in which a cache's user code has a say: the process or the expiry policy that decides, the loader of what a process reads, and
 * at the end the writer, which may veto. What was decided is for the caller to carry out, who holds the key meanwhile, in this JVM or in a
 * cluster. As thread-safe as the user code.
 */
public final class UserCodeDecisions {
    private final OperationApplier applier;
    private final @Nullable LoadCoordinator loads;
    private final @Nullable EntryWriter writer;
    private final boolean inEveryChange;

    /**
     * Makes the decisions of a cache.
     *
     * @param applier decides by the cache's expiry policy and stored form
     * @param loads calls the cache's loader; null if it has none
     */
    public UserCodeDecisions(CacheDefinition definition, OperationApplier applier, @Nullable LoadCoordinator loads) {
        this.applier = applier;
        this.loads = definition.reading() == CacheDefinition.Reading.THROUGH ? loads : null;
        this.writer = definition.writer();
        this.inEveryChange = writer != null || definition.expiry().runsUserCode();
    }

    /** Tells whether user code has a say in {@code operation}, apart from listeners and the comparison of values. */
    public boolean concern(EntryOperation operation) {
        return operation instanceof Invoke || (inEveryChange && !(operation instanceof Invalidate));
    }

    /**
     * Decides what {@code operation} does, and writes it through. What user code throws comes out, and then nothing is to be carried out.
     *
     * @param current the entry's live value in stored form, null for none
     * @param nowMillis the time at which it happens
     */
    public Decision decide(Object key, EntryOperation operation, @Nullable Object current, long nowMillis) {
        Decision decision = decideUnwritten(key, operation, current, nowMillis);
        writeThrough(key, decision);
        return decision;
    }

    /** Tells whether the cache has a writer. */
    public boolean writesThrough() {
        return writer != null;
    }

    /** Decides as {@link #decide} does, and leaves it to the caller to have it {@linkplain #writeTogether written} before it is carried out. */
    public Decision decideUnwritten(Object key, EntryOperation operation, @Nullable Object current, long nowMillis) {
        LoadCoordinator loader = loads;
        return loader == null
                ? applier.decide(operation, current, nowMillis)
                : applier.decide(operation, current, nowMillis, () -> loader.load(key));
    }

    /**
     * Writes what was decided about several keys: one call of the writer for all that are put, and one for all that are removed.
     *
     * @return what the writer threw, by the keys that it has not written: their decisions are not to be carried out
     */
    public Map<Object, Throwable> writeTogether(Map<Object, Decision> decided) {
        Map<Object, Object> written = new LinkedHashMap<>();
        Set<Object> deleted = new LinkedHashSet<>();
        decided.forEach((key, decision) -> {
            switch (decision.writeThrough()) {
                case WRITE -> written.put(key, Objects.requireNonNull(decision.writtenValue()));
                case DELETE -> deleted.add(key);
                case NONE -> {}
            }
        });
        Map<Object, Throwable> failures = new LinkedHashMap<>();
        EntryWriter present = writer;
        if (present != null && !written.isEmpty()) {
            during(() -> present.writeAll(written), written.keySet(), failures);
        }
        if (present != null && !deleted.isEmpty()) {
            during(() -> present.deleteAll(deleted), deleted, failures);
        }
        return failures;
    }

    private static void during(Runnable write, Set<Object> left, Map<Object, Throwable> failures) {
        try {
            write.run();
        } catch (RuntimeException | Error e) {
            left.forEach(key -> failures.put(key, e));
        }
    }

    private void writeThrough(Object key, Decision decision) {
        if (writer != null) {
            switch (decision.writeThrough()) {
                case WRITE -> writer.write(key, Objects.requireNonNull(decision.writtenValue()));
                case DELETE -> writer.delete(key);
                case NONE -> {}
            }
        }
    }
}
