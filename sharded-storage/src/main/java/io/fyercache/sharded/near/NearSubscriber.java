package io.fyercache.sharded.near;

import io.fyercache.sharded.coordination.VersionedTable;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.reading.NearEra;
import io.fyercache.sharded.reading.NearLease;
import io.fyercache.sharded.reading.NearLeases;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import io.fyercache.sharded.topology.Incarnation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows of the partitions that it reads near (N1, N2): asks their primaries what has changed, has that taken out of what is near, and says in
 * {@link NearLeases} as of when all is known.
 *
 * <p>A partition is asked about from when it is first read, until it has not been read for a while, or the process's own member has a copy of it, which is read
 * then instead. Times are of the process's clock that never steps back, in nanoseconds. Used by one thread.
 */
final class NearSubscriber {
    private final Host host;
    private final NearLeases leases;
    private final Rules rules;
    private final TreeMap<Integer, Followed> followed = new TreeMap<>();
    private @Nullable VersionedTable table;

    /** The member in the same process; null if there is none. */
    private @Nullable Incarnation own;

    private long pauseNanos;
    private long askedNanos;

    /** Whether to ask with the next tick, however long the last question was ago. */
    private boolean shallAsk;

    /** What this needs of its process. No method calls back into it. */
    interface Host {
        /** Sends a message to a member, now or never. */
        void send(Incarnation member, ClientMessage message);

        /** Takes an entry out of what is near, and what was asked for before is not kept. */
        void changed(EntryKey key);

        /** Tells that something of a partition was missed: of what is near of it, nothing is read any more. */
        void missed();
    }

    /** A partition. */
    private static final class Followed {
        private NearEra era = new NearEra();

        /** In which {@link #number} counts; 0 if nothing is known. */
        private long generation;

        /** Of the last entry of the log whose changes are known. */
        private long number;

        /** When it was read last, as far as was looked. */
        private long usedNanos;

        Followed(long nowNanos) {
            usedNanos = nowNanos;
        }
    }

    NearSubscriber(Host host, NearLeases leases, Rules rules) {
        this.host = host;
        this.leases = leases;
        this.rules = rules;
    }

    /** Says how old what is read near may be, from now on. */
    void setStaleness(long nanos) {
        pauseNanos = NearTimes.pauseNanos(nanos);
    }

    // ---- what the process learns

    /** Takes in which member is in this process. */
    void livesAs(@Nullable Incarnation member) {
        own = member;
    }

    /** Takes in a table, if it is newer. */
    void onTable(VersionedTable next) {
        if (table != null && next.version() <= table.version()) {
            return;
        }
        table = next;
        followed.keySet().removeIf(partition -> {
            boolean isHere = isHere(next, partition);
            if (isHere) {
                leases.end(partition);
            }
            return isHere;
        });
        shallAsk = true; // Others may lead.
    }

    private boolean isHere(VersionedTable known, int partition) {
        return own != null && known.table().record(partition).inSync().contains(own);
    }

    /** Follows a partition from now on, unless its copy is here. */
    void follow(int partition, long nowNanos) {
        VersionedTable known = table;
        if (known != null && !isHere(known, partition) && !followed.containsKey(partition)) {
            followed.put(partition, new Followed(nowNanos));
            shallAsk = true;
        }
    }

    /** Follows nothing any more. */
    void followNone() {
        followed.keySet().forEach(leases::end);
        followed.clear();
    }

    // ---- from primaries

    /** N1. */
    void onAnswer(NearAnswer answer, long nowNanos) {
        long asOfNanos = rules.keep(Rule.NEAR_LEASE_COUNTS_FROM_ASKING) ? answer.sentNanos() : nowNanos;
        for (NearNews news : answer.news()) {
            Followed partition = take(news);
            if (partition != null) {
                leases.extend(news.partition(), new NearLease(partition.era, asOfNanos));
            }
        }
    }

    /** N2: says nothing of how old the news is. */
    void onChanges(NearChanges changes) {
        changes.news().forEach(this::take);
    }

    /** Takes news in; returns its partition if that is followed, and this is not of an earlier generation. */
    private @Nullable Followed take(NearNews news) {
        Followed partition = followed.get(news.partition());
        if (partition == null || news.generation() < partition.generation) {
            return null;
        }
        boolean isGap = news.after() > partition.number && rules.keep(Rule.NEAR_GAP_DROPS_ALL);
        if (news.generation() > partition.generation || isGap) {
            beginAnew(partition, news);
        } else {
            news.keys().forEach(host::changed);
            partition.number = Math.max(partition.number, news.upTo());
        }
        return partition;
    }

    private void beginAnew(Followed partition, NearNews news) {
        if (partition.generation > 0) {
            leases.end(news.partition());
            host.missed();
            shallAsk = true;
        }
        partition.era = new NearEra();
        partition.generation = news.generation();
        partition.number = news.upTo();
    }

    // ---- time

    /** Asks, if it is time to. */
    void onTick(long nowNanos) {
        VersionedTable known = table;
        if (known == null || followed.isEmpty() || !(shallAsk || nowNanos - askedNanos >= pauseNanos)) {
            return;
        }
        shallAsk = false;
        askedNanos = nowNanos;
        followed.entrySet().removeIf(each -> isIdle(each.getKey(), each.getValue(), nowNanos));
        TreeMap<Incarnation, List<NearQuestion.Place>> places = new TreeMap<>();
        followed.forEach((number, partition) -> places.computeIfAbsent(
                        known.table().record(number).primary(), primary -> new ArrayList<>())
                .add(new NearQuestion.Place(number, partition.generation, partition.number)));
        places.forEach((primary, asked) -> host.send(primary, new NearQuestion(nowNanos, asked)));
    }

    private boolean isIdle(int number, Followed partition, long nowNanos) {
        if (partition.era.takeUsed()) {
            partition.usedNanos = nowNanos;
        }
        boolean isIdle = nowNanos - partition.usedNanos >= NearTimes.IDLE_NANOS;
        if (isIdle) {
            leases.end(number);
        }
        return isIdle;
    }
}
