package io.fyercache.testkit.simulation;

import static io.fyercache.core.statistics.CacheCounters.HIT;
import static io.fyercache.core.statistics.CacheCounters.MISS;
import static io.fyercache.core.statistics.CacheCounters.PUT;
import static io.fyercache.core.statistics.CacheCounters.REMOVAL;

import io.fyercache.sharded.message.OperationResult;
import io.fyercache.testkit.history.Action;
import java.util.List;

/** What a caller is to count of an operation that was answered, by the table of JSR-107, chapter 12: another look at it than the core's. */
final class ExpectedTally {
    private ExpectedTally() {}

    /** S1: sees that the answer says the right thing. */
    static void check(Action action, OperationResult result, int tally) {
        if (!possible(action, result).contains(tally)) {
            throw new AssertionError("S1: " + action + " was answered by " + result + " and counts as " + tally);
        }
    }

    private static List<Integer> possible(Action action, OperationResult result) {
        if (result instanceof OperationResult.Failed) {
            return List.of(action instanceof Action.Get ? MISS : 0);
        }
        boolean found = result.value() != null;
        boolean done = result instanceof OperationResult.Flag flag && flag.done();
        if (action instanceof Action.Get) {
            return found ? List.of(HIT, MISS) : List.of(MISS); // A value that was loaded was a miss.
        } else if (action instanceof Action.ContainsKey) {
            return List.of(0);
        } else if (action instanceof Action.Put) {
            return List.of(PUT);
        } else if (action instanceof Action.PutIfAbsent) {
            return List.of(done ? MISS | PUT : HIT);
        } else if (action instanceof Action.Replace) {
            return List.of(done ? HIT | PUT : MISS);
        } else if (action instanceof Action.ReplaceExpected) {
            return done ? List.of(HIT | PUT) : List.of(HIT, MISS);
        } else if (action instanceof Action.Clear) {
            return List.of(REMOVAL, 0);
        } else if (action instanceof Action.Remove) {
            return List.of(done ? REMOVAL : 0);
        } else if (action instanceof Action.GetAndPut) {
            return List.of(found ? HIT | PUT : MISS | PUT);
        } else if (action instanceof Action.Invoke) {
            return List.of(HIT | PUT, MISS | PUT);
        }
        return List.of(found ? HIT | REMOVAL : MISS);
    }
}
