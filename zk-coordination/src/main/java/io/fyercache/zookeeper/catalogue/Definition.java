package io.fyercache.zookeeper.catalogue;

import io.fyercache.configuration.PortableSettings;
import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.topology.CacheNumber;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import java.util.List;

/**
 * A cache is to be defined, unless there is one of its name. Its place in the order of all is the version that the list
 * gets with it, so no number is given twice.
 *
 * @param form what is kept of it
 */
// Requests are never compared.
@SuppressWarnings("ArrayRecordComponent")
record Definition(PortableDefinition wanted, byte[] form, CatalogueListener listener) implements DefiningChange {

    @Override
    public Draft on(CataloguePart list) {
        CacheZnode present = list.named(wanted.name());
        if (present != null) {
            DefineOutcome outcome = found(list, present);
            return Draft.unchanged(list, () -> tell(outcome));
        }
        if (list.count() >= CacheCatalogue.MAX_CACHES) {
            return Draft.unchanged(
                    list,
                    () -> refused("cache '" + wanted.name() + "': the cluster has " + list.count()
                            + " caches (expected: fewer than " + CacheCatalogue.MAX_CACHES
                            + "); destroy one that is not needed"));
        }
        if (list.version() >= CacheNumber.MAX_ORDER) {
            return Draft.unchanged(
                    list,
                    () -> refused("cache '" + wanted.name() + "': all numbers of caches are used up (expected: less"
                            + " than " + CacheNumber.MAX_ORDER + " changes of the catalogue); found another cluster"));
        }
        int place = list.version() + 1;
        NumberedCache next = new NumberedCache(
                PortableSettings.isReplicated(wanted) ? CacheNumber.replicated(place) : CacheNumber.partitioned(place),
                wanted);
        return Draft.changed(
                list,
                List.of(new Create(new CacheZnode(wanted.name(), next.number()).path(), form, CreateMode.PERSISTENT)),
                () -> tell(new DefineOutcome.Defined(next)));
    }

    private static DefineOutcome found(CataloguePart list, CacheZnode present) {
        NumberedCache cache = list.cache(present.number());
        return cache != null ? new DefineOutcome.Defined(cache) : DefiningChange.unreadable(present);
    }

    @Override
    public void tell(DefineOutcome outcome) {
        listener.defineEnded(wanted.name(), outcome);
    }
}
