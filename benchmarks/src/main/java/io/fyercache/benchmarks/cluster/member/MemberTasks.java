package io.fyercache.benchmarks.cluster.member;

import io.fyercache.benchmarks.cluster.exchange.Answer;
import io.fyercache.benchmarks.cluster.exchange.Answer.Done;
import io.fyercache.benchmarks.cluster.exchange.Answer.Measured;
import io.fyercache.benchmarks.cluster.exchange.Answer.Numbers;
import io.fyercache.benchmarks.cluster.exchange.Answer.Written;
import io.fyercache.benchmarks.cluster.exchange.Request;
import io.fyercache.benchmarks.cluster.exchange.Request.AwaitChange;
import io.fyercache.benchmarks.cluster.exchange.Request.ChangeAt;
import io.fyercache.benchmarks.cluster.exchange.Request.CountMembers;
import io.fyercache.benchmarks.cluster.exchange.Request.Fill;
import io.fyercache.benchmarks.cluster.exchange.Request.FinishWriting;
import io.fyercache.benchmarks.cluster.exchange.Request.Keep;
import io.fyercache.benchmarks.cluster.exchange.Request.ListPrimaries;
import io.fyercache.benchmarks.cluster.exchange.Request.Mark;
import io.fyercache.benchmarks.cluster.exchange.Request.Measure;
import io.fyercache.benchmarks.cluster.exchange.Request.Put;
import io.fyercache.benchmarks.cluster.exchange.Request.Read;
import io.fyercache.benchmarks.cluster.exchange.Request.ReadClock;
import io.fyercache.benchmarks.cluster.exchange.Request.StartWriting;
import io.fyercache.benchmarks.contestant.ClusterMember;
import io.fyercache.benchmarks.workload.SharedEntries;
import io.fyercache.benchmarks.workload.StampedValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Carries out requests on a member, one after the other. For one thread. */
final class MemberTasks {
    /** Entries that are written at once while the cache is filled. */
    private static final int FILL_BATCH = 256;

    /** After which a put counts as hanging: longer than the longest time-out that a contestant has by default (Hazelcast, two minutes). */
    private static final Duration PUT_LIMIT = Duration.ofSeconds(130);

    private final ClusterMember member;
    private @Nullable SharedEntries entries;
    private @Nullable Writers writers;
    private @Nullable Changes changes;

    MemberTasks(ClusterMember member) {
        this.member = member;
    }

    /**
     * Carries out a request.
     *
     * @throws RuntimeException if it could not be done
     */
    Answer carryOut(Request request) throws InterruptedException {
        if (request instanceof CountMembers) {
            return number(member.settledMembers());
        } else if (request instanceof ReadClock) {
            return number(System.nanoTime());
        } else if (request instanceof Fill fill) {
            return fill(fill);
        } else if (request instanceof Put put) {
            cache().put(put.key(), StampedValue.of(put.stamp(), put.valueBytes()));
            return new Done();
        } else if (request instanceof Read read) {
            return new Numbers(LongStream.range(0, read.count())
                    .mapToObj(offset -> stamp(read.firstKey() + offset))
                    .toList());
        } else if (request instanceof ListPrimaries list) {
            return new Numbers(LongStream.range(list.firstKey(), list.firstKey() + list.count())
                    .boxed()
                    .filter(member::mayBePrimaryOf)
                    .toList());
        } else if (request instanceof Measure measure) {
            return new Measured(new SpeedThreads(cache(), entries(measure.valueBytes())).measure(measure));
        } else if (request instanceof Keep keep) {
            changes().keep(keep.key());
            return new Done();
        } else if (request instanceof ChangeAt order) {
            return number(changes().changeAt(order));
        } else if (request instanceof AwaitChange change) {
            return number(changes().awaitChange(change.key(), change.number()));
        } else if (request instanceof StartWriting order) {
            writers = Writers.start(cache(), order);
            return new Done();
        } else if (request instanceof Mark) {
            writers().mark();
            return new Done();
        } else if (request instanceof FinishWriting) {
            return new Written(writers().finish(PUT_LIMIT));
        }
        throw new IllegalArgumentException("request: %s (expected: one that is known here)".formatted(request));
    }

    private Cache<Long, byte[]> cache() {
        return member.cache();
    }

    private static Answer number(long number) {
        return new Numbers(List.of(number));
    }

    private Answer fill(Fill fill) {
        SharedEntries data = entries(fill.valueBytes());
        for (int from = fill.first(); from < fill.first() + fill.count(); from += FILL_BATCH) {
            Map<Long, byte[]> batch = new TreeMap<>();
            IntStream.range(from, Math.min(from + FILL_BATCH, fill.first() + fill.count()))
                    .forEach(index -> batch.put(data.key(index), data.value(index)));
            cache().putAll(batch);
        }
        return new Done();
    }

    private long stamp(long key) {
        byte[] value = cache().get(key);
        return value == null ? Answer.ABSENT : StampedValue.stampOf(value);
    }

    private SharedEntries entries(int valueBytes) {
        SharedEntries made = entries;
        if (made == null || made.valueBytes() != valueBytes) {
            made = new SharedEntries(valueBytes);
            entries = made;
        }
        return made;
    }

    private Changes changes() {
        Changes made = changes;
        if (made == null) {
            made = new Changes(member.kept());
            changes = made;
        }
        return made;
    }

    private Writers writers() {
        Writers started = writers;
        if (started == null) {
            throw new IllegalStateException("nobody writes (expected: a request to start before)");
        }
        return started;
    }
}
