package io.fyercache.sharded.near;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.reading.NearEntries;
import io.fyercache.sharded.reading.NearEra;
import io.fyercache.sharded.reading.NearLease;
import io.fyercache.sharded.reading.NearLeases;
import io.fyercache.sharded.reading.NearReads;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The near caches of a process. Used by the process's thread. */
public final class NearCaches {
    private final Rules rules;
    private final LongSupplier nanoClock;
    private final NearLeases leases = new NearLeases();
    private final NearSubscriber subscriber;
    private final TreeMap<Integer, NearCache> caches = new TreeMap<>();

    /**
     * Has none.
     *
     * @param send sends a message to a member, now or never
     * @param nanoClock the process's, which never steps back; threads that read look at it
     */
    public NearCaches(BiConsumer<Incarnation, ClientMessage> send, LongSupplier nanoClock, Rules rules) {
        this.rules = rules;
        this.nanoClock = nanoClock;
        this.subscriber = new NearSubscriber(new Changed(send), leases, rules);
    }

    /**
     * Opens the near cache of a cache, instead of one that there may be.
     *
     * @param entries empty, and used by nobody else
     * @param stalenessNanos how old what is read may be
     */
    public NearCache open(int number, NearEntries entries, long stalenessNanos) {
        NearCache opened = new NearCache(
                number, entries, new NearReads(leases, entries, stalenessNanos, nanoClock), stalenessNanos, this);
        caches.put(number, opened);
        settle();
        return opened;
    }

    /** Returns the near cache of a cache, or null. */
    public @Nullable NearCache find(int number) {
        return caches.get(number);
    }

    /** Closes a near cache, unless another one has been opened instead. */
    public void close(NearCache near) {
        near.forgetAll();
        if (caches.remove(near.number(), near)) {
            settle();
        }
    }

    private void settle() {
        subscriber.setStaleness(caches.values().stream()
                .mapToLong(NearCache::stalenessNanos)
                .min()
                .orElse(Long.MAX_VALUE));
        if (caches.isEmpty()) {
            subscriber.followNone();
        }
    }

    /** Returns the era in which an entry is read near; null if it is not yet. */
    @Nullable
    NearEra eraFor(EntryKey key, long nowNanos) {
        NearLease lease = leases.of(key);
        if (lease == null && leases.partition(key) >= 0) {
            subscriber.follow(leases.partition(key), nowNanos);
        }
        return lease == null ? null : lease.era();
    }

    boolean keeps(Rule rule) {
        return rules.keep(rule);
    }

    /** Takes in which member is in this process; null for none. To be told before that has any copy. */
    public void livesAs(@Nullable Incarnation member) {
        subscriber.livesAs(member);
    }

    /** Takes in a table, if it is newer. To be told before a copy that comes by it may be read. */
    public void onTable(VersionedTable table) {
        leases.know(table.table().layout());
        subscriber.onTable(table);
    }

    /** N1: takes an answer. */
    public void onAnswer(NearAnswer answer, long nowNanos) {
        subscriber.onAnswer(answer, nowNanos);
    }

    /** N2: takes what has changed. */
    public void onChanges(NearChanges changes) {
        subscriber.onChanges(changes);
    }

    /** Lets time pass. To be called about every 10 ms. */
    public void onTick(long nowNanos) {
        subscriber.onTick(nowNanos);
    }

    /** Where what the subscriber learns goes. */
    private final class Changed implements NearSubscriber.Host {
        private final BiConsumer<Incarnation, ClientMessage> send;

        Changed(BiConsumer<Incarnation, ClientMessage> send) {
            this.send = send;
        }

        @Override
        public void send(Incarnation member, ClientMessage message) {
            send.accept(member, message);
        }

        @Override
        public void changed(EntryKey key) {
            NearCache near = caches.get(key.cache());
            if (near != null) {
                near.changed(key.key());
            }
        }

        @Override
        public void missed() {
            caches.values().forEach(NearCache::missed);
        }
    }
}
