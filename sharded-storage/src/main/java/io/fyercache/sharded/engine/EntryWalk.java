package io.fyercache.sharded.engine;

import io.fyercache.core.operation.EncodedForm;
import io.fyercache.sharded.client.CallOutcome.Answered;
import io.fyercache.sharded.message.CachePosition;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.OperationResult.Keys;
import io.fyercache.sharded.message.OperationResult.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * An iteration over the entries of a cache (P1): partition by partition, in each by a page of keys, whose values are then read together. A
 * page counts as used when it has come, and its hits when they are returned. Used by one thread.
 */
final class EntryWalk implements Iterator<Map.Entry<Object, Object>> {
    private final ShardedCacheEngine engine;
    private final EncodedForm form;
    private final PrimitiveIterator.OfInt partitions;

    /** The one that a page comes of next, or less than 0. */
    private int partition = -1;

    private CachePosition position = CachePosition.START;
    private final Deque<Met> met = new ArrayDeque<>();
    private @Nullable EncodedKey last;

    /** An entry that was there when its page came. */
    private record Met(EncodedKey key, Answered answer) {}

    EntryWalk(ShardedCacheEngine engine, EncodedForm form, PrimitiveIterator.OfInt partitions) {
        this.engine = engine;
        this.form = form;
        this.partitions = partitions;
    }

    @Override
    public boolean hasNext() {
        while (met.isEmpty() && findPage()) {
            turnPage();
        }
        return !met.isEmpty();
    }

    private boolean findPage() {
        if (partition < 0 && partitions.hasNext()) {
            partition = partitions.nextInt();
        }
        return partition >= 0;
    }

    private void turnPage() {
        Keys page = engine.page(partition, position);
        List<Answered> answers = engine.meet(page.keys());
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).result() != OperationResult.None.NONE) {
                met.add(new Met(page.keys().get(i), answers.get(i)));
            }
        }
        position = page.next();
        if (position.isEnd()) {
            partition = -1;
            position = CachePosition.START;
        }
    }

    @Override
    public Map.Entry<Object, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("entries: no more (expected: a call of hasNext that returned true)");
        }
        Met next = met.remove();
        last = next.key();
        Value value = (Value) engine.take(next.answer());
        return Map.entry(form.decodeKey(next.key().bytes()), value.value().bytes());
    }

    @Override
    public void remove() {
        EncodedKey key = last;
        if (key == null) {
            throw new IllegalStateException("remove: no entry (expected: a call of next since the last one)");
        }
        last = null;
        engine.remove(key);
    }
}
