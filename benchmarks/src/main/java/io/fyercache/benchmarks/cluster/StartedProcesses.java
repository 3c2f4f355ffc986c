package io.fyercache.benchmarks.cluster;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that this run has started and that may be running: whatever ends the run ends them, and no others. Thread-safe. */
public final class StartedProcesses implements AutoCloseable {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private boolean over;

    /**
     * Starts one.
     *
     * @throws IOException if it cannot be started, or the run is over
     */
    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (over) {
            throw new IOException("the run is over (expected: no process to be started)");
        }
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Ends one at once, whatever it does, even if it is stopped. */
    void kill(Process process) {
        process.destroyForcibly();
        running.remove(process);
    }

    /** Ends all, and lets none be started any more. */
    @Override
    public synchronized void close() {
        over = true;
        running.forEach(this::kill);
    }
}
