package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.topology.Incarnation;
import io.fyercache.sharded.topology.PartitionRecord;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.time.Timeline;
import java.util.Random;

/** What a client of one partition sees of the world. */
interface ClientWorld {
    /** How keys begin whose entries may go at any time: because they expire soon, or because their cache has little room. */
    String EXPIRING_KEY = "x";

    Random random();

    Timeline timeline();

    /** Returns the record as it is: clients that are wrong about it show in other ways. */
    PartitionRecord latestRecord();

    /** Tells whether no more operations are to begin. */
    boolean isOver();

    /** Grows now and then: keys are left for new ones, as histories of thousands of operations take long to check. */
    long keyGeneration();

    /** Notes an operation that has ended. */
    void record(Operation operation);

    void request(Incarnation to, Request request);

    void requestAnybody(Request request);
}
