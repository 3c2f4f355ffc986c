package io.fyercache.node.doctor;

import io.fyercache.zookeeper.ClusterPlace;

/** Whether a cluster that other machines reach is protected in ZooKeeper, too. */
record StrangersCheck(ClusterPlace place) implements Check {

    @Override
    public Finding examine() {
        boolean others = place.bind()
                .filter(bind -> !bind.getAddress().isLoopbackAddress())
                .isPresent();
        if (others && !place.secretFiles().containsKey("userFile")) {
            return Finding.doubtful(
                    "userFile",
                    "none, so everybody who reaches ZooKeeper may change who holds what and define caches (expected: a file with the"
                            + " cluster's user and password)",
                    "set userFile in all processes before the cluster is founded");
        }
        return Finding.good(
                "userFile",
                others ? "ZooKeeper lets nobody else change the cluster" : "the cluster is for this machine alone");
    }
}
