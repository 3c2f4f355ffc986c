package io.fyercache.sharded.replication;

import io.fyercache.core.fence.WriteFence;
import io.fyercache.core.operation.Decision;
import io.fyercache.core.write.UnwrittenChanges;
import io.fyercache.sharded.message.Request.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of user code for several calls of a cache, each of another key (U7). Used by one thread. */
final class TogetherRun {
    private final HostedCache cache;
    private final List<UserCodeCall> calls;
    private final WriteFence fence;

    private Map<Object, Object> loaded = new LinkedHashMap<>();
    private @Nullable Throwable loadFailure;

    private final Map<Object, Decision> decided = new LinkedHashMap<>();
    private final Map<Object, Throwable> failures = new LinkedHashMap<>();

    TogetherRun(HostedCache cache, List<UserCodeCall> calls, WriteFence fence) {
        this.cache = cache;
        this.calls = calls;
        this.fence = fence;
    }

    List<UserCodeOutcome> run() {
        load(calls.stream().filter(cache::wantsLoad).toList());
        calls.forEach(this::decide);
        failures.putAll(cache.writeTogether(decided, fence));
        return calls.stream().map(this::outcome).toList();
    }

    private static Object keyOf(UserCodeCall call) {
        return call.key().key();
    }

    private void load(List<UserCodeCall> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<Object, UserCodeCall> byKey = new LinkedHashMap<>();
        wanted.forEach(call -> byKey.put(keyOf(call), call));
        UnwrittenChanges unwritten = key ->
                HostedCache.unwritten(Objects.requireNonNull(byKey.get(key))).find(key);
        try {
            loaded = cache.loads().loadAll(byKey.keySet(), unwritten);
        } catch (RuntimeException | Error e) {
            loadFailure = e;
        }
    }

    /** Decides a write, which then waits for the writer. */
    private void decide(UserCodeCall call) {
        if (call.task() instanceof Task.Write write) {
            try {
                decided.put(keyOf(call), cache.decideUnwritten(call, write));
            } catch (RuntimeException | Error e) {
                failures.put(keyOf(call), e);
            }
        }
    }

    private UserCodeOutcome outcome(UserCodeCall call) {
        Object key = keyOf(call);
        Throwable failure = cache.wantsLoad(call) ? loadFailure : failures.get(key);
        Decision decision = decided.get(key);
        if (failure != null) {
            return cache.failed(call, failure);
        }
        return cache.outcome(
                call,
                () -> decision == null
                        ? cache.verdict(call, loaded.get(key))
                        : cache.verdict(call.key(), call.state(), decision));
    }
}
