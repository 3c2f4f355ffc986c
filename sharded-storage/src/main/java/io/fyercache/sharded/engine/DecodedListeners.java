package io.fyercache.sharded.engine;

import io.fyercache.core.engine.ChangeListeners;
import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EncodedForm;
import io.fyercache.core.operation.EntryChange;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import org.jspecify.annotations.Nullable;

/** A user's listeners, told what travels: keys become theirs again, and values stored ones. Thread-safe. */
record DecodedListeners(EncodedForm form, ChangeListeners listeners) implements ChangeListeners {
    @Override
    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    @Override
    public ChangeInterest interest() {
        return listeners.interest();
    }

    @Override
    public void publish(EntryChange change) {
        listeners.publish(new EntryChange(
                change.kind(),
                form.decodeKey(((EncodedKey) change.key()).bytes()),
                stored(change.value()),
                stored(change.oldValue())));
    }

    private static @Nullable Object stored(@Nullable Object encoded) {
        return encoded == null ? null : ((EncodedValue) encoded).bytes();
    }
}
