package io.fyercache.testkit.coordination;

import io.fyercache.sharded.coordination.CoordinationListener;
import io.fyercache.testkit.time.Timeline;
import java.util.function.Consumer;

/** Tells a listener one thing after another, each in an event of its own, until the life of its member is over. */
final class Announcer {
    private final Timeline timeline;
    private final Consumer<Runnable> process;
    private final CoordinationListener listener;
    private boolean over;
    private boolean silent;

    Announcer(Timeline timeline, Consumer<Runnable> process, CoordinationListener listener) {
        this.timeline = timeline;
        this.process = process;
        this.listener = listener;
    }

    void tell(Consumer<CoordinationListener> call) {
        if (!over) {
            timeline.after(
                    0,
                    () -> process.accept(() -> {
                        if (!silent) {
                            call.accept(listener);
                        }
                    }));
        }
    }

    /** Tells this after all else, and nothing after it. */
    void tellLast(Consumer<CoordinationListener> call) {
        tell(call);
        over = true;
    }

    /** Tells nothing more, not even what is due. */
    void fallSilent() {
        over = true;
        silent = true;
    }
}
