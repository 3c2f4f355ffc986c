package io.fyercache.management.health;

import io.fyercache.management.report.ManagedProcess;
import io.fyercache.sharded.node.ClusterPicture;
import io.fyercache.sharded.node.ClusterPicture.Licence;
import io.fyercache.sharded.node.ClusterPicture.Part;
import io.fyercache.sharded.node.ClusterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says how a process is. It asks nobody: an answer is of what the process knows already, so that it comes at once whatever has failed.
 * Thread-safe.
 */
public final class Health {
    private final ManagedProcess process;
    private volatile boolean leaving;

    /** Says how a process is. */
    public Health(ManagedProcess process) {
        this.process = process;
    }

    /** Has the process said to be of no use from now on, since it ends. */
    public void leave() {
        leaving = true;
    }

    /** Returns whether the process should go on: its cache manager is open, or it is about to end in order. */
    public HealthReport live() {
        if (process.manager().isClosed() && !leaving) {
            return new HealthReport(
                    false, List.of("the cache manager is closed: nothing can be used in this process any more"));
        }
        return new HealthReport(true, List.of(leaving ? "the process ends" : "the cache manager is open"));
    }

    /**
     * Returns whether the process is of use: a member if it is in its cluster, knows who holds what, and may serve what it holds; a client if it
     * knows who holds what, and somebody is there.
     */
    public HealthReport ready() {
        List<String> faults = new ArrayList<>();
        if (leaving) {
            faults.add("the process ends, and hands over what it holds");
        } else if (process.manager().isClosed()) {
            faults.add("the cache manager is closed");
        }
        Optional<ClusterPicture> picture = process.cluster().map(ClusterStatus::picture);
        picture.ifPresent(known -> addFaults(known, faults));
        if (!faults.isEmpty()) {
            return new HealthReport(false, faults);
        }
        return new HealthReport(true, List.of(picture.map(Health::work).orElse("the caches are in this process")));
    }

    private static void addFaults(ClusterPicture picture, List<String> faults) {
        if (picture.part() == Part.MEMBER && picture.self().isEmpty()) {
            faults.add("the process is no member of its cluster at present: it joins, or joins again");
        } else if (picture.part() == Part.MEMBER && picture.licence() == Licence.NONE) {
            faults.add("ZooKeeper has not answered lately, so this member may not serve what it holds");
        }
        if (picture.table().isEmpty()) {
            faults.add("it is not known yet who holds which partitions");
        }
        if (picture.members().isEmpty()) {
            faults.add("no member of the cluster is there");
        }
    }

    private static String work(ClusterPicture picture) {
        return picture.part() == Part.CLIENT
                ? "the process uses a cluster of " + picture.members().size() + " members"
                : "the process is one of " + picture.members().size() + " members, and may serve what it holds";
    }
}
