package io.fyercache.zookeeper.catalogue;

import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.zookeeper.znode.AmendmentZnode;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import java.util.List;
import java.util.stream.Stream;

/** A cache is to be taken out, unless it has gone. */
record Destruction(int number, CatalogueListener listener) implements CatalogueChange {

    @Override
    public Draft on(CataloguePart list) {
        CacheZnode present = list.numbered(number);
        Runnable gone = () -> tell(DestroyOutcome.GONE);
        return present == null ? Draft.unchanged(list, gone) : Draft.changed(list, deletions(list, present), gone);
    }

    /** With the cache goes what was changed of it. */
    private static List<ZnodeOperation> deletions(CataloguePart list, CacheZnode present) {
        return Stream.concat(
                        Stream.of(present.path()),
                        list.amendments(present.number()).stream().map(AmendmentZnode::path))
                .<ZnodeOperation>map(path -> new Delete(path, ZnodeOperation.ANY_VERSION))
                .toList();
    }

    @Override
    public void refused(String why) {
        unknown(); // It was logged.
    }

    @Override
    public void unknown() {
        tell(DestroyOutcome.UNKNOWN);
    }

    private void tell(DestroyOutcome outcome) {
        listener.destroyEnded(number, outcome);
    }
}
