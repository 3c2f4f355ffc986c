package io.fyercache.sharded.replication;

import io.fyercache.sharded.message.Answer.Done;
import io.fyercache.sharded.message.KnownResult;
import io.fyercache.sharded.message.OperationId;
import io.fyercache.sharded.message.Origin;
import io.fyercache.sharded.message.Request;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a copy remembers of operations that had their effect, so that none has it twice (protocol, 6). It changes with the log alone, so
 * that all copies remember the same. Of one client it remembers up to {@link OperationId#WINDOW} results. Used by
 * one thread.
 */
final class ResultTable {

    /** Milliseconds of partition time after which a client that is not heard of is forgotten: ten minutes. */
    static final long MEMORY_MILLIS = 2 * Request.LIFE_MILLIS;

    /** Null until the first operation: most partitions of a large cluster may see none. */
    private @Nullable TreeMap<Long, Client> clients;

    private static final class Client {
        private final TreeMap<Long, KnownResult> results = new TreeMap<>();
        private long acknowledgedBelow;
        private long lastMillis;
    }

    /** Remembers the answer to an operation, and forgets those that its client says it has. */
    void add(Origin origin, Done answer, long partitionMillis) {
        if (clients == null) {
            clients = new TreeMap<>();
        }
        Client client = clients.computeIfAbsent(origin.operation().client(), first -> new Client());
        client.results.put(origin.operation().sequence(), new KnownResult(origin, answer, partitionMillis));
        client.acknowledgedBelow = Math.max(client.acknowledgedBelow, origin.acknowledgedBelow());
        client.results.headMap(client.acknowledgedBelow).clear();
        client.lastMillis = Math.max(client.lastMillis, partitionMillis); // Those of a copy may come after later ones.
    }

    /** Forgets clients that have not been heard of for {@value #MEMORY_MILLIS} ms of partition time. */
    void forgetBefore(long partitionMillis) {
        if (clients != null) {
            clients.values().removeIf(client -> partitionMillis - client.lastMillis > MEMORY_MILLIS);
        }
    }

    /** Returns the answer to an operation that has had its effect, or null. */
    @Nullable
    Done find(OperationId operation) {
        Client client = client(operation);
        KnownResult known = client == null ? null : client.results.get(operation.sequence());
        return known == null ? null : known.answer();
    }

    private @Nullable Client client(OperationId operation) {
        return clients == null ? null : clients.get(operation.client());
    }

    /** Tells whether the client has said that it has the answer to this operation. */
    boolean isAcknowledged(OperationId operation) {
        Client client = client(operation);
        return client != null && operation.sequence() < client.acknowledgedBelow;
    }

    /** Returns what is remembered of the operation that comes after this one, by clients and numbers, or of the first; null if there is none. */
    @Nullable
    KnownResult next(@Nullable OperationId after) {
        if (clients == null) {
            return null;
        }
        Client client = after == null ? null : clients.get(after.client());
        if (after != null && client != null) {
            Map.Entry<Long, KnownResult> next = client.results.higherEntry(after.sequence());
            if (next != null) {
                return next.getValue();
            }
        }
        for (Client each : (after == null ? clients : clients.tailMap(after.client(), false)).values()) {
            if (!each.results.isEmpty()) {
                return each.results.firstEntry().getValue();
            }
        }
        return null;
    }
}
