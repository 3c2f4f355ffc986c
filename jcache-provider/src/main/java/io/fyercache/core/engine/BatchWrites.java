package io.fyercache.core.engine;

import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.operation.EntryOperation;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.operation.EntryOperation.Remove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes of many keys that are written to the database together: the keys are held, the writer is called once, and what it wrote
 * becomes visible. No thread waits for a key while it holds others, so two batches over the same keys cannot block each other.
 * Thread-safe.
 */
final class BatchWrites {
    private final HeldOperations operations;
    private final EntryMaker maker;
    private final KeyHolds holds;
    private final ChangeDelivery changes;
    private final HoldWaits waits;

    BatchWrites(HeldOperations operations, EntryMaker maker, KeyHolds holds, ChangeDelivery changes, HoldWaits waits) {
        this.operations = operations;
        this.maker = maker;
        this.holds = holds;
        this.changes = changes;
        this.waits = waits;
    }

    /** Puts all entries that {@code writer} can write; its exception comes out afterwards. */
    void putAll(Map<?, Object> entries, EntryWriter writer) {
        Map<Object, Object> left = new LinkedHashMap<>(entries);
        run(
                entries.keySet(),
                () -> writer.writeAll(left),
                left::containsKey,
                key -> new Put(Objects.requireNonNull(entries.get(key))));
    }

    /** Removes all keys that {@code writer} can delete; its exception comes out afterwards. */
    void removeAll(Collection<?> keys, EntryWriter writer) {
        Set<Object> left = new LinkedHashSet<>(keys);
        run(new LinkedHashSet<>(keys), () -> writer.deleteAll(left), left::contains, key -> Remove.INSTANCE);
    }

    private void run(
            Collection<?> keys, Runnable write, Predicate<Object> isLeft, Function<Object, EntryOperation> operation) {
        List<HeldKey> held = holdAll(keys);
        FirstFailure failures = new FirstFailure();
        try {
            failures.during(write);
            boolean allWritten = failures.get() == null;
            for (HeldKey hold : held) {
                if (allWritten || !isLeft.test(hold.key())) {
                    failures.during(() -> operations.apply(hold, operation.apply(hold.key()), maker.now()));
                }
            }
        } finally {
            failures.during(() -> changes.letGo(held));
        }
        failures.rethrow();
    }

    /** Holds all keys; where one is held by somebody else, lets all go, waits for that one, and starts again. */
    private List<HeldKey> holdAll(Collection<?> keys) {
        while (true) {
            List<HeldKey> held = new ArrayList<>(keys.size());
            KeyHold busy = null;
            boolean complete = false;
            try {
                busy = holdUntilBusy(keys, held);
                complete = busy == null;
            } finally {
                if (!complete) {
                    changes.letGo(held);
                }
            }
            if (busy == null) {
                return held;
            }
            waits.await(busy);
        }
    }

    private @Nullable KeyHold holdUntilBusy(Collection<?> keys, List<HeldKey> held) {
        for (Object key : keys) {
            KeyHold hold = holds.attempt(key);
            if (!hold.isMine()) {
                return hold;
            }
            held.add((HeldKey) hold);
        }
        return null;
    }
}
