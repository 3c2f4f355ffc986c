package io.fyercache.zookeeper;

import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Who may do what with the znodes of a cluster. */
final class AccessLists {
    /** All that changes anything. Reading what members say of themselves gives nothing away that is secret. */
    private static final int CHANGES =
            ZooDefs.Perms.WRITE | ZooDefs.Perms.CREATE | ZooDefs.Perms.DELETE | ZooDefs.Perms.ADMIN;

    private static final Id EVERYBODY = ZooDefs.Ids.ANYONE_ID_UNSAFE;

    private AccessLists() {}

    /** What members give to each znode that they make: everything for the cluster's user and nothing for others, or everything for all. */
    static List<ACL> of(ZooKeeperSettings settings) {
        return settings.credentials() == null ? ZooDefs.Ids.OPEN_ACL_UNSAFE : ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    /** Tells whether everybody may change the znode that has this list. */
    static boolean permitEverybody(List<ACL> list) {
        return list.stream().anyMatch(entry -> entry.getId().equals(EVERYBODY) && (entry.getPerms() & CHANGES) != 0);
    }
}
