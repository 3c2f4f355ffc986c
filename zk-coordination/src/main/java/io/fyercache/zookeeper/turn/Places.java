package io.fyercache.zookeeper.turn;

import io.fyercache.core.time.Clock;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.Reply;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All places that a process has in the queues of locks, in one session, which is opened when the first is wanted. When the ensemble has given it up,
 * what was held is lost, and who waits begins anew at the end of the queue in the next.
 *
 * <p>What is held is certain for as long as the ensemble cannot have given the session up: some time from when the last request was sent that was
 * answered ({@link #certainNanos}). Each answer makes it longer, and while something is held there is something to answer. When that time has
 * passed, the holders are told, although the session may have lasted; what they held is given up.
 *
 * <p>All of it runs on one thread.
 */
public final class Places {
    /** Places of one process at a time, held or waited for. With 16 such processes at one lock the list of them is what ZooKeeper sends at once, 1 MiB. */
    public static final int MAX_PLACES = 1_000;

    /** How often in the time of a session something is asked for. More seldom, and what is certain would end early each time. */
    private static final int QUESTIONS_PER_SESSION = 12;

    private static final String CLOSED = "locks: closed (expected: open)";

    private final Sessions sessions;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Set<Place> places = new LinkedHashSet<>();
    private @Nullable ObservingSession session;
    private @Nullable Events events;

    /** Whether the session may be used: it has once been connected. */
    private boolean admitted;

    private boolean closed;
    private boolean asking;
    private long askedNanos;
    private boolean certain;
    private long deadlineNanos;

    /** Opens sessions. */
    public interface Sessions {
        /**
         * Begins one. Neither is called within the call.
         *
         * @param refused is given the reason if there will be none
         * @return null if that is known already
         */
        @Nullable
        ObservingSession open(SessionListener listener, Consumer<String> refused);
    }

    /**
     * Has no place yet, and opens no session.
     *
     * @param ids never gives the same twice, in any process
     */
    public Places(Sessions sessions, Clock clock, Supplier<UUID> ids) {
        this.sessions = sessions;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Takes a place at the end of a queue.
     *
     * @param lock the name of the lock, one that may be in a znode's path
     * @param holder is told what becomes of it, perhaps within this call if it is refused
     */
    public Place enter(String lock, Claim claim, PlaceHolder holder) {
        Place place = new Place(lock, claim, holder, this);
        if (closed) {
            place.refuse(CLOSED);
            return place;
        }
        if (places.size() >= MAX_PLACES) {
            place.refuse("locks held and waited for: " + places.size() + " (expected: less than " + MAX_PLACES
                    + " in one process)");
            return place;
        }
        places.add(place);
        if (session != null) {
            begin(place, session);
        } else if (events == null) {
            open();
        }
        return place;
    }

    private void open() {
        Events heard = new Events();
        events = heard;
        ObservingSession opened = sessions.open(heard, why -> {
            if (events == heard) {
                refuse(why);
            }
        });
        session = opened;
        if (opened != null) {
            List.copyOf(places).forEach(place -> begin(place, opened));
        }
    }

    private void begin(Place place, ObservingSession opened) {
        place.begin(opened);
        if (admitted && opened.isConnected()) {
            place.connected();
        }
    }

    private final class Events implements SessionListener {
        @Override
        public void connected() {
            admitted = true;
            asking = false;
            List.copyOf(places).forEach(Place::connected);
        }

        @Override
        public void changed(String path) {
            List.copyOf(places).forEach(place -> place.changed(path));
        }

        @Override
        public void expired() {
            endSession();
            List.copyOf(places).forEach(Place::sessionLost);
            if (!places.isEmpty()) {
                open();
            }
        }
    }

    private void endSession() {
        ObservingSession ended = session;
        session = null;
        events = null;
        admitted = false;
        asking = false;
        certain = false;
        if (ended != null) {
            ended.close();
        }
    }

    /** All who wait are told why. Whoever comes later has another session opened. */
    private void refuse(String why) {
        endSession();
        List.copyOf(places).forEach(place -> place.refuse(why));
    }

    /** Ends it all: holders have lost what they held, and are told before the session is closed. */
    public void close() {
        closed = true;
        List.copyOf(places).forEach(place -> place.refuse(CLOSED));
        endSession();
    }

    // ---- what is certain

    /** Looks at the clock. To be called several times in the time in which something is asked for once, {@link #tickNanos}. */
    public void tick() {
        long now = clock.nanoTime();
        if (certain && now - deadlineNanos >= 0) {
            certain = false;
            List.copyOf(places).forEach(Place::uncertain);
        }
        ObservingSession current = session;
        if (current != null
                && admitted
                && !asking
                && current.isConnected()
                && now - askedNanos >= current.timeoutNanos() / QUESTIONS_PER_SESSION
                && places.stream().anyMatch(Place::isHeld)) {
            asking = true;
            askedNanos = now;
            current.get(Znodes.ROOT, timed(reply -> asking = false));
        }
    }

    /** How often to look at the clock, of a session of so many nanoseconds. */
    public static long tickNanos(long sessionTimeoutNanos) {
        return sessionTimeoutNanos / (2 * QUESTIONS_PER_SESSION);
    }

    /**
     * For how long a session is certain to last, from when something was sent that was answered: five sixths of its timeout. The server that answers
     * tells the leader within half a tick, if it lives, and a session has three ticks unless told otherwise; so by then the leader has begun to
     * count a sixth earlier at most. Clocks that differ by more than the rest, and a leader that learns nothing of a whole tick, are not covered.
     */
    static long certainNanos(long sessionTimeoutNanos) {
        return sessionTimeoutNanos / 6 * 5;
    }

    /** Takes note of when something was asked, once it is answered. */
    <T> Consumer<Reply<T>> timed(Consumer<Reply<T>> then) {
        long sentNanos = clock.nanoTime();
        return reply -> {
            if (!(reply instanceof Reply.Lost)) {
                answered(sentNanos);
            }
            then.accept(reply);
        };
    }

    private void answered(long sentNanos) {
        if (session == null) {
            return;
        }
        long until = sentNanos + certainNanos(session.timeoutNanos());
        if (!certain || until - deadlineNanos > 0) {
            certain = true;
            deadlineNanos = until;
            places.stream()
                    .filter(Place::isHeld)
                    .forEach(place -> place.holder().confirmed(until));
        }
    }

    boolean isCertain() {
        return certain && clock.nanoTime() - deadlineNanos < 0;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    // ---- for its places

    UUID newId() {
        return ids.get();
    }

    void remove(Place place) {
        places.remove(place);
    }
}
