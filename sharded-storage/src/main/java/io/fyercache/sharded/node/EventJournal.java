package io.fyercache.sharded.node;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fyercache.core.time.Clock;
import io.fyercache.sharded.event.ClusterEvent;
import io.fyercache.sharded.event.ClusterEvent.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The latest events of a process's cluster, how many there were, and who wants to be told. Thread-safe; its monitor is taken alone. */
final class EventJournal implements ClusterEvents, AutoCloseable {
    private static final Logger LOGGER = System.getLogger(EventJournal.class.getName());

    /** Seconds after which the idle thread ends. */
    private static final long IDLE_SECONDS = 10;

    private final Clock clock;

    /** One that is never replaced, also when a listener waits for the cluster: so listeners are told in order. */
    private final ThreadPoolExecutor thread;

    private final CopyOnWriteArrayList<Listening> listeners = new CopyOnWriteArrayList<>();

    @GuardedBy("this")
    private final Deque<Told> latest = new ArrayDeque<>();

    @GuardedBy("this")
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    @GuardedBy("this")
    private long number;

    /** A listener, by its identity: the same one may be registered twice. */
    private final class Listening implements Registration {
        private final Consumer<Told> listener;

        Listening(Consumer<Told> listener) {
            this.listener = listener;
        }

        // Whatever it throws must not keep others from being told.
        void tell(Told told) {
            try {
                if (listeners.contains(this)) {
                    listener.accept(told);
                }
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "a listener to the cluster has failed with " + told.event(), e);
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    /**
     * Has no events.
     *
     * @param classLoader finds the classes of listeners
     */
    EventJournal(Clock clock, ClassLoader classLoader) {
        this.clock = clock;
        ThreadFactory daemons = work -> {
            Thread made = new Thread(work, "fyercache-events");
            made.setDaemon(true);
            made.setContextClassLoader(classLoader);
            return made;
        };
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), daemons);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Notes an event. Called by one thread at a time, so that listeners hear in order. */
    void note(ClusterEvent event) {
        Told told = keep(event);
        for (Listening each : listeners) {
            try {
                thread.execute(() -> each.tell(told));
            } catch (RejectedExecutionException e) {
                LOGGER.log(
                        Level.WARNING,
                        "a listener to the cluster is not told of {0}: too much waits, or the process ends",
                        told);
            }
        }
    }

    private synchronized Told keep(ClusterEvent event) {
        number++;
        Told told = new Told(number, Instant.ofEpochMilli(clock.millis()), event);
        if (latest.size() == KEPT) {
            latest.remove();
        }
        latest.add(told);
        counts.merge(event.kind(), (long) event.count(), Long::sum);
        return told;
    }

    @Override
    public synchronized List<Told> latest() {
        return List.copyOf(latest);
    }

    @Override
    public synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    @Override
    public Registration listen(Consumer<Told> listener) {
        Listening added = new Listening(listener);
        listeners.add(added);
        return added;
    }

    /** Tells nobody any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
