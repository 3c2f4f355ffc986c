package io.fyercache.testkit.simulation;

import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.time.Timeline;
import java.util.Random;

/** What a client of one partition sees of the world. */
interface ClientWorld {
    /** How keys begin whose entries may go at any time: because they expire soon, or because their cache has little room. */
    String EXPIRING_KEY = "x";

    Random random();

    Timeline timeline();

    /** Returns the number of the partition. */
    int partition();

    /** Returns the generation as it is, which the clients do not know: it is to judge their answers by. */
    long generation();

    /** Returns a key that is in the partition: one that begins and ends like that. */
    String key(String begin, String end);

    /** Tells whether no more operations are to begin. */
    boolean isOver();

    /** Grows now and then: keys are left for new ones, as histories of thousands of operations take long to check. */
    long keyGeneration();

    /** Returns who judges reads that are answered near. */
    NearPromises near();

    /** Notes an operation that has ended. */
    void record(Operation operation);
}
