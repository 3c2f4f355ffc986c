package io.fyercache.testkit.transport;

import io.fyercache.testkit.contract.TransportFixture.PeerProcess;
import java.util.ArrayList;
import java.util.List;

/** A process whose steps run as they come, unless it stands still; then they run when it goes on. Used by one thread. */
abstract class PausableProcess implements PeerProcess {
    private final List<Runnable> missed = new ArrayList<>();
    private boolean paused;
    private boolean over;

    final void run(Runnable action) {
        if (paused) {
            missed.add(action);
        } else if (!over) {
            action.run();
        }
    }

    @Override
    public final void pause() {
        paused = true;
    }

    @Override
    public final void resume() {
        paused = false;
        List<Runnable> due = List.copyOf(missed);
        missed.clear();
        due.forEach(this::run);
    }

    @Override
    public final void kill() {
        over = true;
        transport().close();
    }
}
