package io.fyercache.zookeeper.catalogue;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.coordination.Amendment;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DefinitionForm;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.CacheDestroyedException;
import io.fyercache.zookeeper.znode.AmendmentZnode;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.ZnodeOperation;
import io.fyercache.zookeeper.znode.ZnodeOperation.Create;
import io.fyercache.zookeeper.znode.ZnodeOperation.CreateMode;
import io.fyercache.zookeeper.znode.ZnodeOperation.Delete;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Settings of a cache are to be changed. All that has been changed of it is in one znode, of which each change makes another one, in the place of the one before:
 * what has a name once is never another thing.
 */
record Adjustment(int number, SortedMap<String, Setting> settings, CatalogueListener listener)
        implements DefiningChange {

    @Override
    public Draft on(CataloguePart list) {
        CacheZnode present = list.numbered(number);
        NumberedCache cache = list.cache(number);
        if (present == null) {
            return Draft.unchanged(list, () -> refused(CacheDestroyedException.message(number)));
        } else if (cache == null) {
            return Draft.unchanged(list, () -> tell(DefiningChange.unreadable(present)));
        }
        SortedMap<String, Setting> all = cache.amendment().with(settings);
        if (all.equals(cache.amendment().settings())) {
            return Draft.unchanged(list, () -> tell(new DefineOutcome.Defined(cache)));
        }
        NumberedCache next = cache.amended(new Amendment(list.version() + 1, all));
        return Draft.changed(list, exchange(list, next), () -> tell(new DefineOutcome.Defined(next)));
    }

    private static List<ZnodeOperation> exchange(CataloguePart list, NumberedCache next) {
        List<ZnodeOperation> operations = new ArrayList<>();
        for (AmendmentZnode before : list.amendments(next.number())) {
            operations.add(new Delete(before.path(), ZnodeOperation.ANY_VERSION));
        }
        operations.add(new Create(
                new AmendmentZnode(next.number(), next.amendment().revision()).path(),
                form(next.definition().name(), next.amendment().settings()),
                CreateMode.PERSISTENT));
        return operations;
    }

    /**
     * Returns what is kept of settings that were changed: as of a definition that has no others.
     *
     * @throws IllegalArgumentException if it is longer than may be
     */
    static byte[] form(String cacheName, SortedMap<String, Setting> settings) {
        return DefinitionForm.encode(new PortableDefinition(cacheName, settings));
    }

    @Override
    public void tell(DefineOutcome outcome) {
        listener.adjustEnded(number, outcome);
    }
}
