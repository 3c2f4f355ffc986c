package io.fyercache.testkit.simulation;

import io.fyercache.sharded.message.EncodedValue;
import io.fyercache.sharded.message.EntryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is promised of reads that are answered near, judged by what was committed when: none is staler than a bound, and none is older than what its process has written
 * or seen of the key before. No value may be written twice. Times are true ones, in nanoseconds. Used by one thread.
 */
final class NearPromises {
    private final long stalenessNanos;
    private final Map<EntryKey, List<Version>> versions = new HashMap<>();

    /** How many versions of a key a process may not go back before. */
    private final Map<Seen, Integer> floors = new HashMap<>();

    private int reads;

    /** What a key has from an instant on; no value if null. */
    private record Version(@Nullable EncodedValue value, long sinceNanos) {}

    private record Seen(long process, EntryKey key) {}

    /** Makes the judge of reads that may be so stale. */
    NearPromises(long stalenessNanos) {
        this.stalenessNanos = stalenessNanos;
    }

    /** Takes in that a change of a key is committed, once: what it has from now on, or null. */
    void committed(EntryKey key, @Nullable EncodedValue value, long nowNanos) {
        versions.computeIfAbsent(key, first -> new ArrayList<>()).add(new Version(value, nowNanos));
    }

    /** Returns how many changes of a key are committed, to be told to {@link #seen} when an operation ends that begins now. */
    int changes(EntryKey key) {
        return versions.getOrDefault(key, List.of()).size();
    }

    /**
     * Takes in that an operation of a process on a key has returned.
     *
     * @param begun how many changes were committed when it was called
     * @param value what it has read, or written, if that is known
     */
    void seen(long process, EntryKey key, int begun, @Nullable EncodedValue value) {
        floors.merge(new Seen(process, key), Math.max(begun, value == null ? 0 : versionOf(key, value)), Math::max);
    }

    /** Takes in that a key was certainly removed by an operation that was called when so many changes were committed. */
    void removed(long process, EntryKey key, int begun) {
        List<Version> all = versions.getOrDefault(key, List.of());
        int version = begun;
        while (version < all.size() && all.get(version).value() != null) {
            version++;
        }
        floors.merge(new Seen(process, key), Math.min(version + 1, all.size()), Math::max);
    }

    /** Judges a read that is answered near. */
    void readNear(long process, EntryKey key, EncodedValue value, long nowNanos) {
        reads++;
        int version = versionOf(key, value);
        List<Version> all = versions.getOrDefault(key, List.of());
        if (version == 0) {
            throw new AssertionError("N: process " + process + " found a value near that was never committed: " + key);
        }
        int floor = floors.getOrDefault(new Seen(process, key), 0);
        if (version < floor) {
            throw new AssertionError("N3: process " + process + " found version " + version + " of " + key
                    + " near, and had seen " + floor);
        }
        if (version < all.size() && nowNanos - all.get(version).sinceNanos() > stalenessNanos) {
            throw new AssertionError("N4: process " + process + " found version " + version + " of " + key
                    + " near, which was no longer current for "
                    + (nowNanos - all.get(version).sinceNanos()) / 1_000_000
                    + " ms");
        }
        floors.merge(new Seen(process, key), version, Math::max);
    }

    /** Returns how many reads were answered near. */
    int reads() {
        return reads;
    }

    /** Returns the number of the version that a value is, from 1; 0 if it is none. */
    private int versionOf(EntryKey key, EncodedValue value) {
        List<Version> all = versions.getOrDefault(key, List.of());
        for (int i = all.size(); i > 0; i--) {
            if (Objects.equals(value, all.get(i - 1).value())) {
                return i;
            }
        }
        return 0;
    }
}
