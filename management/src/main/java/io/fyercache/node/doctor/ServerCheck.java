package io.fyercache.node.doctor;

import io.fyercache.zookeeper.ServerAnswer;
import java.util.Arrays;
import java.util.stream.Stream;

/** Whether a server of ZooKeeper is there, serves, and is of a version that can be used. */
record ServerCheck(ServerAnswer answer) implements Check {
    /** The first with watches that stay, by which processes learn of changes. */
    private static final String OLDEST = "3.6.0";

    /** It has lost data (ZOOKEEPER-4925). */
    private static final String LOSING = "3.9.3";

    @Override
    public Finding examine() {
        String about = "ZooKeeper " + answer.server();
        String version = answer.version().orElse("");
        if (answer.failure().isPresent()) {
            return Finding.fault(
                    about,
                    "it cannot be reached: " + answer.failure().get(),
                    "start it, or let this machine reach it; then see whether host and port of the URI are right");
        } else if (!answer.serving()) {
            return Finding.fault(
                    about,
                    "it serves nobody (expected: one of an ensemble that has a leader)",
                    "see its log, and the other servers");
        } else if (version.equals(LOSING) || (!version.isEmpty() && isOlder(version, OLDEST))) {
            return Finding.fault(
                    about,
                    "it is of version " + version + " (expected: " + OLDEST + " or later, but not " + LOSING
                            + ", which has lost data)",
                    "install 3.9.5 or later");
        }
        return Finding.good(about, version.isEmpty() ? "it is there" : "it serves, and is of version " + version);
    }

    private static boolean isOlder(String version, String than) {
        return Arrays.compare(parts(version), parts(than)) < 0;
    }

    private static int[] parts(String version) {
        return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
