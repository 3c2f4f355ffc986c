package io.fyercache.core.engine;

import io.fyercache.core.entry.CacheEntry;
import io.fyercache.core.entry.HoldWaits;
import io.fyercache.core.entry.KeyHold;
import io.fyercache.core.operation.EntryOperation.Put;
import io.fyercache.core.statistics.CacheCounters;
import io.fyercache.core.store.HeapEntryStore;
import io.fyercache.core.time.ManualClock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What the memory model lets threads see of an entry: the promises of the class comment of {@link CacheEntry}. */
public class EntryLitmus {
    private static final long PAST = 10;
    private static final long NOW = 50;
    private static final long FUTURE = 100;

    private EntryLitmus() {}

    /** A reader who sees the new deadline sees the new value: an expired value is never taken for live. */
    @JCStressTest
    @Outcome(id = "null", expect = Expect.ACCEPTABLE, desc = "before the write")
    @Outcome(id = "new", expect = Expect.ACCEPTABLE, desc = "after the write")
    @Outcome(id = "old", expect = Expect.FORBIDDEN, desc = "an expired value was answered")
    @State
    public static class DeadlineComesAfterSlot {
        private final CacheEntry entry = CacheEntry.expiring("k", "old", PAST);

        @Actor
        public void write() {
            synchronized (entry) {
                entry.replace("new");
                entry.setDeadline(FUTURE);
            }
        }

        @Actor
        public void read(L_Result result) {
            long deadline = entry.deadlineMillis();
            result.r1 = deadline <= NOW ? null : entry.visible();
        }
    }

    /** Either the touch succeeds and the value lives, or the sweep does and the value goes. */
    @JCStressTest
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "touched first")
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "swept first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "touched and swept, or neither")
    @State
    public static class TouchAgainstExpire {
        private final CacheEntry entry = CacheEntry.expiring("k", "v", PAST);

        @Actor
        public void touch(ZZ_Result result) {
            result.r1 = entry.touch(PAST, FUTURE);
        }

        @Actor
        public void sweep(ZZ_Result result) {
            synchronized (entry) {
                result.r2 = entry.expire(NOW);
                if (result.r2) {
                    entry.killUnlessHeld();
                }
            }
        }
    }

    /** Who discards a dead entry never takes the one that came after it. */
    @JCStressTest
    @Outcome(id = "new", expect = Expect.ACCEPTABLE, desc = "the put value stays")
    @Outcome(id = "null", expect = Expect.ACCEPTABLE, desc = "put first, then removed")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the removed value, or a put that was lost")
    @State
    public static class InsertAgainstKillAndDiscard {
        private final HeapEntryStore store = new HeapEntryStore();
        private final CacheEntry first = CacheEntry.eternal("k", "old");
        private final CacheEntry second = CacheEntry.eternal("k", "new");
        private volatile boolean wroteIntoFirst;

        public InsertAgainstKillAndDiscard() {
            store.insert(first);
        }

        @Actor
        public void remove() {
            synchronized (first) {
                first.killUnlessHeld();
            }
            store.discard(first);
        }

        @Actor
        public void put() {
            while (true) {
                CacheEntry found = store.find("k");
                if (found == null) {
                    if (store.insert(second) == null) {
                        return;
                    }
                    continue;
                }
                boolean dead;
                synchronized (found) {
                    dead = found.isDead();
                    if (!dead) {
                        found.replace("new");
                        wroteIntoFirst = true;
                    }
                }
                if (!dead) {
                    return;
                }
                store.discard(found);
            }
        }

        @Arbiter
        public void look(L_Result result) {
            CacheEntry found = store.find("k");
            Object value = found == null ? null : found.visible();
            result.r1 = value == null && !wroteIntoFirst ? "lost" : value;
        }
    }

    /** A key that has a value all the time is never missed, though its entry moves to one with room for a deadline. */
    @JCStressTest
    @Outcome(id = "old", expect = Expect.ACCEPTABLE, desc = "before the put")
    @Outcome(id = "new", expect = Expect.ACCEPTABLE, desc = "after the put")
    @Outcome(expect = Expect.FORBIDDEN, desc = "missed while it moved")
    @State
    public static class ReadAgainstMove {
        private final CacheEngine engine = new LocalCacheEngine(
                CacheDefinition.plain("litmus"),
                new HeapEntryStore(),
                new CacheCounters(),
                new ManualClock(0),
                new HoldWaits(),
                null,
                closed -> {});

        public ReadAgainstMove() {
            engine.execute("k", new Put("old"));
        }

        @Actor
        public void put() {
            engine.execute("k", new Put("new", FUTURE));
        }

        @Actor
        public void get(L_Result result) {
            result.r1 = engine.get("k");
        }
    }

    /** A reader behind a hold sees the value before the operation or after it, and nothing else, though the hold changes hands. */
    @JCStressTest
    @Outcome(id = {"old", "new", "newer"}, expect = Expect.ACCEPTABLE, desc = "before, between or after the operations")
    @Outcome(expect = Expect.FORBIDDEN, desc = "missed while it was held")
    @State
    public static class ReadAgainstHolds {
        private final CacheEntry entry = CacheEntry.eternal("k", "old");

        @Actor
        public void holdTwice() {
            hold("new");
            hold("newer");
        }

        private void hold(String value) {
            KeyHold hold = new KeyHold();
            entry.take(hold);
            hold.commit(value);
            entry.release(value);
            hold.signalReleased();
        }

        @Actor
        public void read(L_Result result) {
            result.r1 = entry.visible();
        }
    }

    /** A hold decides upon the last value before it: a swap at the same moment comes before it or fails. */
    @JCStressTest
    @Outcome(id = "true, swapped", expect = Expect.ACCEPTABLE, desc = "swapped, then held")
    @Outcome(id = "false, old", expect = Expect.ACCEPTABLE, desc = "held first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the swap was lost, or came under the hold")
    @State
    public static class SwapAgainstTake {
        private final CacheEntry entry = CacheEntry.eternal("k", "old");
        private final KeyHold hold = new KeyHold();

        @Actor
        public void swap(ZL_Result result) {
            result.r1 = entry.swap("old", "swapped");
        }

        @Actor
        public void take(ZL_Result result) {
            entry.take(hold);
            result.r2 = hold.visible();
        }
    }

    /** No entry is missed while its bin moves to a larger table. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "found all")
    @Outcome(expect = Expect.FORBIDDEN, desc = "missed some that were there all the time")
    @State
    public static class FindAgainstGrowth {
        private static final int ENTRIES = 16;
        private final HeapEntryStore store = new HeapEntryStore();

        public FindAgainstGrowth() {
            for (int i = 0; i < ENTRIES; i++) {
                store.insert(CacheEntry.eternal(spread(i), "v"));
            }
        }

        /** Two to a bin of the table of 16 bins, which part when it grows. */
        private static int spread(int i) {
            return i / 2 + i % 2 * 16;
        }

        @Actor
        public void grow() {
            for (int i = 0; i < ENTRIES; i++) {
                store.insert(CacheEntry.eternal(32 + spread(i), "v"));
            }
        }

        @Actor
        public void find(I_Result result) {
            int missed = 0;
            for (int i = 0; i < ENTRIES; i++) {
                missed += store.find(spread(i)) == null ? 1 : 0;
            }
            result.r1 = missed;
        }
    }
}
