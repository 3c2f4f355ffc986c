package io.fyercache.zookeeper.life;

import io.fyercache.zookeeper.life.JoinFailure.Reason;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster a process is willing to have to do with.
 *
 * @param id the only one; null for whichever is there
 * @param absence what becomes of a member that finds none
 */
public record ExpectedCluster(@Nullable UUID id, Absence absence) {
    /** Whichever is there, or a new one. */
    public static final ExpectedCluster ANY = of(null);

    /** What becomes of a member that finds no cluster. */
    public enum Absence {
        /** It founds one. */
        FOUNDS,
        /** It is refused. */
        REFUSED
    }

    /** The cluster with that identity, which is founded if it is not there; whichever is there if it is null. */
    public static ExpectedCluster of(@Nullable UUID id) {
        return new ExpectedCluster(id, Absence.FOUNDS);
    }

    /**
     * The cluster that a process has been in. Its caches are of that one, by numbers that mean others in another one. If it is not there any more,
     * ZooKeeper has lost its data: what is founded then is not the same, whatever it is called.
     */
    public static ExpectedCluster former(UUID id) {
        return new ExpectedCluster(id, Absence.REFUSED);
    }

    /** What was found where a cluster's identity is. */
    public sealed interface Identification {
        /** A cluster to have to do with. */
        record Accepted(UUID cluster) implements Identification {}

        /** None, or another one. */
        record Refused(JoinFailure why) implements Identification {}
    }

    /** Reads the identity of the cluster that was found. */
    public Identification identify(Znode znode) {
        UUID found;
        try {
            found = Znodes.decodeCluster(znode);
        } catch (DamagedZnodeException e) {
            return refused(Reason.WRONG_CHROOT, String.valueOf(e.getMessage()));
        }
        return id == null || id.equals(found)
                ? new Identification.Accepted(found)
                : refused(Reason.OTHER_CLUSTER, "cluster: " + found + " (expected: " + id + expectation());
    }

    /** Says why a member is refused that finds no cluster, and does not found one. */
    JoinFailure absent() {
        return new JoinFailure(Reason.NO_CLUSTER, "cluster: none (expected: " + id + expectation());
    }

    private String expectation() {
        return absence == Absence.FOUNDS
                ? ")"
                : ", in which this process has been); its data in ZooKeeper is gone, and so is what the cluster held: end all its"
                        + " processes, and start them anew";
    }

    private static Identification refused(Reason reason, String message) {
        return new Identification.Refused(new JoinFailure(reason, message));
    }

    /** The identity of a cluster that a member founds: the one that it expects, or its own id, which no other cluster has. */
    UUID toFound(UUID founder) {
        return id == null ? founder : id;
    }
}
