package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.Answer;
import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.Answer.PartitionLost;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.OperationResult;
import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.message.Request.Task.AcknowledgeLoss;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a partition promises to the caches of each policy when all its copies are lost (L2, L3, L4); checks each answer at the moment at
 * which a member gives it.
 *
 * <p>To a cache that is reset, or fails, no earlier generation answers after a later one. One that is reset at once is promised less: answers
 * of one generation are linearizable, and two may answer at a time.
 */
final class LossPromises {
    private final Map<OperationId, Asked> asked = new HashMap<>();
    private final Map<List<Long>, Integer> answered = new HashMap<>();

    /** The generations whose beginning is acknowledged by the log, and when the first one who acknowledged it was told so. */
    private final Set<Long> acknowledged = new HashSet<>();

    private final Map<Long, Long> toldNanos = new HashMap<>();
    private long latestGeneration;

    private record Asked(Request request, long nanos) {}

    /** Notes that a request has reached a member. */
    void asked(Request request, long nowNanos) {
        asked.merge(
                request.id(),
                new Asked(request, nowNanos),
                (first, again) -> new Asked(again.request(), first.nanos()));
    }

    /** Notes what a primary says is committed. */
    void committed(long generation, LogEntry entry) {
        if (entry.effects().stream().anyMatch(effect -> effect instanceof Effect.AcknowledgeLoss)) {
            acknowledged.add(generation);
        }
    }

    /** Returns how often a generation has carried out an operation of a cache. */
    int answered(int cache, long generation) {
        return answered.getOrDefault(List.of((long) cache, generation), 0);
    }

    /** Returns whether a loss is acknowledged. */
    boolean isAcknowledged(long generation) {
        return toldNanos.containsKey(generation);
    }

    /**
     * Looks at an answer of a member for which the partition is in that generation. Tells whether it is one of the generation that was asked: the
     * earlier one may be read with keys of the later one, if the cache is reset at once, or if it reads through; what it answers then is nothing
     * that the later one knows.
     */
    boolean answered(long generation, OperationId id, Answer answer, long nowNanos) {
        Asked of = asked.get(id);
        if (of == null) {
            throw new AssertionError("an answer to what nobody has asked: " + id);
        }
        if (answer instanceof Done done) {
            done(generation, of.request(), done, nowNanos);
        } else if (answer instanceof PartitionLost lost) {
            lost(generation, of, lost);
        }
        return !(answer instanceof Done)
                || !isReadInBoth(of.request().key().cache())
                || generation == of.request().firstGeneration();
    }

    private static boolean isReadInBoth(int cache) {
        return cache == SimulatedCaches.RESET_NOW || cache == SimulatedCaches.THROUGH;
    }

    private void done(long generation, Request request, Done done, long nowNanos) {
        int cache = request.key().cache();
        if (cache != SimulatedCaches.RESET_NOW) {
            if (generation < latestGeneration) {
                throw new AssertionError("L3: generation " + generation + " answers after " + latestGeneration + " to "
                        + request + ": " + done);
            }
            latestGeneration = generation;
        }
        if (request.task() instanceof AcknowledgeLoss) {
            if (done.result().equals(new OperationResult.Flag(true))) {
                toldNanos.putIfAbsent(generation, nowNanos);
            }
            return;
        }
        if (cache == SimulatedCaches.FAILING && generation > 1 && !acknowledged.contains(generation)) {
            throw new AssertionError("L4: generation " + generation + " was not acknowledged, and answers " + request);
        }
        answered.merge(List.of((long) cache, generation), 1, Integer::sum);
    }

    private void lost(long generation, Asked of, PartitionLost lost) {
        Long told = toldNanos.get(generation);
        if (lost.generation() != generation
                || generation == 1
                || of.request().key().cache() != SimulatedCaches.FAILING
                || (told != null && told < of.nanos())) {
            throw new AssertionError("L4: " + lost + " is answered in generation " + generation + " to " + of
                    + ", acknowledged at " + told);
        }
    }
}
