package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.cluster.exchange.Answer.Done;
import io.fyercache.benchmarks.cluster.exchange.Answer.Numbers;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.cluster.exchange.Request.AwaitChange;
import io.fyercache.benchmarks.cluster.exchange.Request.ChangeAt;
import io.fyercache.benchmarks.cluster.exchange.Request.Keep;
import io.fyercache.benchmarks.contestant.KeptEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures how soon members that each keep entries for themselves hear of what another one changes: again and again all of them keep an entry, one changes
 * it, and the others look until they have heard of that. Members take turns. For one thread.
 */
final class ChangeRun {
    /** From the request until the others look. */
    private static final Duration HEAD_START = Duration.ofMillis(5);

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int DIGITS = 3;

    private final Cluster cluster;
    private final ClusterEffort effort;
    private int turn;

    ChangeRun(Cluster cluster, ClusterEffort effort) {
        this.cluster = cluster;
        this.effort = effort;
    }

    /** Measures, when that has been done for a while. */
    List<ChangeSample> run() throws ClusterFailure, InterruptedException {
        measure(effort.startMillis() + effort.warmUpMillis());
        List<ChangeSample> samples = new ArrayList<>();
        for (int sample = 0; sample < effort.samples(); sample++) {
            samples.add(ChangeSample.of(measure(effort.sampleMillis())));
        }
        return samples;
    }

    /** One change at least, and as many as there is time for. */
    private Histogram measure(int millis) throws ClusterFailure, InterruptedException {
        Histogram nanos = new Histogram(LONGEST.toNanos(), DIGITS);
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            nanos.recordValue(nanosOfOne());
        } while (System.nanoTime() - endNanos < 0);
        return nanos;
    }

    private long nanosOfOne() throws ClusterFailure, InterruptedException {
        turn++;
        long key = turn % KeptEntries.COUNT;
        List<MemberProcess> members = cluster.members();
        MemberProcess writer = members.get(turn % members.size());
        List<MemberProcess> others =
                members.stream().filter(member -> member != writer).toList();
        members.forEach(member -> member.send(new Keep(key)));
        for (MemberProcess member : members) {
            member.answer(Done.class, Cluster.ANSWER_LIMIT);
        }
        others.forEach(member -> member.send(new AwaitChange(key, turn)));
        Request change = new ChangeAt(key, turn, System.nanoTime() + HEAD_START.toNanos());
        long startNanos = Cluster.askForNumbers(writer, change).get(0);
        long longestNanos = 0;
        for (MemberProcess other : others) {
            Numbers heard = other.answer(Numbers.class, Cluster.ANSWER_LIMIT);
            longestNanos = Math.max(longestNanos, heard.numbers().get(0) - startNanos);
        }
        return longestNanos;
    }
}
