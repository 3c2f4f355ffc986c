package io.fyercache.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fyercache.configuration.Topology;
import io.fyercache.testkit.history.AnswerRate;
import io.fyercache.testkit.history.History;
import io.fyercache.testkit.history.Operation;
import io.fyercache.testkit.process.ProcessCluster.Ways;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that happens to processes, one after the other in an order that is drawn: -Dfailures.seed=N repeats it, as far as real time can be
 * repeated. Of what is partitioned there is one backup, so nobody else is harmed before all copies are there again.
 */
class LongHistoryTest {
    private static final int PARTITIONS = 16;

    /** They contend for the same keys. */
    private static final int THREADS_EACH = 2;

    private static final int OPERATIONS_OF_A_BUILD = 10_000;
    private static final int OPERATIONS_OF_A_NIGHT = 200_000;

    /** Milliseconds that a fault lasts at least: less than the time after which others suspect a member. */
    private static final int SHORTEST_MILLIS = 100;

    /** Milliseconds that it lasts at most in a build: beyond that time. */
    private static final int LONGEST_MILLIS_OF_A_BUILD = 1_000;

    /** The same at night: so long that a session may end. */
    private static final int LONGEST_MILLIS_OF_A_NIGHT = 8_000;

    @TempDir
    private Path folder;

    private Random random;

    private enum Fault {
        KILL,
        STAND_STILL,
        BREAK_CONNECTIONS,
        CUT_THERE,
        CUT_BACK,
        RESTART_SERVER,
        RESTART_ALL_SERVERS
    }

    @Test
    void everythingHappens_thereIsAnOrderThatExplainsAllAnswers() throws IOException {
        run("long-history", OPERATIONS_OF_A_BUILD, LONGEST_MILLIS_OF_A_BUILD, Duration.ofMillis(15));
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everythingHappens_forTwoHundredThousandOperations() throws IOException {
        run("long-history-200000", OPERATIONS_OF_A_NIGHT, LONGEST_MILLIS_OF_A_NIGHT, Duration.ofMillis(30));
    }

    private void run(String name, int operations, int longestMillis, Duration pause) throws IOException {
        long seed = Long.getLong("failures.seed", System.nanoTime());
        System.out.println(name + ": -Dfailures.seed=" + seed);
        random = new Random(seed);
        try (ProcessCluster cluster = ProcessCluster.start(folder, 3, PARTITIONS, Ways.BY_LINKS)) {
            RecordedUse partitioned =
                    new RecordedUse(cluster.cache("numbers", Topology.PARTITIONED, Long.class), PARTITIONS, "some");
            RecordedUse replicated =
                    new RecordedUse(cluster.cache("everywhere", Topology.REPLICATED, Long.class), PARTITIONS, "all");
            int faults = 0;
            Load load = Load.start(PARTITIONS, THREADS_EACH, pause, () -> inTurn(partitioned, replicated));
            try (load) {
                load.awaitAnswers(1);
                // Each kind once, and then as they come.
                for (int i = 0; load.answers().count() < operations || i < Fault.values().length; i++, faults++) {
                    Fault fault = i < Fault.values().length
                            ? Fault.values()[i]
                            : Fault.values()[random.nextInt(Fault.values().length)];
                    happen(fault, cluster, longestMillis);
                    cluster.awaitLastingWhole();
                    load.awaitAnswers(1);
                }
            }
            List<Operation> all = new ArrayList<>(partitioned.check().operations());
            all.addAll(replicated.check().operations());
            AnswerRate rate = AnswerRate.of(History.of(all), Duration.ofSeconds(1));
            new FigureReport(name)
                    .number("operations", load.answers().count())
                    .number("operations that failed", load.failures().size())
                    .number("faults", faults)
                    .number("fewest answers in a second (aim: at least 50)", rate.lowestPerSecond())
                    .publish();
            assertThat(load.failures()).isEmpty();
        }
    }

    /** Uses one cache by some partitions of keys, and the other by the others. */
    private static Load.Use inTurn(RecordedUse one, RecordedUse other) {
        Load.Use first = one.newUse();
        Load.Use second = other.newUse();
        return (partition, random) -> (partition % 2 == 0 ? first : second).operate(partition, random);
    }

    private void happen(Fault fault, ProcessCluster cluster, int longestMillis) {
        int seat = random.nextInt(ProcessCluster.MEMBERS);
        Duration time = Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(longestMillis - SHORTEST_MILLIS));
        switch (fault) {
            case KILL -> {
                cluster.member(seat).kill();
                cluster.startAgain(seat);
                cluster.member(seat).awaitJoined();
            }
            case STAND_STILL -> {
                cluster.member(seat).pause();
                ProcessCluster.letPass(time);
                cluster.member(seat).resume();
            }
            case BREAK_CONNECTIONS -> cluster.way(seat).breakConnections();
            case CUT_THERE -> {
                cluster.way(seat).setCutThere(true);
                ProcessCluster.letPass(time);
                cluster.way(seat).setCutThere(false);
            }
            case CUT_BACK -> {
                cluster.way(seat).setCutBack(true);
                ProcessCluster.letPass(time);
                cluster.way(seat).setCutBack(false);
            }
            case RESTART_SERVER -> {
                cluster.zooKeeper().kill(random.nextInt(cluster.zooKeeper().count()));
                cluster.zooKeeper().startAgain();
                cluster.zooKeeper().awaitServing();
            }
            case RESTART_ALL_SERVERS -> {
                cluster.zooKeeper().killAll();
                cluster.zooKeeper().startAgain();
                cluster.zooKeeper().awaitServing();
            }
        }
    }
}
