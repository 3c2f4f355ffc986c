package io.fyercache.quickstart;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The job's findings as text of up to 80 columns; longer lines only tell of failures. */
final class Report {
    private static final int NAME_WIDTH = 22;
    private static final int PROMISE_WIDTH = 44;
    private static final long BYTES_PER_MEGABYTE = 1 << 20;

    /**
     * What the job found.
     *
     * @param modules whose classes are in the database
     * @param workload what was replayed
     * @param maximumEntries the bound of the cache
     * @param cached the replay through the cache
     * @param loads how many loads that caused
     * @param databaseAlone the replay without the cache
     * @param checks the promises held against all this
     */
    record Findings(
            JdkClasses.Modules modules,
            Workload workload,
            long maximumEntries,
            Replay.Result cached,
            long loads,
            Replay.Result databaseAlone,
            List<Check> checks) {
        Findings {
            checks = List.copyOf(checks);
        }
    }

    private final Terminal terminal;
    private final PrintStream out;

    Report(Console console) {
        this.terminal = console.terminal();
        this.out = console.out();
    }

    /** Says what runs on what, before the work starts. */
    void start(Options options, String cacheName, String databaseName) {
        out.println(terminal.bold("FyerCache quickstart"));
        fact("cache", cacheName);
        fact("database", databaseName);
        Runtime runtime = Runtime.getRuntime();
        fact(
                "Java",
                System.getProperty("java.version") + ", " + runtime.availableProcessors() + " processors, heap up to "
                        + Figures.count(runtime.maxMemory() / BYTES_PER_MEGABYTE) + " MB");
        fact("threads", options.threads() + ", writes drawn with seed " + options.seed());
        out.flush();
    }

    /** Says what was found in this JVM. */
    void print(Findings findings) {
        out.println();
        replay(findings.modules(), findings.workload(), findings.maximumEntries(), findings.cached(), findings.loads());
        comparison(findings.cached(), findings.databaseAlone());
        checks(findings.checks());
        out.println();
        out.flush();
    }

    /** Says what was found in a cluster. */
    void print(ClusterStage.Result cluster) {
        out.println();
        heading("In a cluster");
        fact("members", ClusterProcesses.MEMBERS + " processes, each row in two of them; one was killed");
        Replay.Result replay = cluster.replay();
        fact("reads per second", rate(Figures.perSecond(replay.accesses(), replay.nanos())) + "   from outside");
        fact(
                "longest write",
                terminal.bold(Figures.duration(cluster.burst().longestNanos()))
                        + ", which waited until another member took over");
        out.println();
        new LatencyReport().add("reads", replay.hits()).lines().forEach(out::println);
        out.println();
        checks(cluster.checks());
        out.println();
        out.flush();
    }

    private void replay(
            JdkClasses.Modules modules, Workload workload, long maximumEntries, Replay.Result replay, long loads) {
        heading("Replay");
        int classes = workload.rows().size() - workload.madeRows();
        fact("rows", Figures.count(classes) + ", one per class of " + modules.description());
        if (workload.madeRows() > 0) {
            fact("", Figures.count(workload.madeRows()) + " more, made for keys that name no class there");
        }
        long keys = workload.accesses().keys().size();
        fact("accesses", Figures.count(replay.accesses()) + " to " + Figures.count(keys) + " keys");
        if (replay.accesses() < workload.accesses().length()) {
            fact("", "of " + Figures.count(workload.accesses().length()) + "; --short ends a replay that takes long");
        }
        fact(
                "entries kept",
                "at most " + Figures.count(maximumEntries) + ", each for "
                        + CacheInFront.TIME_TO_LIVE.getDurationAmount() + " minutes");
        fact("hit ratio", terminal.bold(Figures.percent(replay.hits().getTotalCount(), replay.accesses())));
        fact(
                "loads",
                Figures.count(loads) + ", or " + Figures.percent(loads, replay.accesses())
                        + " of the accesses reached the database");
        out.println();
        new LatencyReport()
                .add("hits", replay.hits())
                .add("misses", replay.misses())
                .lines()
                .forEach(out::println);
        out.println();
    }

    private void comparison(Replay.Result cached, Replay.Result databaseAlone) {
        heading("Requests per second");
        double with = Figures.perSecond(cached.accesses(), cached.nanos());
        double without = Figures.perSecond(databaseAlone.accesses(), databaseAlone.nanos());
        fact("with the cache", rate(with) + "   " + terminal.bold(Figures.ratio(with / without)));
        fact("without it", rate(without) + "   the first " + Figures.count(databaseAlone.accesses()) + " accesses");
        out.println();
    }

    private void checks(List<Check> checks) {
        heading("Checks");
        for (Check check : checks) {
            String mark = check.outcome() == Check.Outcome.HELD ? terminal.green("ok    ") : terminal.red("FAILED");
            out.printf(Locale.ROOT, "  %s %-" + PROMISE_WIDTH + "s %s%n", mark, check.promise(), check.numbers());
        }
    }

    /** Ends the report. */
    void verdict(List<Check> checks) {
        long failed = checks.stream()
                .filter(check -> check.outcome() == Check.Outcome.FAILED)
                .count();
        out.println(
                failed == 0
                        ? terminal.green("All " + checks.size() + " checks held.")
                        : terminal.red(failed + " of " + checks.size() + " checks FAILED."));
        out.flush();
    }

    private void heading(String text) {
        out.println(terminal.bold(text));
    }

    private void fact(String name, String value) {
        out.printf(Locale.ROOT, "  %-" + NAME_WIDTH + "s %s%n", name, value);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,12.0f", perSecond);
    }
}
