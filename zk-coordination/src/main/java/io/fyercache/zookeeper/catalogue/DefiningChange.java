package io.fyercache.zookeeper.catalogue;

import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.zookeeper.znode.CacheZnode;

/** Something that is asked of what a cache is. Whoever asks learns what the cache is then, or why nothing was done. */
sealed interface DefiningChange extends CatalogueChange permits Adjustment, Definition {

    /** Tells who has asked. */
    void tell(DefineOutcome outcome);

    @Override
    default void refused(String why) {
        tell(new DefineOutcome.Refused(why));
    }

    @Override
    default void unknown() {
        tell(DefineOutcome.Unknown.UNKNOWN);
    }

    /** Says of a cache that nobody can have to do with it. */
    static DefineOutcome unreadable(CacheZnode present) {
        return new DefineOutcome.Refused(
                "cache '" + present.name() + "': its definition in ZooKeeper, znode "
                        + present.path()
                        + ", cannot be read (expected: one that this release has written); if it is damaged, destroy the cache");
    }
}
