package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.Answer.Measured;
import io.fyercache.benchmarks.cluster.exchange.ClusterOperation;
import io.fyercache.benchmarks.cluster.exchange.Request.Measure;
import io.fyercache.benchmarks.contestant.CacheForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures the speed of one cluster, all of whose members work at the same time. For one thread. */
final class SpeedRun {
    /** From the request until the threads of all members have started. */
    private static final Duration HEAD_START = Duration.ofMillis(200);

    private static final int START_THREADS = 8;

    private final Cluster cluster;
    private final ClusterEffort effort;
    private final Set<ClusterOperation> operations;
    private int filledBytes;
    private boolean started;

    /**
     * Prepares to measure.
     *
     * @param operations those that will be measured, at least one
     */
    SpeedRun(Cluster cluster, ClusterEffort effort, Set<ClusterOperation> operations) {
        this.cluster = cluster;
        this.effort = effort;
        this.operations = Set.copyOf(operations);
    }

    /**
     * Measures a cell, with the cache full of values of its size.
     *
     * @throws OperationFailure if the cluster fails at one of the operations; it cannot be measured any further
     */
    List<SpeedSample> run(ClusterCell cell) throws ClusterFailure, InterruptedException {
        if (cell.valueBytes() != filledBytes) {
            cluster.fill(cell.valueBytes());
            filledBytes = cell.valueBytes();
        }
        if (!started) {
            start(cell.form(), cell.valueBytes());
            started = true;
        }
        List<SpeedSample> samples = new ArrayList<>();
        for (int sample = 0; sample < effort.samples(); sample++) {
            samples.add(sample(cell, sample));
        }
        return samples;
    }

    /** Lets the JVMs compile what the operations need, so that no cell is slower for being the first. */
    private void start(CacheForm form, int valueBytes) throws ClusterFailure, InterruptedException {
        long spanNanos = TimeUnit.MILLISECONDS.toNanos(effort.startMillis()) / operations.size();
        for (ClusterOperation operation : new TreeSet<>(operations)) {
            measure(new ClusterCell(form, operation, valueBytes, START_THREADS), 0, 0, spanNanos);
        }
    }

    private SpeedSample sample(ClusterCell cell, int sample) throws ClusterFailure, InterruptedException {
        long spanNanos = TimeUnit.MILLISECONDS.toNanos(effort.sampleMillis());
        long warmUpNanos = sample == 0 ? TimeUnit.MILLISECONDS.toNanos(effort.warmUpMillis()) : 0;
        return SpeedSample.of(measure(cell, sample, warmUpNanos, spanNanos), spanNanos);
    }

    private List<Histogram> measure(ClusterCell cell, int sample, long warmUpNanos, long spanNanos)
            throws OperationFailure, InterruptedException {
        try {
            return record(cell, sample, warmUpNanos, spanNanos);
        } catch (ClusterFailure e) {
            throw new OperationFailure(cell.operation(), e);
        }
    }

    private List<Histogram> record(ClusterCell cell, int sample, long warmUpNanos, long spanNanos)
            throws ClusterFailure, InterruptedException {
        long fromNanos = System.nanoTime() + HEAD_START.toNanos() + warmUpNanos;
        List<MemberProcess> members = cluster.members();
        for (int number = 0; number < members.size(); number++) {
            members.get(number)
                    .send(new Measure(
                            cell.operation(),
                            cell.valueBytes(),
                            cell.entries(),
                            cell.threadsOf(number, members.size()),
                            (long) sample * members.size() + number,
                            fromNanos,
                            fromNanos + spanNanos));
        }
        List<Histogram> recorded = new ArrayList<>();
        Duration limit = Cluster.ANSWER_LIMIT.plusNanos(warmUpNanos + spanNanos);
        for (MemberProcess member : members) {
            recorded.add(member.answer(Measured.class, limit).nanos());
        }
        return recorded;
    }
}
