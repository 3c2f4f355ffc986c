package io.fyercache.zookeeper.watch;

import java.util.function.Consumer;

/** Tells listeners one thing after another, each in an event of its own, until the life that they are told of is over. */
public final class Announcer {
    private final Consumer<Runnable> later;
    private boolean over;
    private boolean silent;

    /**
     * Has told nothing yet.
     *
     * @param later does things on the thread of the process, in their order, and not within the call
     */
    public Announcer(Consumer<Runnable> later) {
        this.later = later;
    }

    /** Makes this call of a listener after all that were to be made before. */
    public void tell(Runnable call) {
        if (!over) {
            later.accept(() -> {
                if (!silent) {
                    call.run();
                }
            });
        }
    }

    /** Makes this call after all others, and none after it. */
    public void tellLast(Runnable call) {
        tell(call);
        over = true;
    }

    /** Tells nothing more, not even what is due. */
    public void fallSilent() {
        over = true;
        silent = true;
    }
}
