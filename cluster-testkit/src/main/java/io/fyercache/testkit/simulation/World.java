package io.fyercache.testkit.simulation;

import io.fyercache.testkit.history.History;
import java.util.List;

/** A simulation, made from a seed. Used by one thread. */
interface World {
    /** Runs with faults, then without, and ends the clients half way through that. */
    void run(long faultyNanos, long calmNanos);

    /** Returns how many operations have ended. */
    int answered();

    /** Returns the histories, each to be checked by itself. */
    List<History> histories();

    /** Returns what is not as it should be once everything has healed; empty if nothing. */
    List<String> wounds();
}
