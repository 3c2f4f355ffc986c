package io.fyercache.testkit.simulation;

import io.fyercache.core.engine.EntryWriter;
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
 * moment of the call.
 */
final class SimulatedDatabase implements EntryWriter, SingleLoads {
    private static final int FAILS_ONCE_IN = 10;

    private final Random random;
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

    SimulatedDatabase(Random random) {
        this.random = random;
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
        failNowAndThen();
        wrote(key, (EncodedValue) value);
        failNowAndThen();
    }

    @Override
    public void writeAll(Map<Object, Object> entries) {
        for (Object key : List.copyOf(entries.keySet())) {
            write(key, Objects.requireNonNull(entries.get(key)));
            entries.remove(key);
        }
    }

    @Override
    public void delete(Object key) {
        failNowAndThen();
        wrote(key, null);
        failNowAndThen();
    }

    @Override
    public void deleteAll(Set<Object> keys) {
        for (Object key : List.copyOf(keys)) {
            delete(key);
            keys.remove(key);
        }
    }
}
