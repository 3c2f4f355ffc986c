package io.fyercache.core.engine;

import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.load.LoadCoordinator;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Invalidate;
import io.fyercache.core.operation.EntryOperation.Invoke;
import io.fyercache.core.operation.OperationApplier;
import io.fyercache.core.write.UnwrittenChanges;
import java.util.Map;
import java.util.Objects;
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
        writeThrough(key, decision, WriteFence.NONE);
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

    /** Decides as {@link #decideUnwritten(Object, EntryOperation, Object, long)} does, for whoever knows what the database does not know yet. */
    public Decision decideUnwritten(
            Object key, EntryOperation operation, @Nullable Object current, long nowMillis, UnwrittenChanges known) {
        LoadCoordinator loader = loads;
        return loader == null
                ? applier.decide(operation, current, nowMillis)
                : applier.decide(operation, current, nowMillis, () -> loader.load(key, known));
    }

    /**
     * Writes what was decided about several keys: one call of the writer for all that are put, and one for all that are removed.
     *
     * @param fence of the writer's calls
     * @return what the writer threw, by the keys that it has not written: their decisions are not to be carried out
     */
    public Map<Object, Throwable> writeTogether(Map<Object, Decision> decided, WriteFence fence) {
        WriteBatch batch = new WriteBatch();
        decided.forEach((key, decision) -> {
            switch (decision.writeThrough()) {
                case WRITE -> batch.put(key, Objects.requireNonNull(decision.writtenValue()));
                case DELETE -> batch.delete(key);
                case NONE -> {}
            }
        });
        return writer == null ? Map.of() : batch.write(writer.fencedBy(fence));
    }

    /**
     * Writes what was decided about a key. What the writer throws comes out, and then nothing is to be carried out.
     *
     * @param fence of the writer's call
     */
    public void writeThrough(Object key, Decision decision, WriteFence fence) {
        if (writer != null) {
            EntryWriter fenced = writer.fencedBy(fence);
            switch (decision.writeThrough()) {
                case WRITE -> fenced.write(key, Objects.requireNonNull(decision.writtenValue()));
                case DELETE -> fenced.delete(key);
                case NONE -> {}
            }
        }
    }
}
