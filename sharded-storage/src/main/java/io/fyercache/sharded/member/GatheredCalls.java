package io.fyercache.sharded.member;

import io.fyercache.sharded.message.Request;
import io.fyercache.sharded.replication.UserCodeCall;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls of user code that are for one operation on many keys, of whatever partitions of this member (U7). They run together when all requests have
 * come that the client sent here, or when the first has waited for {@value #TICKS} ticks.
 *
 * <p>Each call holds its own key, and waits for nothing but that time: two operations on the same keys cannot wait for each other for ever.
 * Used by one thread.
 */
final class GatheredCalls {
    /** Ticks, of about 10 ms, after which what has come runs: requests that left together come together, unless something is wrong. */
    static final int TICKS = 2;

    /** Operations that are gathered at a time; the parts of further ones run each by itself. A hundred bytes each, for 20 ms. */
    static final int MAX_GATHERINGS = 1_024;

    private final Consumer<List<PlacedCall>> together;
    private final Map<Id, Gathering> gatherings = new LinkedHashMap<>();

    private record Id(long client, int cache, long batch) {}

    /** What has come of one operation. */
    private static final class Gathering {
        private final int parts;
        private final List<PlacedCall> calls = new ArrayList<>();
        private int arrived;
        private int ticks;

        Gathering(int parts) {
            this.parts = parts;
        }
    }

    /** Makes an empty one, which has calls run by {@code together}. */
    GatheredCalls(Consumer<List<PlacedCall>> together) {
        this.together = together;
    }

    private static Id id(Request request) {
        return new Id(
                request.id().client(), request.key().cache(), request.batch().number());
    }

    /** Is told of a request that is a part of an operation, before it is carried out. */
    void arriving(Request request) {
        Id id = id(request);
        if (gatherings.size() < MAX_GATHERINGS || gatherings.containsKey(id)) {
            gatherings.computeIfAbsent(
                    id, absent -> new Gathering(request.batch().parts()));
        }
    }

    /** Takes a call in, unless the others of its operation have run already. Tells whether it did. */
    boolean add(int partition, UserCodeCall call) {
        Gathering gathering = gatherings.get(
                new Id(call.client(), call.key().cache(), call.batch().number()));
        return gathering != null && gathering.calls.add(new PlacedCall(partition, call));
    }

    /** Is told of the same request when it was carried out, or waits for its key. */
    void arrived(Request request) {
        Id id = id(request);
        @Nullable Gathering gathering = gatherings.get(id);
        if (gathering != null && ++gathering.arrived == gathering.parts) {
            gatherings.remove(id);
            run(gathering);
        }
    }

    /** Has run what has waited for long enough. */
    void onTick() {
        Iterator<Gathering> all = gatherings.values().iterator();
        while (all.hasNext()) {
            Gathering gathering = all.next();
            if (++gathering.ticks == TICKS) {
                all.remove();
                run(gathering);
            }
        }
    }

    private void run(Gathering gathering) {
        if (!gathering.calls.isEmpty()) {
            together.accept(gathering.calls);
        }
    }
}
