package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.Contestant;
import io.fyercache.benchmarks.contestant.Seat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the members of one cluster.
 *
 * @param cluster its name, which no other cluster has
 * @param jvmOptions for each member, besides the contestant's own
 * @param directory an existing one, where they work and log
 * @param coordinationPort where ZooKeeper listens, for a contestant that needs it; 0 if none does
 */
record MemberLauncher(
        StartedProcesses processes,
        Contestant contestant,
        String cluster,
        List<String> jvmOptions,
        Path directory,
        int coordinationPort) {
    MemberProcess start(int number, List<Integer> ports) throws IOException {
        return MemberProcess.start(
                processes, contestant, new Seat(cluster, number, ports, coordinationPort), jvmOptions, directory);
    }
}
