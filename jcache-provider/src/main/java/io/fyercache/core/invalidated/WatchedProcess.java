package io.fyercache.core.invalidated;

import io.fyercache.core.operation.EntryProcess;
import io.fyercache.core.operation.ProcessedEntry;
import org.jspecify.annotations.Nullable;

/** A process of which it is seen whether it has asked for a change. What it loads is none. Used by the one thread that runs it. */
final class WatchedProcess implements EntryProcess {
    private final EntryProcess process;
    private boolean hasAsked;

    WatchedProcess(EntryProcess process) {
        this.process = process;
    }

    /** Tells whether it has asked for a change, which it may have taken back. */
    boolean hasAskedForChange() {
        return hasAsked;
    }

    @Override
    public @Nullable Object process(ProcessedEntry entry) {
        return process.process(new ProcessedEntry() {
            @Override
            public boolean exists() {
                return entry.exists();
            }

            @Override
            public @Nullable Object value() {
                return entry.value();
            }

            @Override
            public void set(Object newValue) {
                hasAsked = true;
                entry.set(newValue);
            }

            @Override
            public void remove() {
                hasAsked = true;
                entry.remove();
            }
        });
    }
}
