package io.fyercache.sharded.near;

import io.fyercache.sharded.message.BinarySize;
import io.fyercache.sharded.message.ClientMessage;
import io.fyercache.sharded.message.ClientMessage.NearAnswer;
import io.fyercache.sharded.message.ClientMessage.NearChanges;
import io.fyercache.sharded.message.ClientMessage.NearQuestion;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EntryKey;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.NearNews;
import io.fyercache.sharded.replication.Rule;
import io.fyercache.sharded.replication.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A member's part in near caches (N1, N2): says of the partitions that it leads what has changed, to who asks, and for a while with each tick as well. Who has
 * asked is known here alone: the next primary is asked anew.
 *
 * <p>Times are of the member's clock that never steps back, in nanoseconds. Used by one thread.
 */
public final class NearTeller {
    /** Processes that are told of a partition without having asked; more are answered when they ask. */
    static final int MAX_TOLD = 1_024;

    /** Bytes of keys that one message brings at most, 256 KiB, and one partition's more: a connection carries heartbeats, too. */
    private static final int MESSAGE_BYTES = 256 << 10;

    private final Host host;
    private final Rules rules;

    /** Those of which somebody has asked lately. */
    private final TreeMap<Integer, AskedPartition> partitions = new TreeMap<>();

    /** Those that have changed since the last tick. */
    private final TreeSet<Integer> changed = new TreeSet<>();

    private long tidiedNanos;

    /** What this needs of its member. No method calls back into it. */
    public interface Host {
        /** Sends a message to a process, which may be gone: now or never. */
        void send(long client, ClientMessage message);

        /** Tells whether this member may say now what is committed in a partition: it leads it, and all who could replace it have promised not to (R3). */
        boolean isLeased(int partition, long nowNanos);

        /** Tells whether this member is the primary of a partition, as far as it knows. */
        boolean leads(int partition);

        /** Returns the generation of a partition that this member leads. */
        long generation(int partition);

        /** Returns the number of the last entry that is committed in such a partition. */
        long committed(int partition);

        /** Tells whether entries of a cache are kept near by who has read them. */
        boolean isReadNear(int cache);
    }

    /** A partition that somebody reads near. */
    private static final class AskedPartition {
        private final RecentChanges changes;
        private final TreeMap<Long, Asking> asking = new TreeMap<>();

        AskedPartition(RecentChanges changes) {
            this.changes = changes;
        }
    }

    /**
     * A process that has asked.
     *
     * @param told the number of the last entry of whose changes it was told
     */
    private record Asking(long askedNanos, long generation, long told) {}

    /** Tells nobody. */
    public NearTeller(Host host, Rules rules, long nowNanos) {
        this.host = host;
        this.rules = rules;
        this.tidiedNanos = nowNanos;
    }

    /** N1: answers a question, and tells whoever has asked what changes from now on. */
    public void onQuestion(long client, NearQuestion question, long nowNanos) {
        List<NearNews> answered = new ArrayList<>();
        for (NearQuestion.Place place : question.places()) {
            if (mayAnswer(place.partition(), nowNanos)) {
                answered.add(news(client, place, nowNanos));
            }
        }
        send(client, answered, news -> new NearAnswer(question.sentNanos(), news));
    }

    private boolean mayAnswer(int partition, long nowNanos) {
        return rules.keep(Rule.NEAR_NEWS_NEEDS_LEASE) ? host.isLeased(partition, nowNanos) : host.leads(partition);
    }

    private NearNews news(long client, NearQuestion.Place place, long nowNanos) {
        int partition = place.partition();
        long generation = host.generation(partition);
        AskedPartition asked = partitions.computeIfAbsent(
                partition, number -> new AskedPartition(new RecentChanges(generation, host.committed(number))));
        asked.changes.align(generation, host.committed(partition));
        if (asked.asking.size() < MAX_TOLD || asked.asking.containsKey(client)) {
            asked.asking.put(client, new Asking(nowNanos, generation, asked.changes.upTo()));
        }
        return asked.changes.since(partition, place.generation(), place.number());
    }

    /** Takes in what this member has committed as the primary of a partition. */
    public void committed(int partition, LogEntry entry) {
        AskedPartition asked = partitions.get(partition);
        if (asked == null) {
            return;
        }
        List<EntryKey> keys = new ArrayList<>();
        for (Effect effect : entry.effects()) {
            EntryKey key = effect.key();
            if (!(effect instanceof Effect.Listen) && !key.isUnwritten() && host.isReadNear(key.cache())) {
                keys.add(key);
            }
        }
        asked.changes.committed(host.generation(partition), entry.number(), keys);
        if (!keys.isEmpty()) {
            changed.add(partition);
        }
    }

    /** N2: tells what has changed. To be called about every 10 ms. */
    public void onTick(long nowNanos) {
        if (!changed.isEmpty()) {
            tellChanges();
            changed.clear();
        }
        if (nowNanos - tidiedNanos >= NearTimes.FORGET_NANOS) {
            tidiedNanos = nowNanos;
            partitions.values().removeIf(asked -> {
                asked.asking.values().removeIf(each -> nowNanos - each.askedNanos() >= NearTimes.FORGET_NANOS);
                return asked.asking.isEmpty();
            });
        }
    }

    private void tellChanges() {
        TreeMap<Long, List<NearNews>> byClient = new TreeMap<>();
        for (int partition : changed) {
            AskedPartition asked = partitions.get(partition);
            if (asked != null) {
                asked.asking.replaceAll((client, known) -> {
                    NearNews news = asked.changes.since(partition, known.generation(), known.told());
                    byClient.computeIfAbsent(client, each -> new ArrayList<>()).add(news);
                    return new Asking(known.askedNanos(), news.generation(), news.upTo());
                });
            }
        }
        byClient.forEach((client, news) -> send(client, news, NearChanges::new));
    }

    private void send(long client, List<NearNews> news, Function<List<NearNews>, ClientMessage> message) {
        List<NearNews> part = new ArrayList<>();
        long bytes = 0;
        for (NearNews each : news) {
            part.add(each);
            bytes += each.keys().stream()
                    .mapToLong(key -> BinarySize.of(key.key()))
                    .sum();
            if (bytes > MESSAGE_BYTES) {
                host.send(client, message.apply(part));
                part = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!part.isEmpty()) {
            host.send(client, message.apply(part));
        }
    }
}
