package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.EntryWriter;
import io.fyercache.core.fence.FencingToken;
import io.fyercache.core.fence.WriteFence;
import io.fyercache.sharded.message.Effect;
import io.fyercache.sharded.message.EncodedKey;
import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.LogEntry;
import io.fyercache.sharded.message.UnwrittenChange;
import io.fyercache.sharded.message.codec.UnwrittenForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The database of caches that write behind, and the judge of what it is told: of each key what is committed, nothing before that (Q2), in its order
 * (Q5), and in the end the last of it (Q1, Q4). It fails now and then, before or after it has done what it was asked for. What it does happens at the
 * moment of the call. If statements come late, it has a fence, which keeps those of deposed primaries from doing any harm.
 */
final class SimulatedDatabase implements EntryWriter, SingleLoads {
    private static final int FAILS_ONCE_IN = 10;

    /** When statements come, and what the database makes of those that come too late. */
    enum Statements {
        /** At the moment of the call. */
        ON_TIME,
        /** Now and then later than a takeover takes; but who is fenced off changes nothing. */
        LATE_AND_FENCED,
        /** Now and then later than a takeover takes, and each changes rows. */
        LATE;

        /** Draws whether those that come late are possible, which they are only behind a fence. */
        static Statements draw(Random random) {
            return random.nextBoolean() ? ON_TIME : LATE_AND_FENCED;
        }
    }

    private final Random random;
    private final Statements statements;

    /** The highest epoch that has written in each partition. */
    private final Map<Integer, Long> epochs = new HashMap<>();

    private int fencedOff;
    private final Map<EncodedKey, EncodedValue> rows = new HashMap<>();
    private final Map<EncodedKey, Told> told = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int writes;

    /** What a key should be told, and how far it was. */
    private static final class Told {
        private final long generation;

        /** Whether that counts: a client that has not heard of a loss may use a key of before. */
        private boolean counts = true;

        /** In the order of the log; null for a deletion. */
        private final List<@Nullable EncodedValue> changes = new ArrayList<>();

        /** The place of what was written last. */
        private int written;

        /** Whether the last change was given up. */
        private boolean givenUp;

        Told(long generation) {
            this.generation = generation;
        }
    }

    SimulatedDatabase(Random random, Statements statements) {
        this.random = random;
        this.statements = statements;
    }

    /** Returns how many changes were refused since their primary was deposed. */
    int fencedOff() {
        return fencedOff;
    }

    /** Returns how many changes were written. */
    int writes() {
        return writes;
    }

    /** Takes in a committed entry, once. */
    void committed(long generation, LogEntry entry) {
        for (Effect effect : entry.effects()) {
            if (effect instanceof Effect.Store store && store.key().isUnwritten()) {
                UnwrittenChange change = UnwrittenForm.decode(store.value());
                Told key = told.computeIfAbsent(store.key().key(), first -> new Told(generation));
                key.counts &= key.generation == generation;
                key.givenUp = change.givenUp() != null;
                if (!key.givenUp) {
                    key.changes.add(change.value());
                }
            }
        }
    }

    private void wrote(Object key, @Nullable EncodedValue value) {
        writes++;
        if (value == null) {
            rows.remove((EncodedKey) key);
        } else {
            rows.put((EncodedKey) key, value);
        }
        Told known = told.get((EncodedKey) key);
        if (known == null) {
            violations.add("Q2: " + text(key) + " was written, and nothing of it is committed");
            return;
        }
        int place = known.written;
        while (place < known.changes.size() && !Objects.equals(known.changes.get(place), value)) {
            place++;
        }
        if (place == known.changes.size() && known.counts) {
            violations.add("Q2, Q5: " + text(key) + " was written as " + text(value)
                    + ", which is not committed, or older than what was written before");
        } else if (known.counts) {
            known.written = place;
        }
    }

    /** Returns what is not as it should be when all has been written. */
    List<String> wounds(BiPredicate<EncodedKey, Long> isPresent) {
        List<String> wounds = new ArrayList<>(violations);
        told.forEach((key, known) -> {
            EncodedValue last = known.changes.isEmpty() ? null : known.changes.get(known.changes.size() - 1);
            EncodedValue row = rows.get(key);
            if (known.counts && !known.givenUp && isPresent.test(key, known.generation) && !Objects.equals(row, last)) {
                wounds.add("Q1: the database has " + text(row) + " of " + text(key) + ", the last change was "
                        + text(last) + " of " + known.changes.size());
            }
        });
        return wounds;
    }

    private static String text(@Nullable Object part) {
        if (part instanceof EncodedKey key) {
            return new String(key.bytes(), StandardCharsets.UTF_8);
        }
        return part instanceof EncodedValue value ? new String(value.bytes(), StandardCharsets.UTF_8) : "nothing";
    }

    @Override
    public EntryWriter fencedBy(WriteFence fence) {
        return new Fenced(fence);
    }

    private void change(Object key, @Nullable EncodedValue value, WriteFence fence) {
        failNowAndThen();
        if (statements == Statements.LATE_AND_FENCED) {
            raise(key, fence);
        }
        wrote(key, value);
        failNowAndThen();
    }

    private void raise(Object key, WriteFence fence) {
        FencingToken token = fence.token(key).orElseThrow(() -> new AssertionError("no token of " + text(key)));
        if (epochs.merge(token.partition(), token.epoch(), Math::max) > token.epoch()) {
            fencedOff++;
            throw new IllegalStateException("fenced off: " + token);
        }
    }

    /** The way in of a call. */
    private final class Fenced implements EntryWriter {
        private final WriteFence fence;

        Fenced(WriteFence fence) {
            this.fence = fence;
        }

        @Override
        public void write(Object key, Object value) {
            change(key, (EncodedValue) value, fence);
        }

        @Override
        public void writeAll(Map<Object, Object> entries) {
            writeEach(this, entries);
        }

        @Override
        public void delete(Object key) {
            change(key, null, fence);
        }

        @Override
        public void deleteAll(Set<Object> keys) {
            deleteEach(this, keys);
        }
    }

    private static void writeEach(EntryWriter writer, Map<Object, Object> entries) {
        for (Object key : List.copyOf(entries.keySet())) {
            writer.write(key, Objects.requireNonNull(entries.get(key)));
            entries.remove(key);
        }
    }

    private static void deleteEach(EntryWriter writer, Set<Object> keys) {
        for (Object key : List.copyOf(keys)) {
            writer.delete(key);
            keys.remove(key);
        }
    }

    private void failNowAndThen() {
        if (random.nextInt(2 * FAILS_ONCE_IN) == 0) {
            throw new IllegalStateException("the database is tired");
        }
    }

    @Override
    public @Nullable Object load(Object key) {
        failNowAndThen();
        return rows.get((EncodedKey) key);
    }

    @Override
    public void write(Object key, Object value) {
        change(key, (EncodedValue) value, WriteFence.NONE);
    }

    @Override
    public void writeAll(Map<Object, Object> entries) {
        writeEach(this, entries);
    }

    @Override
    public void delete(Object key) {
        change(key, null, WriteFence.NONE);
    }

    @Override
    public void deleteAll(Set<Object> keys) {
        deleteEach(this, keys);
    }
}
