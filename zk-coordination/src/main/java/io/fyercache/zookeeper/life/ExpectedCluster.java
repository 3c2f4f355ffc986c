package io.fyercache.zookeeper.life;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster a member is willing to join.
 *
 * @param id the only one; null for whichever is there, or a new one
 */
public record ExpectedCluster(@Nullable UUID id) {
    /** Whichever is there, or a new one. */
    public static final ExpectedCluster ANY = new ExpectedCluster(null);

    boolean accepts(UUID found) {
        return id == null || id.equals(found);
    }

    /** The identity of a cluster that a member founds: the one that it expects, or its own id, which no other cluster has. */
    UUID toFound(UUID founder) {
        return id == null ? founder : id;
    }
}
