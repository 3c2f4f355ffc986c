package io.fyercache.zookeeper;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a process was told of the caches. */
final class CatalogueWitness implements CatalogueListener {
    final List<List<NumberedCache>> lists = new CopyOnWriteArrayList<>();
    final List<DefineOutcome> defines = new CopyOnWriteArrayList<>();
    final List<DefineOutcome> adjustments = new CopyOnWriteArrayList<>();
    final List<DestroyOutcome> destroys = new CopyOnWriteArrayList<>();
    final List<String> refreshes = new CopyOnWriteArrayList<>();

    static PortableDefinition definition(String name) {
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put("expiry", new Setting("eternal", new byte[] {1, 2, 3}));
        return new PortableDefinition(name, settings);
    }

    List<NumberedCache> caches() {
        return lists.isEmpty() ? List.of() : lists.get(lists.size() - 1);
    }

    @Override
    public void cachesChanged(List<NumberedCache> caches) {
        lists.add(caches);
    }

    @Override
    public void defineEnded(String name, DefineOutcome outcome) {
        defines.add(outcome);
    }

    @Override
    public void adjustEnded(int number, DefineOutcome outcome) {
        adjustments.add(outcome);
    }

    @Override
    public void destroyEnded(int number, DestroyOutcome outcome) {
        destroys.add(outcome);
    }

    @Override
    public void catalogueRefreshed() {
        refreshes.add("refreshed");
    }
}
