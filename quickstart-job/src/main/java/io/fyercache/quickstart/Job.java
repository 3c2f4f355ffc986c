package io.fyercache.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import org.h2.engine.Constants;

/**
 * The job from start to end: classes to rows, rows to a database, a cache in front of it, the replay with the cache and
 * without it, a burst of writes, and the checks. For one run on one thread.
 */
final class Job {
    /** One entry for so many keys: few enough for evictions, enough for the skew of real accesses to pay. */
    static final int KEYS_PER_ENTRY = 5;

    private static final String DATABASE = "quickstart";
    /** How long the cache may take to evict what is over its bound; providers may do so in the background. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long SETTLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Options options;
    private final Console console;
    private final StopSignal stop;
    private final Report report;

    Job(Options options, Console console, StopSignal stop) {
        this.options = options;
        this.console = console;
        this.stop = stop;
        this.report = new Report(console);
    }

    /**
     * Runs the job and prints its report. The database and the cache are closed when this returns or throws.
     *
     * @return the checks, each held or failed
     * @throws UsageException if the trace cannot be used
     * @throws StopSignal.Stopped if the job was asked to stop
     */
    List<Check> run()
            throws UsageException, IOException, SQLException, InterruptedException, ExecutionException, JMException {
        // First, so that nothing stands before a complaint about it.
        Optional<ReferenceStream> trace = options.trace().isPresent()
                ? Optional.of(readTrace(options.trace().get()))
                : Optional.empty();
        try (CachingProvider provider = Caching.getCachingProvider();
                CacheManager manager = provider.getCacheManager()) {
            report.start(options, provider.getClass().getName(), "H2 " + Constants.VERSION + " in memory");
            Workload workload = workload(trace);
            try (ClassTable table = filledTable(workload.rows())) {
                List<Check> checks = new ArrayList<>(runOn(workload, table, manager));
                ClusterStage.Result cluster = new ClusterStage(options, console, stop).run(provider, workload);
                report.print(cluster);
                checks.addAll(cluster.checks());
                report.verdict(checks);
                return checks;
            }
        }
    }

    private Workload workload(Optional<ReferenceStream> trace) throws IOException {
        ReferenceStream.Builder references = new ReferenceStream.Builder();
        Consumer<List<String>> collector = trace.isPresent() ? ignored -> {} : names -> names.forEach(references::add);
        List<ClassRow> rows = new ArrayList<>();
        JdkClasses classes = JdkClasses.of(options.scale().modules());
        try (ProgressBar progress = console.step("reading the JDK's classes", classes.count())) {
            classes.forEach((row, referenced) -> {
                stop.check();
                rows.add(row);
                collector.accept(referenced);
                progress.advance(1);
            });
            progress.finish(Figures.count(rows.size()) + " classes");
        }
        return Workload.of(rows, trace.orElseGet(references::build));
    }

    private ReferenceStream readTrace(Path file) throws UsageException {
        try (ProgressBar progress = console.step("reading the trace", TraceFile.size(file))) {
            return TraceFile.read(file, bytes -> {
                stop.check();
                progress.advance(bytes);
            });
        }
    }

    private ClassTable filledTable(List<ClassRow> rows) throws SQLException {
        ClassTable table = ClassTable.create(DATABASE);
        try (ProgressBar progress = console.step("filling the database", rows.size())) {
            table.insert(rows, inserted -> {
                stop.check();
                progress.advance(inserted);
            });
            progress.finish(Figures.count(rows.size()) + " rows");
            return table;
        } catch (SQLException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private List<Check> runOn(Workload workload, ClassTable table, CacheManager manager)
            throws SQLException, InterruptedException, ExecutionException, JMException {
        CacheLoader<String, ClassRow> loader = table.loader();
        long maximumEntries = Math.max(1, workload.accesses().keys().size() / KEYS_PER_ENTRY);
        LoadLedger ledger = new LoadLedger(loader, workload.accesses());
        Cache<String, ClassRow> cache = CacheInFront.create(manager, maximumEntries, ledger, table.writer());
        List<Check> checks = new ArrayList<>();

        long limitNanos = options.scale().replayNanos();
        Replay.Result cached = replay("replaying through the cache", workload, cache::get, ledger, limitNanos);
        long loads = ledger.loads();
        checks.addAll(replayChecks(cached, ledger, CacheInFront.getsCounted(cache)));
        checks.add(boundCheck(cache, maximumEntries));

        LoadLedger direct = new LoadLedger(loader, workload.accesses());
        Replay.Result databaseAlone = replay(
                "replaying without the cache",
                workload,
                direct::load,
                direct,
                options.scale().databaseAloneNanos());

        checks.addAll(writeChecks(workload, table, cache));
        report.print(new Report.Findings(
                options.scale().modules(), workload, maximumEntries, cached, loads, databaseAlone, checks));
        return checks;
    }

    private Replay.Result replay(
            String label, Workload workload, Replay.Source source, LoadLedger ledger, long limitNanos)
            throws InterruptedException, ExecutionException {
        try (ProgressBar progress = console.step(label, workload.accesses().length())) {
            Replay replay = new Replay(workload, source, ledger, console.clock(), stop, progress, limitNanos);
            Replay.Result result = replay.run(options.threads());
            progress.finish(Figures.count(result.accesses()) + " accesses");
            return result;
        }
    }

    private static List<Check> replayChecks(Replay.Result replay, LoadLedger ledger, long getsCounted) {
        long accesses = replay.accesses();
        Check answers = Check.all("every access was answered with its row", accesses - replay.wrong(), accesses);
        if (replay.firstWrong() != null) {
            answers = answers.explain(replay.firstWrong());
        }
        return List.of(
                answers,
                Check.all("no key was loaded twice at once", ledger.loads() - ledger.overlaps(), ledger.loads()),
                Check.all("the cache's statistics count every access", getsCounted, accesses));
    }

    /** The promise that the cache holds entries, and not more than its bound. */
    private Check boundCheck(Cache<String, ClassRow> cache, long maximumEntries) {
        long start = console.clock().nanoTime();
        long entries = entries(cache);
        while (entries > maximumEntries && console.clock().nanoTime() - start < SETTLE_NANOS) {
            LockSupport.parkNanos(SETTLE_PAUSE_NANOS);
            entries = entries(cache);
        }
        return new Check(
                "the cache keeps its bound",
                Check.Outcome.of(entries > 0 && entries <= maximumEntries),
                Figures.count(entries) + " of up to " + Figures.count(maximumEntries));
    }

    private static long entries(Cache<String, ClassRow> cache) {
        return StreamSupport.stream(cache.spliterator(), false).count();
    }

    private List<Check> writeChecks(Workload workload, ClassTable table, Cache<String, ClassRow> cache)
            throws SQLException, InterruptedException, ExecutionException {
        WriteBurst.Result burst;
        int writes = options.scale().writes();
        try (ProgressBar progress = console.step("writing through the cache", writes)) {
            burst = new WriteBurst(
                            cache, workload.accessedRows(), options.seed(), stop, console.clock(), progress::advance)
                    .run(writes, options.threads());
            progress.finish(Figures.count(burst.writes()) + " writes");
        }
        try (ProgressBar progress =
                console.step("comparing cache and database", workload.rows().size())) {
            AgreementCheck agreement = new AgreementCheck(cache, table, () -> {
                stop.check();
                progress.advance(1);
            });
            // Entries first: asking for every key makes the cache evict some.
            List<Check> checks = List.of(
                    agreement.databaseHolds(burst.expected()),
                    agreement.entriesAgree(),
                    agreement.answersAgree(workload.rows()));
            progress.finish(Figures.count(workload.rows().size()) + " rows");
            return checks;
        }
    }
}
