package io.fyercache.core.codec;

import io.fyercache.core.bytes.ByteSource;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layouts that bytes have named so far, found by fingerprint and name without creating a string. Thread-safe; lookups take
 * no lock.
 *
 * <p>Only classes that were resolved, permitted and found to have the fingerprint get in, so hostile bytes cannot fill it. It
 * refers to layouts weakly, as they refer to their classes.
 */
final class LayoutTable {
    /** A layout with what is needed to find it, so that a search does not touch the layouts it passes. */
    private static final class Entry extends WeakReference<ClassLayout> {
        final long fingerprint;
        final byte[] name;

        Entry(ClassLayout layout) {
            super(layout);
            this.fingerprint = layout.fingerprint();
            this.name = layout.nameBytes();
        }
    }

    /** Open addressing, at most half full, replaced as a whole. */
    private volatile @Nullable Entry[] entries = new @Nullable Entry[8];

    /** The layout of which the fingerprint was read and the name comes next, or null. The name is skipped if it is found. */
    @Nullable
    ClassLayout find(long fingerprint, ByteSource source, int nameLength) {
        @Nullable Entry[] current = entries;
        int i = slotOf(fingerprint, current.length);
        for (Entry entry = current[i]; entry != null; entry = current[i]) {
            if (entry.fingerprint == fingerprint && source.startsWith(entry.name, nameLength)) {
                ClassLayout layout = entry.get();
                if (layout != null) {
                    source.skip(nameLength);
                }
                return layout;
            }
            i = (i + 1) & (current.length - 1);
        }
        return null;
    }

    synchronized void add(ClassLayout added) {
        List<Entry> live = new ArrayList<>();
        for (Entry entry : entries) {
            ClassLayout layout = entry == null ? null : entry.get();
            if (entry != null && layout != null && layout != added) {
                live.add(entry);
            }
        }
        live.add(new Entry(added));
        @Nullable Entry[] next = new @Nullable Entry[Math.max(8, Integer.highestOneBit(live.size()) * 4)];
        for (Entry entry : live) {
            int i = slotOf(entry.fingerprint, next.length);
            while (next[i] != null) {
                i = (i + 1) & (next.length - 1);
            }
            next[i] = entry;
        }
        entries = next;
    }

    private static int slotOf(long fingerprint, int slots) {
        return (int) fingerprint & (slots - 1); // a digest needs no further spreading
    }
}
