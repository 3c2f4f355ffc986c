package io.fyercache.sharded.node;

import io.fyercache.core.engine.PortableDefinition;
import io.fyercache.core.engine.PortableDefinition.Setting;
import io.fyercache.sharded.coordination.CacheCatalogue;
import io.fyercache.sharded.coordination.CatalogueListener;
import io.fyercache.sharded.coordination.ClusterView;
import io.fyercache.sharded.coordination.DefineOutcome;
import io.fyercache.sharded.coordination.DestroyOutcome;
import io.fyercache.sharded.coordination.NumberedCache;
import io.fyercache.sharded.engine.ClusterUnavailableException;
import io.fyercache.sharded.transport.netty.ProcessLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of caches as the threads of a process use it, who wait for it. It stays while views of the cluster come and go: what one has not
 * answered the next is asked.
 *
 * <p>Used by the process's thread, but for {@link #define}, {@link #adjust} and {@link #destroy}.
 */
final class CacheDirectory {
    /** Seconds that a caller waits: longer than an ensemble takes to elect a leader. */
    private static final long PATIENCE_SECONDS = 30;

    /** Nanoseconds, 100 ms, after which ZooKeeper is asked again that has not answered. */
    private static final long AGAIN_NANOS = 100_000_000;

    private final ProcessLoop loop;
    private @Nullable CacheCatalogue catalogue;
    private final Map<String, Wish> definitions = new HashMap<>();
    private final Map<Integer, List<CompletableFuture<Boolean>>> destructions = new HashMap<>();

    /** Of each cache one after the other: the catalogue is asked for the first. */
    private final Map<Integer, Deque<Adjusting>> adjustments = new HashMap<>();

    private boolean closed;

    /** What one caller waits for. */
    private record Adjusting(SortedMap<String, Setting> settings, CompletableFuture<NumberedCache> caller) {}

    /** What callers wait for: if several define the same, all are told what there is. */
    private record Wish(PortableDefinition definition, List<CompletableFuture<NumberedCache>> callers) {}

    CacheDirectory(ProcessLoop loop) {
        this.loop = loop;
    }

    // ---- callers

    NumberedCache define(PortableDefinition wanted) {
        CompletableFuture<NumberedCache> cache = new CompletableFuture<>();
        execute(() -> wish(wanted, cache));
        return await("cache '" + wanted.name() + "': not defined", cache);
    }

    NumberedCache adjust(int number, SortedMap<String, Setting> settings) {
        CompletableFuture<NumberedCache> cache = new CompletableFuture<>();
        execute(() -> wishAdjusted(number, new Adjusting(settings, cache)));
        return await("cache number " + number + " of the cluster: settings not changed", cache);
    }

    void destroy(int number) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        execute(() -> wishGone(number, done));
        await("cache number " + number + " of the cluster: not destroyed", done);
    }

    private void execute(Runnable action) {
        loop.requireOther("a cache of a cluster");
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    private static <T> T await(String what, CompletableFuture<T> end) {
        try {
            return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ClusterUnavailableException(what + " within " + PATIENCE_SECONDS
                    + " s (expected: an answer of ZooKeeper); it may be done later; try again when ZooKeeper is back");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnavailableException(
                    what + ": interrupted (expected: to be waited for); it may be done later");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException(
                "the process's place in its cluster: closed (expected: open); open another one");
    }

    // ---- on the process's thread

    private void wish(PortableDefinition wanted, CompletableFuture<NumberedCache> cache) {
        if (closed) {
            cache.completeExceptionally(closed());
            return;
        }
        Wish wish = definitions.get(wanted.name());
        if (wish != null) {
            wish.callers().add(cache);
            return;
        }
        definitions.put(wanted.name(), new Wish(wanted, new ArrayList<>(List.of(cache))));
        ask(wanted.name());
    }

    private void ask(String name) {
        Wish wish = definitions.get(name);
        if (catalogue == null || wish == null) {
            return;
        }
        try {
            catalogue.define(wish.definition());
        } catch (IllegalArgumentException e) {
            fail(wish, e);
        }
    }

    private void fail(Wish wish, RuntimeException why) {
        definitions.remove(wish.definition().name());
        wish.callers().forEach(caller -> caller.completeExceptionally(why));
    }

    private void wishAdjusted(int number, Adjusting adjusting) {
        if (closed) {
            adjusting.caller().completeExceptionally(closed());
            return;
        }
        Deque<Adjusting> waiting = adjustments.computeIfAbsent(number, each -> new ArrayDeque<>());
        waiting.add(adjusting);
        if (waiting.size() == 1) {
            askAdjusted(number);
        }
    }

    private void askAdjusted(int number) {
        Deque<Adjusting> waiting = adjustments.get(number);
        Adjusting first = waiting == null ? null : waiting.peek();
        if (catalogue == null || first == null) {
            return;
        }
        try {
            catalogue.adjust(number, first.settings());
        } catch (IllegalArgumentException e) {
            endAdjusted(number, caller -> caller.completeExceptionally(e));
        }
    }

    /** Tells whoever is first, and begins the next. */
    private void endAdjusted(int number, Consumer<CompletableFuture<NumberedCache>> outcome) {
        Deque<Adjusting> waiting = adjustments.get(number);
        Adjusting first = waiting == null ? null : waiting.poll();
        if (waiting == null || first == null) {
            return;
        }
        outcome.accept(first.caller());
        if (waiting.isEmpty()) {
            adjustments.remove(number);
        } else {
            askAdjusted(number);
        }
    }

    private void wishGone(int number, CompletableFuture<Boolean> done) {
        if (closed) {
            done.completeExceptionally(closed());
            return;
        }
        List<CompletableFuture<Boolean>> callers = destructions.get(number);
        if (callers != null) {
            callers.add(done);
            return;
        }
        destructions.put(number, new ArrayList<>(List.of(done)));
        askGone(number);
    }

    private void askGone(int number) {
        if (catalogue != null && destructions.containsKey(number)) {
            catalogue.destroy(number);
        }
    }

    /**
     * Asks that view from now on.
     *
     * @param onChange is told which caches there are
     * @param onLearned is told that a {@link #learn} has ended
     */
    void follow(ClusterView view, Consumer<List<NumberedCache>> onChange, Runnable onLearned) {
        catalogue = view.openCatalogue(new Told(onChange, onLearned));
        List.copyOf(definitions.keySet()).forEach(this::ask);
        List.copyOf(destructions.keySet()).forEach(this::askGone);
        List.copyOf(adjustments.keySet()).forEach(this::askAdjusted);
    }

    /** Asks nobody until there is another view. */
    void unfollow() {
        catalogue = null;
    }

    /** Asks for the caches as they are now. */
    void learn() {
        if (catalogue != null) {
            catalogue.refresh();
        }
    }

    /** Lets all who wait know that this is the end. */
    void close() {
        closed = true;
        catalogue = null;
        List.copyOf(definitions.values()).forEach(wish -> fail(wish, closed()));
        destructions.values().forEach(callers -> callers.forEach(caller -> caller.completeExceptionally(closed())));
        destructions.clear();
        adjustments
                .values()
                .forEach(waiting -> waiting.forEach(each -> each.caller().completeExceptionally(closed())));
        adjustments.clear();
    }

    /** What a catalogue tells. */
    private final class Told implements CatalogueListener {
        private final Consumer<List<NumberedCache>> onChange;
        private final Runnable onLearned;

        Told(Consumer<List<NumberedCache>> onChange, Runnable onLearned) {
            this.onChange = onChange;
            this.onLearned = onLearned;
        }

        @Override
        public void cachesChanged(List<NumberedCache> caches) {
            onChange.accept(caches);
        }

        @Override
        public void defineEnded(String name, DefineOutcome outcome) {
            Wish wish = definitions.get(name);
            if (wish == null) {
                return;
            }
            if (outcome instanceof DefineOutcome.Defined defined) {
                definitions.remove(name);
                wish.callers().forEach(caller -> caller.complete(defined.cache()));
            } else if (outcome instanceof DefineOutcome.Refused refused) {
                fail(wish, new CacheException("cache '" + name + "': " + refused.why()));
            } else {
                loop.after(AGAIN_NANOS, () -> ask(name));
            }
        }

        @Override
        public void adjustEnded(int number, DefineOutcome outcome) {
            if (outcome instanceof DefineOutcome.Defined defined) {
                endAdjusted(number, caller -> caller.complete(defined.cache()));
            } else if (outcome instanceof DefineOutcome.Refused refused) {
                endAdjusted(number, caller -> caller.completeExceptionally(new CacheException(refused.why())));
            } else {
                loop.after(AGAIN_NANOS, () -> askAdjusted(number));
            }
        }

        @Override
        public void destroyEnded(int number, DestroyOutcome outcome) {
            if (outcome == DestroyOutcome.GONE) {
                List<CompletableFuture<Boolean>> callers = destructions.remove(number);
                if (callers != null) {
                    callers.forEach(caller -> caller.complete(true));
                }
            } else {
                loop.after(AGAIN_NANOS, () -> askGone(number));
            }
        }

        @Override
        public void catalogueRefreshed() {
            onLearned.run();
        }
    }
}
