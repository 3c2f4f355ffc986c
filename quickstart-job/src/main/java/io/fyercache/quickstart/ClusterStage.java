package io.fyercache.quickstart;

import io.fyercache.sharded.node.ClusterStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * The same job on a cluster of processes, of which one is killed while the job writes. This process is a client: it stores nothing. For one run
 * on one thread.
 */
final class ClusterStage {
    private static final String DATABASE = "quickstart-cluster";

    /** By default a cluster keeps one backup. */
    private static final int COPIES = 2;

    private static final long COPY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long COPY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Options options;
    private final Console console;
    private final StopSignal stop;

    /**
     * What the stage found.
     *
     * @param replay the reads, before a member was killed
     * @param burst the writes, during which it was
     * @param checks the promises held against all this
     */
    record Result(Replay.Result replay, WriteBurst.Result burst, List<Check> checks) {
        Result {
            checks = List.copyOf(checks);
        }
    }

    ClusterStage(Options options, Console console, StopSignal stop) {
        this.options = options;
        this.console = console;
        this.stop = stop;
    }

    /** Runs the stage. All processes have ended when this returns or throws. */
    Result run(CachingProvider provider, Workload workload)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        try (ClassTable table = ClassTable.create(DATABASE)) {
            table.insert(workload.rows(), inserted -> stop.check());
            try (DatabaseServer server = DatabaseServer.start();
                    ClusterProcesses cluster = start(server.access(DATABASE, table));
                    CacheManager manager =
                            provider.getCacheManager(cluster.clientUri(), ClusterStage.class.getClassLoader())) {
                Cache<String, ClassRow> cache = CacheInFront.createInCluster(manager);
                awaitCopies(manager.unwrap(ClusterStatus.class));
                return runOn(workload, table, cluster, cache);
            }
        }
    }

    private ClusterProcesses start(DatabaseAccess access) throws IOException {
        try (ProgressBar progress = console.step("starting a cluster", ClusterProcesses.MEMBERS)) {
            ClusterProcesses cluster = ClusterProcesses.start(access, () -> {
                stop.check();
                progress.advance(1);
            });
            progress.finish(ClusterProcesses.MEMBERS + " processes");
            return cluster;
        }
    }

    /** Whoever is killed before the others have its copies takes them along. */
    private void awaitCopies(ClusterStatus status) {
        try (ProgressBar progress = console.step("copying to other members", 0)) {
            long start = console.clock().nanoTime();
            while (status.fewestCopies() < COPIES) {
                stop.check();
                if (console.clock().nanoTime() - start > COPY_NANOS) {
                    throw new IllegalStateException("copies of a partition: " + status.fewestCopies() + " after "
                            + Figures.duration(COPY_NANOS) + " (expected: " + COPIES + ")");
                }
                LockSupport.parkNanos(COPY_PAUSE_NANOS);
            }
            progress.finish(COPIES + " of everything");
        }
    }

    private Result runOn(Workload workload, ClassTable table, ClusterProcesses cluster, Cache<String, ClassRow> cache)
            throws SQLException, InterruptedException, ExecutionException {
        Replay.Result replay = replay(workload, table, cache);
        WriteBurst.Result burst = burst(workload, cluster, cache);
        Check answers = Check.all(
                "every read was answered with its row", replay.accesses() - replay.wrong(), replay.accesses());
        try (ProgressBar progress =
                console.step("comparing cluster and database", workload.rows().size())) {
            AgreementCheck agreement = new AgreementCheck(cache, table, () -> {
                stop.check();
                progress.advance(1);
            });
            List<Check> checks = List.of(
                    replay.firstWrong() == null ? answers : answers.explain(replay.firstWrong()),
                    agreement.databaseHolds(burst.expected()),
                    agreement.entriesAgree(),
                    agreement.answersAgree(workload.rows()));
            progress.finish(Figures.count(workload.rows().size()) + " rows");
            return new Result(replay, burst, checks);
        }
    }

    private Replay.Result replay(Workload workload, ClassTable table, Cache<String, ClassRow> cache)
            throws InterruptedException, ExecutionException {
        // The loads are the members', so nothing is entered in these books.
        LoadLedger loads = new LoadLedger(table.loader(), workload.accesses());
        try (ProgressBar progress = console.step("reading through the cluster", 0)) {
            Replay.Result result = new Replay(
                            workload,
                            cache::get,
                            loads,
                            console.clock(),
                            stop,
                            progress,
                            options.scale().clusterNanos())
                    .run(options.threads());
            progress.finish(Figures.count(result.accesses()) + " accesses");
            return result;
        }
    }

    private WriteBurst.Result burst(Workload workload, ClusterProcesses cluster, Cache<String, ClassRow> cache)
            throws InterruptedException, ExecutionException {
        int writes = options.scale().clusterWrites();
        try (ProgressBar progress = console.step("writing while a member is killed", writes)) {
            LongConsumer killing = killingHalfway(writes, cluster, progress);
            WriteBurst.Result result = new WriteBurst(
                            cache, workload.accessedRows(), options.seed(), stop, console.clock(), killing)
                    .run(writes, options.threads());
            progress.finish(Figures.count(result.writes()) + " writes");
            return result;
        }
    }

    private static LongConsumer killingHalfway(int writes, ClusterProcesses cluster, ProgressBar progress) {
        AtomicLong made = new AtomicLong();
        return more -> {
            progress.advance(more);
            long before = made.getAndAdd(more);
            if (before < writes / 2 && before + more >= writes / 2) {
                cluster.killOne();
            }
        };
    }
}
