package io.fyercache.testkit.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** When operations were answered, for each partition. Times are of {@code System.nanoTime()}. Thread-safe. */
final class AnswerTimes {
    private final List<Partition> partitions = new ArrayList<>();

    private record Answer(long invokedNanos, long returnedNanos) {}

    private static final class Partition {
        @GuardedBy("this")
        private final List<Answer> answers = new ArrayList<>();

        synchronized void add(Answer answer) {
            answers.add(answer);
        }

        synchronized List<Answer> inOrder() {
            return answers.stream()
                    .sorted(Comparator.comparingLong(Answer::returnedNanos))
                    .toList();
        }

        synchronized int count() {
            return answers.size();
        }
    }

    AnswerTimes(int partitionCount) {
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new Partition());
        }
    }

    void add(int partition, long invokedNanos, long returnedNanos) {
        partitions.get(partition).add(new Answer(invokedNanos, returnedNanos));
    }

    /** Returns how many answers each partition has given. */
    List<Integer> counts() {
        return partitions.stream().map(Partition::count).toList();
    }

    int count() {
        return counts().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns for each of these partitions the longest time without an answer, of which what was before or after does not count. */
    List<Long> longestGapsNanos(Collection<Integer> which, long fromNanos, long toNanos) {
        return which.stream()
                .map(partition -> longestGapNanos(partitions.get(partition), fromNanos, toNanos))
                .toList();
    }

    private static long longestGapNanos(Partition partition, long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        for (Answer answer : partition.inOrder()) {
            if (answer.returnedNanos - fromNanos > 0 && answer.returnedNanos - toNanos < 0) {
                longest = Math.max(longest, answer.returnedNanos - last);
                last = answer.returnedNanos;
            }
        }
        return Math.max(longest, toNanos - last);
    }

    /** Returns for each of these partitions how long the operation took that took longest, of those that were begun in that time. */
    List<Long> longestDurationsNanos(Collection<Integer> which, long fromNanos, long toNanos) {
        return which.stream()
                .map(partition -> durationsNanos(List.of(partition), fromNanos, toNanos).stream()
                        .max(Comparator.naturalOrder())
                        .orElse(0L))
                .toList();
    }

    /** Returns how long operations on these partitions took that were begun in that time. */
    List<Long> durationsNanos(Collection<Integer> which, long fromNanos, long toNanos) {
        return which.stream()
                .flatMap(partition -> partitions.get(partition).inOrder().stream())
                .filter(answer -> answer.invokedNanos - fromNanos >= 0 && answer.invokedNanos - toNanos < 0)
                .map(answer -> answer.returnedNanos - answer.invokedNanos)
                .toList();
    }
}
