package io.fyercache.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tlc2.TLC;

/**
 * Runs TLC in a process for each run: TLC keeps what it knows in statics, so a JVM is good for one run. May be used by
 * several threads at once.
 *
 * @param folder of the model
 * @param output where each run leaves what TLC said, {@code NAME.out}
 */
record ModelChecker(Path folder, Path output) {
    private static final String MODULE = "PartitionReplication.tla";

    /** Of one process; two run at once. TLC moves to disk what does not fit. */
    private static final String HEAP = "-Xmx1g";

    /** One: then the search is in the order of the depth, and its counter-example the shortest there is. */
    private static final String WORKERS = "1";

    /** The polynomial of fingerprints, fixed so that a run can be repeated exactly. */
    private static final String FINGERPRINT = "0";

    /**
     * Makes a run and waits for its end.
     *
     * @param limit a run that takes longer is ended
     * @throws IOException if TLC cannot be run, or takes longer than the limit
     */
    CheckerReport check(ModelRun run, Duration limit) throws IOException, InterruptedException {
        Path said = output.resolve(run.name() + ".out");
        Path scratch = Files.createDirectories(output.resolve(run.name()));
        Process process = new ProcessBuilder(command(run, scratch))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("run " + run.name() + ": not finished after " + limit + "; see " + said);
            }
        } finally {
            process.destroyForcibly();
        }
        return CheckerReport.parse(process.exitValue(), Files.readString(said));
    }

    private static List<String> command(ModelRun run, Path scratch) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                // TLC complains of any other collector.
                "-XX:+UseParallelGC",
                // Most runs are over before the second compiler has paid for itself.
                "-XX:TieredStopAtLevel=1",
                // TLC unpacks its standard modules there, and two runs would meet.
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                archive().toString(),
                TLC.class.getName(),
                "-tool",
                "-workers",
                WORKERS,
                "-fp",
                FINGERPRINT,
                "-metadir",
                scratch.toString(),
                "-config",
                run.file().toString()));
        command.addAll(run.expectation().arguments());
        command.add(MODULE);
        return command;
    }

    private static Path archive() throws IOException {
        try {
            return Path.of(TLC.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException("TLC's archive: its location is no file", e);
        }
    }
}
