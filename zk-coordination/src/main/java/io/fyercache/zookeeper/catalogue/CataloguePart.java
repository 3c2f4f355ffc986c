package io.fyercache.zookeeper.catalogue;

import io.fyercache.sharded.coordination.Amendment;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.zookeeper.watch.Announcer;
import io.fyercache.zookeeper.watch.WatchedPart;
import io.fyercache.zookeeper.znode.AmendmentZnode;
import io.fyercache.zookeeper.znode.CacheZnode;
import io.fyercache.zookeeper.znode.Children;
import io.fyercache.zookeeper.znode.DamagedZnodeException;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.Znode;
import io.fyercache.zookeeper.znode.ZnodeReading;
import io.fyercache.zookeeper.znode.ZnodeSession;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caches that there are. The names of their znodes and the version of the list come with one answer, so they belong together. A
 * definition is read once: it never changes, and no two caches share a number; nor does an amendment, which another one follows. If one vanishes between its
 * name and its content being read, the list is another one by now, and is read again.
 *
 * <p>A cache whose definition cannot be read is there all the same: nobody can have to do with it, but its name is taken. It may be of a later
 * release, and is no reason for others to stop. A cache whose amendment cannot be read is as it was defined.
 */
public final class CataloguePart implements WatchedPart {
    private final ZnodeSession session;
    private final Announcer announcer;
    private final CatalogueListener listener;
    private final Consumer<DamagedZnodeException> onDamage;
    private final Map<Integer, NumberedCache> readable = new TreeMap<>();
    private final Map<Integer, CacheZnode> unreadable = new TreeMap<>();
    private final Map<AmendmentZnode, Amendment> amendments = new LinkedHashMap<>();
    private Listing known = Listing.NOT_READ;

    /**
     * What there is as of a version.
     *
     * @param asOf the last transaction that made or removed one of these
     */
    private record Listing(long asOf, int version, List<CacheZnode> caches, List<AmendmentZnode> amendments) {
        static final Listing NOT_READ = new Listing(0, -1, List.of(), List.of());

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

    /** Returns the amendments of a cache: one at most, unless somebody else has made some. */
    List<AmendmentZnode> amendments(int number) {
        return known.amendments().stream()
                .filter(amendment -> amendment.number() == number)
                .toList();
    }

    /** Returns a cache, or null if there is none of that number, or it cannot be read. */
    @Nullable
    NumberedCache cache(int number) {
        return readable.get(number);
    }

    private Amendment latest(int number) {
        return amendments(number).stream()
                .max(Comparator.comparingInt(AmendmentZnode::revision))
                .map(amendments::get)
                .orElse(Amendment.NONE);
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
        List<AmendmentZnode> changes = new ArrayList<>();
        for (String name : children.names()) {
            CacheZnode cache = CacheZnode.parse(name);
            AmendmentZnode amendment = AmendmentZnode.parse(name);
            if (cache != null) {
                caches.add(cache);
            } else if (amendment != null) {
                changes.add(amendment);
            } else {
                onDamage.accept(
                        new DamagedZnodeException(
                                Znodes.CACHES + "/" + name,
                                "is no cache (expected: name and number, such as orders-7, or number and revision, such as 7+19)"));
            }
        }
        return new Listing(children.parent().pzxid(), children.parent().version(), caches, changes);
    }

    private void readNew(Listing next, Consumer<Ending> end) {
        List<String> unknown = Stream.concat(
                        next.caches().stream()
                                .filter(cache -> !readable.containsKey(cache.number())
                                        && !unreadable.containsKey(cache.number()))
                                .map(CacheZnode::path),
                        next.amendments().stream()
                                .filter(amendment -> !amendments.containsKey(amendment))
                                .map(AmendmentZnode::path))
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
        AmendmentZnode amendment = AmendmentZnode.parse(Znodes.nameOf(znode.path()));
        CacheZnode cache = CacheZnode.parse(Znodes.nameOf(znode.path()));
        if (amendment != null) {
            amendments.put(amendment, read(amendment, znode));
            return;
        } else if (cache == null) {
            throw new IllegalStateException("znode " + znode.path() + " (expected: a cache's, as was asked for)");
        }
        try {
            readable.put(cache.number(), new NumberedCache(cache.number(), Znodes.decodeDefinition(znode, cache)));
        } catch (DamagedZnodeException e) {
            unreadable.put(cache.number(), cache);
            onDamage.accept(e);
        }
    }

    private Amendment read(AmendmentZnode amendment, Znode znode) {
        try {
            return new Amendment(
                    amendment.revision(), Znodes.decodeAmendment(znode).settings());
        } catch (DamagedZnodeException e) {
            onDamage.accept(e);
            return Amendment.NONE;
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
            amendments.keySet().retainAll(next.amendments());
            readable.replaceAll((number, cache) -> cache.amended(latest(number)));
            List<NumberedCache> caches = List.copyOf(readable.values());
            announcer.tell(() -> listener.cachesChanged(caches));
        }
        return Ending.READ;
    }
}
