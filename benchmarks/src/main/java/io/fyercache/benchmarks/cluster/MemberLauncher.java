package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.CacheForm;
import io.fyercache.benchmarks.contestant.Companion;
import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Seat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts the members of one cluster.
 *
 * @param cluster its name, which no other cluster has
 * @param jvmOptions for each member, besides the contestant's own
 * @param directory an existing one, where they work and log
 * @param form what their cache is like
 * @param companionPorts where the companions listen that they need
 */
record MemberLauncher(
        StartedProcesses processes,
        Contestant contestant,
        CacheForm form,
        String cluster,
        List<String> jvmOptions,
        Path directory,
        Map<Companion, Integer> companionPorts) {
    MemberProcess start(int number, List<Integer> ports) throws IOException {
        return MemberProcess.start(
                processes, contestant, form, new Seat(cluster, number, ports, companionPorts), jvmOptions, directory);
    }
}
