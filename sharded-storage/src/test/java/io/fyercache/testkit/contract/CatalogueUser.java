package io.fyercache.testkit.contract;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DefineOutcome.Defined;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that remembers what it was told of the caches, and notes what it should not have been told: a cache that was gone before, another
 * one under its number, or anything within a call of the port. May be told things on another thread than the test's.
 */
final class CatalogueUser implements CatalogueListener {
    private final CoordinationFixture fixture;
    private final ClusterView process;
    private final List<List<NumberedCache>> lists = new ArrayList<>();
    private final List<DefineOutcome> defines = new ArrayList<>();
    private final List<DefineOutcome> adjustments = new ArrayList<>();
    private final List<DestroyOutcome> destroys = new ArrayList<>();
    private final List<List<NumberedCache>> refreshes = new ArrayList<>();
    private final Map<Integer, PortableDefinition> told = new HashMap<>();
    private final Map<Integer, Integer> revisions = new HashMap<>();
    private final Set<Integer> gone = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private @Nullable Thread calling;
    private @Nullable CacheCatalogue catalogue;

    CatalogueUser(CoordinationFixture fixture, ClusterView process) {
        this.fixture = fixture;
        this.process = process;
        fixture.call(() -> catalogue = process.openCatalogue(this));
    }

    ClusterView process() {
        return process;
    }

    /** Calls the port. */
    void call(Consumer<CacheCatalogue> request) {
        fixture.call(() -> {
            setCalling(Thread.currentThread());
            try {
                request.accept(catalogue);
            } finally {
                setCalling(null);
            }
        });
    }

    private synchronized void setCalling(@Nullable Thread thread) {
        calling = thread;
    }

    /** Defines a cache, and waits until that has ended. */
    DefineOutcome define(PortableDefinition wanted) {
        int before = defines().size();
        call(port -> port.define(wanted));
        fixture.await("define " + wanted.name(), () -> defines().size() > before);
        return defines().get(before);
    }

    /** Defines a cache that can be defined, and waits until that has ended. */
    NumberedCache defined(PortableDefinition wanted) {
        return cacheOf(define(wanted));
    }

    /** Returns the cache that a request has led to. */
    static NumberedCache cacheOf(DefineOutcome outcome) {
        if (outcome instanceof Defined defined) {
            return defined.cache();
        }
        throw new AssertionError(outcome + " (expected: a cache)");
    }

    /** Changes a setting of a cache, and waits until that has ended. */
    DefineOutcome adjust(int number, String setting, String value) {
        int before = adjustments().size();
        TreeMap<String, Setting> settings = new TreeMap<>();
        settings.put(setting, new Setting(value, value.getBytes(StandardCharsets.UTF_8)));
        call(port -> port.adjust(number, settings));
        fixture.await("adjust " + number, () -> adjustments().size() > before);
        return adjustments().get(before);
    }

    synchronized List<DefineOutcome> adjustments() {
        return List.copyOf(adjustments);
    }

    /** Destroys a cache, and waits until that has ended. */
    DestroyOutcome destroy(int number) {
        int before = destroys().size();
        call(port -> port.destroy(number));
        fixture.await("destroy " + number, () -> destroys().size() > before);
        return destroys().get(before);
    }

    /** Refreshes, and returns what is known by then. */
    List<NumberedCache> refresh() {
        int before = refreshes().size();
        call(CacheCatalogue::refresh);
        fixture.await("refresh", () -> refreshes().size() > before);
        return refreshes().get(before);
    }

    /** Tells whether it was told of any list at all. */
    synchronized boolean hasRead() {
        return !lists.isEmpty();
    }

    synchronized List<NumberedCache> caches() {
        return lists.isEmpty() ? List.of() : lists.get(lists.size() - 1);
    }

    synchronized List<DefineOutcome> defines() {
        return List.copyOf(defines);
    }

    synchronized List<DestroyOutcome> destroys() {
        return List.copyOf(destroys);
    }

    synchronized List<List<NumberedCache>> refreshes() {
        return List.copyOf(refreshes);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void note(String what) {
        if (calling == Thread.currentThread()) {
            complaints.add(what + " within a call of the port");
        }
    }

    @Override
    public synchronized void cachesChanged(List<NumberedCache> caches) {
        note("caches");
        Set<Integer> numbers = new HashSet<>();
        for (NumberedCache cache : caches) {
            numbers.add(cache.number());
            PortableDefinition before = told.putIfAbsent(cache.number(), cache.definition());
            if (before != null && !before.equals(cache.definition())) {
                complaints.add("cache " + cache.number() + " was another one before");
            }
            int revision = cache.amendment().revision();
            Integer known = revisions.put(cache.number(), revision);
            if (known != null && known > revision) {
                complaints.add("cache " + cache.number() + " was at revision " + known + " before " + revision);
            }
            if (gone.contains(cache.number())) {
                complaints.add("cache " + cache.number() + " was gone before");
            }
        }
        told.keySet().stream().filter(number -> !numbers.contains(number)).forEach(gone::add);
        lists.add(List.copyOf(caches));
    }

    @Override
    public synchronized void defineEnded(String name, DefineOutcome outcome) {
        note("outcome of define");
        if (outcome instanceof Defined defined
                && !told.containsKey(defined.cache().number())) {
            complaints.add("cache " + defined.cache().number() + " was not told of before the outcome");
        }
        defines.add(outcome);
    }

    @Override
    public synchronized void adjustEnded(int number, DefineOutcome outcome) {
        note("outcome of adjust");
        if (outcome instanceof Defined defined
                && caches().stream()
                        .noneMatch(cache -> cache.number() == number
                                && cache.amendment().revision()
                                        >= defined.cache().amendment().revision())) {
            complaints.add("cache " + number + " was not told of as it is, before the outcome");
        }
        adjustments.add(outcome);
    }

    @Override
    public synchronized void destroyEnded(int number, DestroyOutcome outcome) {
        note("outcome of destroy");
        if (outcome == DestroyOutcome.GONE && caches().stream().anyMatch(cache -> cache.number() == number)) {
            complaints.add("cache " + number + " is still there as far as was told");
        }
        destroys.add(outcome);
    }

    @Override
    public synchronized void catalogueRefreshed() {
        note("refresh");
        refreshes.add(caches());
    }
}
