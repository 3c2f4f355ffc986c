package io.fyercache.zookeeper.catalogue;

import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeReading;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches that there are. The names of their znodes and the version of the list come with one answer, so they belong together. A
 * definition is read once: it never changes, and no two caches share a number. If one vanishes between its name and its definition being read,
 * the list is another one by now, and is read again.
 *
 * <p>A cache whose definition cannot be read is there all the same: nobody can have to do with it, but its name is taken. It may be of a later
 * release, and is no reason for others to stop.
 */
public final class CataloguePart implements WatchedPart {
    private final ZnodeSession session;
    private final Announcer announcer;
    private final CatalogueListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private final Map<Integer, NumberedCache> readable = new TreeMap<>();
    private final Map<Integer, CacheZnode> unreadable = new TreeMap<>();
    private Listing known = Listing.NOT_READ;

    /**
     * What there is as of a version.
     *
     * @param asOf the last transaction that made or removed a cache
     */
    private record Listing(long asOf, int version, List<CacheZnode> caches) {
        static final Listing NOT_READ = new Listing(0, -1, List.of());

        /** Tells whether it is later: an operator may change one of the two alone. */
        boolean isAfter(Listing other) {
            return asOf > other.asOf || version > other.version;
        }
    }

    /**
     * Knows nothing yet.
     *
     * @param onDamage is told once of each cache that cannot be read
     */
    public CataloguePart(
            ZnodeSession session,
            Announcer announcer,
            CatalogueListener listener,
            Consumer<DamagedZnodeException> onDamage) {
        this.session = session;
        this.announcer = announcer;
        this.listener = listener;
        this.onDamage = onDamage;
    }

    @Override
    public String path() {
        return Znodes.CACHES;
    }

    /** The version of the list that is known; meaningless as long as it was not read. */
    int version() {
        return known.version();
    }

    /** How many there are. */
    int count() {
        return known.caches().size();
    }

    /** Returns the znode of a cache, or null. */
    @Nullable
    CacheZnode named(String name) {
        return known.caches().stream()
                .filter(cache -> cache.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns the znode of a cache, or null. */
    @Nullable
    CacheZnode numbered(int number) {
        return known.caches().stream()
                .filter(cache -> cache.number() == number)
                .findFirst()
                .orElse(null);
    }

    /** Returns a cache, or null if there is none of that number, or it cannot be read. */
    @Nullable
    NumberedCache cache(int number) {
        return readable.get(number);
    }

    @Override
    public void read(Consumer<Ending> end) {
        session.children(Znodes.CACHES, reply -> {
            if (reply instanceof Reply.Done<Children> done) {
                readNew(listing(done.value()), end);
            } else {
                end.accept(failed(reply));
            }
        });
    }

    private Listing listing(Children children) {
        List<CacheZnode> caches = new ArrayList<>();
        for (String name : children.names()) {
            CacheZnode cache = CacheZnode.parse(name);
            if (cache == null) {
                onDamage.accept(new DamagedZnodeException(
                        Znodes.CACHES + "/" + name, "is no cache (expected: name and number, such as orders-7)"));
            } else {
                caches.add(cache);
            }
        }
        return new Listing(children.parent().pzxid(), children.parent().version(), caches);
    }

    private void readNew(Listing next, Consumer<Ending> end) {
        List<String> unknown = next.caches().stream()
                .filter(cache -> !readable.containsKey(cache.number()) && !unreadable.containsKey(cache.number()))
                .map(CacheZnode::path)
                .toList();
        if (unknown.isEmpty()) {
            end.accept(take(next));
            return;
        }
        ZnodeReading.of(session, unknown, reply -> {
            if (!(reply instanceof Reply.Done<List<Znode>> done)) {
                end.accept(failed(reply));
                return;
            }
            done.value().forEach(this::add);
            if (done.value().size() == unknown.size()) {
                end.accept(take(next));
            } else {
                read(end);
            }
        });
    }

    private Ending failed(Reply<?> reply) {
        if (reply instanceof Reply.Lost) {
            return Ending.LOST;
        }
        onDamage.accept(DamagedZnodeException.unreadable(Znodes.CACHES, reply));
        return Ending.UNREADABLE;
    }

    private void add(Znode znode) {
        CacheZnode cache = CacheZnode.parse(Znodes.nameOf(znode.path()));
        if (cache == null) {
            throw new IllegalStateException("znode " + znode.path() + " (expected: a cache's, as was asked for)");
        }
        try {
            readable.put(cache.number(), new NumberedCache(cache.number(), Znodes.decodeDefinition(znode, cache)));
        } catch (DamagedZnodeException e) {
            unreadable.put(cache.number(), cache);
            onDamage.accept(e);
        }
    }

    /** Takes a list and tells the listener, if it is later than the one that is known. */
    private Ending take(Listing next) {
        if (next.isAfter(known)) {
            known = next;
            List<Integer> numbers =
                    next.caches().stream().map(CacheZnode::number).toList();
            readable.keySet().retainAll(numbers);
            unreadable.keySet().retainAll(numbers);
            List<NumberedCache> caches = List.copyOf(readable.values());
            announcer.tell(() -> listener.cachesChanged(caches));
        }
        return Ending.READ;
    }
}
