package io.fyercache.quickstart;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cache with its database, row by row, once nobody writes any more. The database is read past the cache.
 */
final class AgreementCheck {
    private final Cache<String, ClassRow> cache;
    private final ClassTable table;
    private final Runnable rowAnswered;

    /**
     * Prepares to compare {@code cache} with {@code table}.
     *
     * @param rowAnswered is run after each answer of {@link #answersAgree}, which takes the longest
     */
    AgreementCheck(Cache<String, ClassRow> cache, ClassTable table, Runnable rowAnswered) {
        this.cache = cache;
        this.table = table;
        this.rowAnswered = rowAnswered;
    }

    /** The promise that the database holds what the writers wrote last, where that is known. */
    Check databaseHolds(Map<String, Optional<ClassRow>> written) throws SQLException {
        Map<String, ClassRow> stored = new HashMap<>();
        table.forEach(row -> {
            if (written.containsKey(row.name())) {
                stored.put(row.name(), row);
            }
        });
        Tally tally = new Tally();
        written.forEach((key, row) -> tally.compare(key, "written", row.orElse(null), "database", stored.get(key)));
        return tally.check("the database holds each thread's last write");
    }

    /**
     * The promise that what lies in the cache is what the database holds. Entries are iterated, which loads nothing, so
     * an entry that the cache should no longer have is found.
     */
    Check entriesAgree() throws SQLException {
        Map<String, ClassRow> entries = new HashMap<>();
        cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        Tally tally = new Tally();
        table.forEach(row -> {
            ClassRow entry = entries.remove(row.name());
            if (entry != null) {
                tally.compare(row.name(), "cache", entry, "database", row);
            }
        });
        entries.forEach((key, entry) -> tally.compare(key, "cache", entry, "database", null));
        return tally.check("entries in the cache equal their rows");
    }

    /**
     * The promise that the cache answers each key as the database does: with its row, or with nothing where the row of
     * one of {@code rows} has been removed.
     */
    Check answersAgree(Collection<ClassRow> rows) throws SQLException {
        Set<String> removed = new HashSet<>();
        rows.forEach(row -> removed.add(row.name()));
        List<ClassRow> stored = new ArrayList<>();
        table.forEach(stored::add);
        Tally tally = new Tally();
        for (ClassRow row : stored) {
            removed.remove(row.name());
            tally.compare(row.name(), "cache", cache.get(row.name()), "database", row);
            rowAnswered.run();
        }
        for (String key : removed) {
            tally.compare(key, "cache", cache.get(key), "database", null);
            rowAnswered.run();
        }
        return tally.check("every answer equals the database's");
    }

    /** Counts comparisons and remembers the first that differ. */
    private static final class Tally {
        private static final int SHOWN = 3; // enough to see a pattern

        private final List<String> differences = new ArrayList<>();
        private long compared;
        private long equal;

        void compare(String key, String left, @Nullable ClassRow one, String right, @Nullable ClassRow other) {
            compared++;
            if (Objects.equals(one, other)) {
                equal++;
            } else if (differences.size() < SHOWN) {
                differences.add(key + ": " + left + " " + shown(one) + ", " + right + " " + shown(other));
            }
        }

        private static String shown(@Nullable ClassRow row) {
            return row == null ? "nothing" : row.toString();
        }

        Check check(String promise) {
            return Check.all(promise, equal, compared).explain(String.join("; ", differences));
        }
    }
}
