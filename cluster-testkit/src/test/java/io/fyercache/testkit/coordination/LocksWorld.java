package io.fyercache.testkit.coordination;

import io.fyercache.core.time.Clock;
import io.fyercache.testkit.time.Timeline;
import io.fyercache.testkit.zookeeper.FakeZooKeeper;
import io.fyercache.testkit.zookeeper.ZooKeeperFaults;
import io.fyercache.zookeeper.turn.Claim;
import io.fyercache.zookeeper.turn.Claim.Kind;
import io.fyercache.zookeeper.turn.Place;
import io.fyercache.zookeeper.turn.PlaceHolder;
import io.fyercache.zookeeper.turn.Places;
import io.fyercache.zookeeper.znode.ObservingSession;
import io.fyercache.zookeeper.znode.SessionListener;
import io.fyercache.zookeeper.znode.Znodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Processes that take locks, hold them, give up waiting and stand still, under faults. Each believes to hold what it was granted until the time that
 * it was told, by its clock, whatever it hears later: no two may believe that of one lock, nor more of a semaphore than it has permits.
 *
 * <p>No session is lost without silence here: that nobody can be told before.
 */
final class LocksWorld {
    private static final long SECOND = 1_000_000_000;
    private static final int PROCESSES = 4;
    private static final int PERMITS = 2;

    /** Longer than a session's timeout. */
    private static final long LONGEST_PAUSE_NANOS = 10 * SECOND;

    /** Long enough to be lost meanwhile. */
    private static final long LONG_HOLD_NANOS = 6 * SECOND;

    /** So that a lock is in use half of the time, and queues that an outage leaves become shorter. */
    private static final long LONGEST_IDLE_NANOS = 4 * SECOND;

    private static final Map<String, List<Claim>> CLAIMS = claims();

    private final Random random;
    private final Timeline timeline = new Timeline();
    private final FakeZooKeeper zookeeper;
    private final List<LockingProcess> processes = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final Map<String, Long> greatestToken = new TreeMap<>();
    private final Map<String, Integer> events = new TreeMap<>();
    private boolean quiet;

    LocksWorld(long seed) {
        random = new Random(seed);
        ZooKeeperFaults drawn = ZooKeeperFaults.draw(random);
        zookeeper = new FakeZooKeeper(
                timeline,
                random,
                new ZooKeeperFaults(
                        drawn.slowPercent(),
                        drawn.lagPercent(),
                        drawn.longestDelayNanos(),
                        drawn.breakPercent(),
                        drawn.outagePercent(),
                        drawn.cutPercent(),
                        0));
        for (int number = 0; number < PROCESSES; number++) {
            processes.add(new LockingProcess());
        }
    }

    private static Map<String, List<Claim>> claims() {
        Map<String, List<Claim>> claims = new LinkedHashMap<>();
        claims.put("one", List.of(Claim.LOCK));
        claims.put("another", List.of(Claim.LOCK));
        claims.put("book", List.of(Claim.READ, Claim.READ, Claim.WRITE));
        claims.put("pool", List.of(Claim.permit(PERMITS)));
        return claims;
    }

    void run(long faultyNanos) {
        timeline.runUntil(faultyNanos, this::check);
        zookeeper.setFaults(ZooKeeperFaults.NONE);
        quiet = true;
        // As long as the longest outage, cut or pause lasts and a session takes to vanish; then everybody gets a turn.
        timeline.runUntil(faultyNanos + 90 * SECOND, this::check);
        for (Wish wish : wishes) {
            expect(wish.over, wish + " has come to nothing");
        }
        for (String lock : CLAIMS.keySet()) {
            expect(zookeeper.truth(Znodes.lock(lock)) == null, "something is left of " + lock);
        }
    }

    /** How often what has happened. */
    Map<String, Integer> events() {
        return events;
    }

    private void count(String event) {
        events.merge(event, 1, Integer::sum);
    }

    private void check() {
        for (String lock : CLAIMS.keySet()) {
            List<Wish> holders = wishes.stream()
                    .filter(wish -> wish.lock.equals(lock) && wish.believesToHold())
                    .toList();
            boolean alone = holders.stream()
                    .anyMatch(wish -> wish.claim.kind() == Kind.LOCK || wish.claim.kind() == Kind.WRITE);
            expect(!alone || holders.size() == 1, holders + " hold at the same time");
            boolean permits = holders.stream().anyMatch(wish -> wish.claim.kind() == Kind.PERMIT);
            expect(!permits || holders.size() <= PERMITS, holders + " hold at the same time");
        }
    }

    private static void expect(boolean condition, String broken) {
        if (!condition) {
            throw new AssertionError(broken);
        }
    }

    /** One process with its places, which stands still now and then. */
    private final class LockingProcess {
        private final List<Runnable> whilePaused = new ArrayList<>();
        private final Places places;
        private long pausedUntilNanos;

        LockingProcess() {
            places = new Places(this::open, new VirtualClock(), () -> new UUID(random.nextLong(), random.nextLong()));
            timeline.every(Places.tickNanos(FakeZooKeeper.SESSION_TIMEOUT_NANOS), () -> run(places::tick));
            timeline.after(1, this::wishAgain);
            timeline.after(1 + random.nextInt((int) SECOND), this::perhapsPause);
        }

        private ObservingSession open(SessionListener listener, Consumer<String> refused) {
            return zookeeper.open(this::run, listener);
        }

        /** Does it, now or after the pause, one after the other. */
        private void run(Runnable action) {
            if (timeline.nowNanos() < pausedUntilNanos) {
                whilePaused.add(action);
            } else {
                action.run();
            }
        }

        private void perhapsPause() {
            if (!quiet && random.nextInt(20) == 0) {
                long pause = random.nextLong(LONGEST_PAUSE_NANOS);
                pausedUntilNanos = timeline.nowNanos() + pause;
                timeline.after(pause, this::goOn);
                count("pause");
            }
            timeline.after(SECOND, this::perhapsPause);
        }

        private void goOn() {
            List<Runnable> due = List.copyOf(whilePaused);
            whilePaused.clear();
            due.forEach(this::run);
        }

        private void wishAgain() {
            if (quiet) {
                return;
            }
            List<String> locks = List.copyOf(CLAIMS.keySet());
            String lock = locks.get(random.nextInt(locks.size()));
            List<Claim> claims = CLAIMS.get(lock);
            Wish wish = new Wish(this, lock, claims.get(random.nextInt(claims.size())));
            wishes.add(wish);
            run(wish::begin);
            timeline.after(1 + random.nextLong(LONGEST_IDLE_NANOS), this::wishAgain);
        }
    }

    /** What somebody wants of a lock, until it is over. */
    private final class Wish implements PlaceHolder {
        private final LockingProcess process;
        private final String lock;
        private final Claim claim;
        private Place place;
        private boolean held;
        private boolean over;
        private long deadlineNanos;

        Wish(LockingProcess process, String lock, Claim claim) {
            this.process = process;
            this.lock = lock;
            this.claim = claim;
        }

        void begin() {
            place = process.places.enter(lock, claim, this);
            if (random.nextInt(4) == 0) {
                timeline.after(1 + random.nextLong(SECOND), () -> process.run(() -> leave("gave up")));
            }
        }

        boolean believesToHold() {
            return held && timeline.nowNanos() - deadlineNanos < 0;
        }

        @Override
        public void granted(long token, long untilNanos) {
            expect(!over && !held, this + " is granted too often, or too late");
            held = true;
            deadlineNanos = untilNanos;
            boolean alone = claim.kind() == Kind.LOCK || claim.kind() == Kind.WRITE;
            long before = greatestToken.getOrDefault(lock, 0L);
            expect(!alone || token > before, this + " has token " + token + " after " + before);
            if (claim.kind() != Kind.READ || token > before) {
                greatestToken.put(lock, Math.max(before, token));
            }
            count("granted");
            long longest = random.nextInt(4) == 0 ? LONG_HOLD_NANOS : SECOND;
            timeline.after(1 + random.nextLong(longest), () -> process.run(() -> leave("left")));
        }

        @Override
        public void confirmed(long untilNanos) {
            expect(held, this + " is confirmed without being held");
            deadlineNanos = untilNanos;
        }

        @Override
        public void lost() {
            expect(held, this + " is lost without being held");
            end("lost");
        }

        @Override
        public void refused(String why) {
            throw new AssertionError(this + " is refused: " + why);
        }

        private void leave(String how) {
            if (!over) {
                end(how);
                place.leave();
            }
        }

        private void end(String how) {
            held = false;
            over = true;
            count(how);
        }

        @Override
        public String toString() {
            return claim.kind() + " of " + lock + " (" + (held ? "held until " + deadlineNanos : "not held") + ")";
        }
    }

    private final class VirtualClock implements Clock {
        @Override
        public long millis() {
            return timeline.nowNanos() / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return timeline.nowNanos();
        }
    }
}
