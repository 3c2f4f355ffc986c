package io.fyercache.management.report;

import io.fyercache.configuration.FyerConfiguration;
import io.fyercache.configuration.PortableSettings;
import io.fyercache.configuration.ReceivedSettings;
import io.fyercache.core.engine.CacheNotDefinedException;
import io.fyercache.management.problem.ProblemException;
import io.fyercache.management.problem.ProblemKind;
import io.fyercache.management.report.ManagedProcess.Undeclared;
import io.fyercache.sharded.coordination.NumberedCache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Opens caches of a cluster that a process does not use, as they are defined, when somebody asks for them. They stay open until they are destroyed. In the
 * process of an application it does not: the application may make the cache itself later, and would be told that it is there. Thread-safe.
 */
final class UndeclaredCaches {
    private final ManagedProcess process;

    /** Those that were opened here, by name. Added to with the monitor of this. */
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param number what it was opened as: a cache that is defined anew has another one
     */
    private record Opened(int number, Cache<?, ?> cache) {}

    UndeclaredCaches(ManagedProcess process) {
        this.process = process;
    }

    /** Closes caches that were opened here, and have been destroyed or defined anew since; tells whether there was any. */
    boolean settle(Map<String, NumberedCache> defined) {
        boolean any = false;
        for (Map.Entry<String, Opened> each : List.copyOf(opened.entrySet())) {
            NumberedCache now = defined.get(each.getKey());
            boolean isOver = now == null || now.number() != each.getValue().number();
            if (isOver && opened.remove(each.getKey(), each.getValue())) {
                each.getValue().cache().close();
                any = true;
            }
        }
        return any;
    }

    /**
     * Opens a cache, unless somebody else has done so meanwhile. It is not defined by that: one that was destroyed since it was seen stays so.
     *
     * @throws CacheNotDefinedException if there is none any more
     * @throws ProblemException if that is not safe, there is nothing to be found in it here, or what it needs is not here
     */
    synchronized Cache<?, ?> open(NumberedCache defined) {
        String name = defined.definition().name();
        if (process.undeclared() == Undeclared.LEFT) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "cache",
                    name,
                    "a cache that this process uses",
                    "the cluster has it, and the application of this process has not opened it, and may yet; declare it in the configuration file"
                            + " as it is defined, or ask a process that uses it, or a fyercache-node");
        }
        if (PortableSettings.isInvalidated(defined.definition())) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "cache",
                    name,
                    "a cache that this process uses",
                    "each process that uses it has entries of its own, and loads them itself; ask one of these");
        }
        Opened known = opened.get(name);
        if (known != null
                && known.number() == defined.number()
                && !known.cache().isClosed()) {
            return known.cache();
        }
        try {
            FyerConfiguration<?, ?> configuration = ReceivedSettings.forUse(
                    defined.definition(), process.manager().getClassLoader(), "this process");
            Cache<?, ?> cache = process.manager().openDefinedCache(name, configuration);
            opened.put(name, new Opened(defined.number(), cache));
            return cache;
        } catch (CacheException | IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "cache",
                    name,
                    "a cache that this process can use",
                    "it is defined in a way that needs what is not here (" + e.getMessage()
                            + "); add it to the class path, or ask a process that uses it");
        }
    }
}
