package io.fyercache.jcache.event;

import io.fyercache.core.operation.ChangeInterest;
import io.fyercache.core.operation.EntryChange;

/** The listener runs before the operation returns, on its thread; what it throws comes out of the operation. */
record SynchronousDelivery(ListenerCall call) implements Delivery {

    @Override
    public void pass(EntryChange change) {
        if (call.wants(change.kind())) {
            call.tell(change);
        }
    }

    @Override
    public ChangeInterest addInterest(ChangeInterest others) {
        ChangeInterest sum = call.addInterest(others);
        for (EntryChange.Kind kind : EntryChange.Kind.values()) {
            sum = call.wants(kind) ? sum.andAwaited(kind) : sum;
        }
        return sum;
    }

    @Override
    public void close() {
        call.close();
    }
}
