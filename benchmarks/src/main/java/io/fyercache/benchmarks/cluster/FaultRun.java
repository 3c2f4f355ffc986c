package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.FaultSample.Times;
import io.fyercache.benchmarks.cluster.exchange.Answer;
import io.fyercache.benchmarks.cluster.exchange.Answer.Done;
import io.fyercache.benchmarks.cluster.exchange.Answer.Written;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.cluster.exchange.Request.FinishWriting;
import io.fyercache.benchmarks.cluster.exchange.Request.ListPrimaries;
import io.fyercache.benchmarks.cluster.exchange.Request.Mark;
import io.fyercache.benchmarks.cluster.exchange.Request.Read;
import io.fyercache.benchmarks.cluster.exchange.Request.StartWriting;
import io.fyercache.benchmarks.cluster.exchange.WritingLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One fault of one cluster. The first two members write all the time, the third is the one that it happens to. The cache is full, so that a
 * member that comes has something to fetch. For one thread.
 */
final class FaultRun {
    private static final int WRITING_MEMBERS = 2;

    /** So many that the third member is the primary of some. */
    private static final int KEYS_PER_MEMBER = 32;

    private static final int KEYS = WRITING_MEMBERS * KEYS_PER_MEMBER;

    /** None of the entries that fill the cache. */
    private static final long FIRST_KEY = 2_000_000;

    /** With 64 keys 3,200 writes per second: less than any contestant can do on two cores. */
    private static final Duration PERIOD = Duration.ofMillis(20);

    private static final int VALUE_BYTES = 100;
    private static final int FILLED_VALUE_BYTES = 1_024;

    /** Beyond a member's own limit for its last put. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(150);

    private final Cluster cluster;
    private final ClusterEffort effort;

    FaultRun(Cluster cluster, ClusterEffort effort) {
        this.cluster = cluster;
        this.effort = effort;
    }

    FaultSample run(Fault fault) throws ClusterFailure, IOException, InterruptedException {
        cluster.fill(FILLED_VALUE_BYTES);
        for (int number = 0; number < WRITING_MEMBERS; number++) {
            long firstKey = FIRST_KEY + (long) number * KEYS_PER_MEMBER;
            cluster.member(number)
                    .ask(
                            new StartWriting(firstKey, KEYS_PER_MEMBER, PERIOD.toNanos(), VALUE_BYTES),
                            Done.class,
                            Cluster.ANSWER_LIMIT);
        }
        // The first half of it warms up.
        TimeUnit.MILLISECONDS.sleep(effort.beforeMillis() / 2);
        long fromNanos = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(effort.beforeMillis() / 2);
        Set<Long> keys = fault == Fault.JOIN ? Set.of() : keysOf(cluster.member(Cluster.MEMBERS - 1));
        askWriters(new Mark(), Done.class, Cluster.ANSWER_LIMIT);
        long faultNanos = System.nanoTime();
        happen(fault);
        long overNanos = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(effort.afterMillis());
        long toNanos = System.nanoTime();
        WritingLog log = WritingLog.merged(askWriters(new FinishWriting(), Written.class, FINISH_LIMIT).stream()
                .map(Written::log)
                .toList());
        return FaultSample.of(log, keys, new Times(fromNanos, faultNanos, overNanos, toNanos), leastFound());
    }

    private static Set<Long> keysOf(MemberProcess member) throws ClusterFailure, InterruptedException {
        Set<Long> keys = new HashSet<>(Cluster.askForNumbers(member, new ListPrimaries(FIRST_KEY, KEYS)));
        if (keys.isEmpty()) {
            throw new ClusterFailure("the member that is to break is the primary of no key (expected: of a third)");
        }
        return keys;
    }

    private void happen(Fault fault) throws ClusterFailure, IOException, InterruptedException {
        MemberProcess third = cluster.member(Cluster.MEMBERS - 1);
        switch (fault) {
            case KILL -> third.kill();
            case STOP -> {
                third.pause();
                TimeUnit.MILLISECONDS.sleep(Fault.STOPPED.toMillis());
                third.resume();
            }
            case JOIN -> {
                cluster.startMember().awaitJoined();
                cluster.awaitSettled();
            }
        }
    }

    private <A extends Answer> List<A> askWriters(Request request, Class<A> kind, Duration limit)
            throws ClusterFailure, InterruptedException {
        for (int number = 0; number < WRITING_MEMBERS; number++) {
            cluster.member(number).send(request);
        }
        List<A> answers = new ArrayList<>();
        for (int number = 0; number < WRITING_MEMBERS; number++) {
            answers.add(cluster.member(number).answer(kind, limit));
        }
        return answers;
    }

    /** What the keys hold now, by the member that knows least: an acknowledged write must be there for whoever asks. */
    private Map<Long, Long> leastFound() throws ClusterFailure, InterruptedException {
        Map<Long, Long> least = new HashMap<>();
        for (int number = 0; number < WRITING_MEMBERS; number++) {
            List<Long> found = Cluster.askForNumbers(cluster.member(number), new Read(FIRST_KEY, KEYS));
            for (int offset = 0; offset < KEYS; offset++) {
                least.merge(FIRST_KEY + offset, found.get(offset), Math::min);
            }
        }
        return least;
    }
}
