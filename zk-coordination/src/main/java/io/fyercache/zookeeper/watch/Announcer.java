package io.fyercache.zookeeper.watch;

import io.fyercache.sharded.coordination.CoordinationListener;
import java.util.function.Consumer;

/** Tells a listener one thing after another, each in an event of its own, until the life of its member is over. */
public final class Announcer {
    private final Consumer<Runnable> later;
    private final CoordinationListener listener;
    private boolean over;
    private boolean silent;

    /**
     * Has told nothing yet.
     *
     * @param later does things on the member's thread, in their order, and not within the call
     */
    public Announcer(Consumer<Runnable> later, CoordinationListener listener) {
        this.later = later;
        this.listener = listener;
    }

    /** Tells this after all that was to be told before. */
    public void tell(Consumer<CoordinationListener> call) {
        if (!over) {
            later.accept(() -> {
                if (!silent) {
                    call.accept(listener);
                }
            });
        }
    }

    /** Tells this after all else, and nothing after it. */
    public void tellLast(Consumer<CoordinationListener> call) {
        tell(call);
        over = true;
    }

    /** Tells nothing more, not even what is due. */
    public void fallSilent() {
        over = true;
        silent = true;
    }
}
