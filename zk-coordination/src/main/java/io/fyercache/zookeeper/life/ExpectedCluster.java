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
 * @param id the only one; null for whichever is there, or a new one
 */
public record ExpectedCluster(@Nullable UUID id) {
    /** Whichever is there, or a new one. */
    public static final ExpectedCluster ANY = new ExpectedCluster(null);

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
                : refused(Reason.OTHER_CLUSTER, "cluster: " + found + " (expected: " + id + ")");
    }

    private static Identification refused(Reason reason, String message) {
        return new Identification.Refused(new JoinFailure(reason, message));
    }

    /** The identity of a cluster that a member founds: the one that it expects, or its own id, which no other cluster has. */
    UUID toFound(UUID founder) {
        return id == null ? founder : id;
    }
}
