package io.fyercache.management.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may do; each role covers those before it. */
public enum Role {
    /** To look: at the cluster, at caches and their entries, at metrics. */
    READ,
    /** To steer, and to drop what the system of record has: invalidate entries. */
    OPERATE,
    /** To change entries, and so, by a cache's writer, the system of record. */
    WRITE;

    /** Tells whether who has this role may do what needs that one. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** Returns what it is called in files and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role of a name; empty if it is none's. */
    public static Optional<Role> of(String text) {
        return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
