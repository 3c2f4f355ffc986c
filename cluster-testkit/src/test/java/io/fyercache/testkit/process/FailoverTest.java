package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.testkit.process.FigureReport.Aim;
import io.fyercache.testkit.process.FigureReport.Of;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member dies or stands still while all partitions are used. What must hold is asserted; how long it took is reported. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverTest {
    private static final int PARTITIONS = 32;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Answers of each partition before the failure, of which the latter half is what is normal, and after it. */
    private static final int ANSWERS = 40;

    private static final long NORMAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** For so long after it, partitions that a failure does not touch are compared with what is normal. */
    private static final long DISTURBED_NANOS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private static Path folder;

    private ProcessCluster cluster;
    private Cache<String, Long> cache;
    private int rounds;

    @BeforeAll
    void start() {
        cluster = ProcessCluster.start(folder, 1, PARTITIONS, Ways.DIRECT);
        cache = cluster.cache("numbers", Long.class);
    }

    @AfterAll
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** What happens to a member. */
    private enum Failure {
        KILLED,
        STANDS_STILL;

        /** What is aimed at for partitions whose primary it is. */
        private Aim[] ofPrimary() {
            return this == KILLED
                    ? new Aim[] {new Aim(Of.P99, 700), new Aim(Of.MAX, 1_000)}
                    : new Aim[] {new Aim(Of.P99, 1_000)};
        }

        /** And for those whose backup it is; who stands still is noticed by its silence alone. */
        private Aim[] ofBackup() {
            return this == KILLED ? new Aim[] {new Aim(Of.MAX, 300)} : new Aim[] {new Aim(Of.P99, 1_000)};
        }
    }

    @Test
    void memberIsKilled_nothingIsLost_andAllPartitionsAnswerAgain() throws IOException {
        fail("killed", Failure.KILLED, 3);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void memberIsKilled_fiftyTimes() throws IOException {
        fail("killed-50", Failure.KILLED, 50);
    }

    @Test
    void memberStandsStill_nothingIsLost_andItAnswersNothingStaleAfterwards() throws IOException {
        fail("stands-still", Failure.STANDS_STILL, 1);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void memberStandsStill_twentyTimes() throws IOException {
        fail("stands-still-20", Failure.STANDS_STILL, 20);
    }

    private void fail(String name, Failure failure, int times) throws IOException {
        Seen seen = new Seen();
        for (int i = 0; i < times; i++) {
            failOnce(failure, seen);
        }
        FigureReport report = new FigureReport("failover-" + name)
                .times("until a partition answers again whose primary fails", seen.ofPrimary, failure.ofPrimary())
                .times("until a partition answers again whose backup fails", seen.ofBackup, failure.ofBackup())
                .times("longest pause of a partition that has no copy there", seen.ofNothing)
                .times("an operation on such a partition before", seen.before)
                .times("an operation on such a partition in the second after", seen.after);
        report.number("that second's p99, as a multiple of what it was before (aim: below 3)", seen.disturbance());
        report.publish();
    }

    /** What was measured, in nanoseconds. */
    private static final class Seen {
        private final List<Long> ofPrimary = new ArrayList<>();
        private final List<Long> ofBackup = new ArrayList<>();
        private final List<Long> ofNothing = new ArrayList<>();
        private final List<Long> before = new ArrayList<>();
        private final List<Long> after = new ArrayList<>();

        double disturbance() {
            return FigureReport.p99Millis(after) / FigureReport.p99Millis(before);
        }
    }

    private void failOnce(Failure failure, Seen seen) {
        cluster.awaitBalanced();
        int seat = cluster.busiestSeat();
        List<Integer> led = cluster.partitionsOf(seat);
        List<Integer> backed = cluster.partitionsBackedBy(seat);
        List<Integer> untouched = IntStream.range(0, PARTITIONS)
                .boxed()
                .filter(partition -> !led.contains(partition) && !backed.contains(partition))
                .toList();
        RecordedUse use = new RecordedUse(cache, PARTITIONS, "round-" + rounds++);
        Load load = Load.start(PARTITIONS, 1, PAUSE, use::newUse);
        try (load) {
            load.awaitAnswers(ANSWERS);
            long failedNanos = System.nanoTime();
            happen(failure, seat);
            load.awaitAnswers(ANSWERS);
            long overNanos = System.nanoTime();
            AnswerTimes answers = load.answers();
            seen.ofPrimary.addAll(answers.longestGapsNanos(led, failedNanos, overNanos));
            seen.ofBackup.addAll(answers.longestGapsNanos(backed, failedNanos, overNanos));
            seen.ofNothing.addAll(answers.longestGapsNanos(untouched, failedNanos, overNanos));
            seen.before.addAll(answers.durationsNanos(untouched, failedNanos - NORMAL_NANOS, failedNanos));
            seen.after.addAll(answers.durationsNanos(untouched, failedNanos, failedNanos + DISTURBED_NANOS));
            recover(failure, seat, load);
        }
        assertThat(load.failures()).isEmpty();
        use.check();
        cluster.startAnother(seat);
        cluster.member(seat).awaitJoined();
    }

    private void happen(Failure failure, int seat) {
        switch (failure) {
            case KILLED -> cluster.member(seat).kill();
            case STANDS_STILL -> cluster.member(seat).pause();
        }
    }

    /** Lets a member go on that stood still: it learns of its fate, and begins anew, while all are in use. */
    private void recover(Failure failure, int seat, Load load) {
        if (failure == Failure.STANDS_STILL) {
            cluster.member(seat).resume();
            cluster.awaitWhole();
            load.awaitAnswers(ANSWERS);
            cluster.member(seat).kill();
            load.awaitAnswers(1);
        }
    }
}
