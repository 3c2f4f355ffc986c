package io.fyercache.core.engine;

import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.write.Change;
import io.fyercache.core.write.DueWrite;
import java.util.List;
import java.util.Map;

/**
 * Tells a writer of changes that have waited: one by itself by the call for one, several by one call for all that are put, and
 * one for all that are removed. As thread-safe as the writer.
 */
public record BatchWriter(EntryWriter writer) {

    /** Returns this one for calls that have such a fence. */
    public BatchWriter fencedBy(WriteFence fence) {
        return new BatchWriter(writer.fencedBy(fence));
    }

    /**
     * Has a batch written. What the writer throws is part of the outcome.
     *
     * @param batch at least one change, each of another key
     */
    public BatchOutcome write(List<DueWrite<Object, Change>> batch) {
        if (batch.size() == 1) {
            return writeAlone(batch.get(0));
        }
        WriteBatch together = new WriteBatch();
        for (DueWrite<Object, Change> each : batch) {
            Object value = each.change().value();
            if (value == null) {
                together.delete(each.key());
            } else {
                together.put(each.key(), value);
            }
        }
        return BatchOutcome.of(together.write(writer));
    }

    private BatchOutcome writeAlone(DueWrite<Object, Change> write) {
        Object value = write.change().value();
        try {
            if (value == null) {
                writer.delete(write.key());
            } else {
                writer.write(write.key(), value);
            }
            return BatchOutcome.WRITTEN;
        } catch (RuntimeException | Error e) {
            return BatchOutcome.of(Map.of(write.key(), e));
        }
    }
}
