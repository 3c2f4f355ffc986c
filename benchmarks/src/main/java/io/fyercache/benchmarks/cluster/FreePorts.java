package io.fyercache.benchmarks.cluster;

import io.fyercache.benchmarks.contestant.Seat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ports of the loopback interface for members that bind them later: from below the range that systems give to outgoing connections, since any
 * of these could take one meanwhile, and so low that Infinispan's failure detection has its port, too, which is 50,000 above.
 */
final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int END = 15_000;
    private static final int INFINISPAN_OFFSET = 50_000;

    private FreePorts() {}

    /**
     * Free ports for members, the first of each.
     *
     * @throws ClusterFailure if there are not as many
     */
    static List<Integer> of(int members) throws ClusterFailure {
        List<Integer> ports = new ArrayList<>();
        int count = (END - FIRST) / Seat.PORTS_EACH;
        // Runs side by side begin elsewhere.
        int start = Math.floorMod(ProcessHandle.current().pid() * 101 + System.nanoTime(), count);
        for (int tried = 0; tried < count && ports.size() < members; tried++) {
            int port = FIRST + (start + tried) % count * Seat.PORTS_EACH;
            if (IntStream.range(port, port + Seat.PORTS_EACH).allMatch(FreePorts::isFree)
                    && isFree(port + INFINISPAN_OFFSET)) {
                ports.add(port);
            }
        }
        if (ports.size() < members) {
            throw new ClusterFailure(
                    "ports %d..%d: %d are free (expected: %d)".formatted(FIRST, END, ports.size(), members));
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
