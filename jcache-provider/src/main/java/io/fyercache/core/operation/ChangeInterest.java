package io.fyercache.core.operation;

/**
 * Which changes of a cache somebody wants to hear of, and how: the sum of what several listeners want. Each of the three is a set of kinds, with
 * a bit for each. Immutable.
 *
 * @param heard the kinds that somebody listens to, 0..{@value #ALL_KINDS}
 * @param awaited of these, the kinds whose listeners have returned before the operation does
 * @param withOld of these, the kinds of which somebody wants to know the value before
 */
public record ChangeInterest(int heard, int awaited, int withOld) {
    private static final int CREATED = 1;
    private static final int UPDATED = 2;
    private static final int REMOVED = 4;
    private static final int EXPIRED = 8;

    /** The bits of all kinds. */
    public static final int ALL_KINDS = CREATED | UPDATED | REMOVED | EXPIRED;

    /** Nobody listens. */
    public static final ChangeInterest NONE = new ChangeInterest(0, 0, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a bit is none of a kind, or something is wanted of a kind that nobody listens to
     */
    public ChangeInterest {
        if (heard < 0 || heard > ALL_KINDS) {
            throw new IllegalArgumentException("heard: " + heard + " (expected: 0.." + ALL_KINDS + ")");
        }
        checkIsHeard("awaited", awaited, heard);
        checkIsHeard("withOld", withOld, heard);
    }

    private static void checkIsHeard(String name, int kinds, int heard) {
        if ((kinds & ~heard) != 0) {
            throw new IllegalArgumentException(
                    name + ": " + kinds + " (expected: no other bits than those of heard, " + heard + ")");
        }
    }

    private static int bit(EntryChange.Kind kind) {
        return switch (kind) {
            case CREATED -> CREATED;
            case UPDATED -> UPDATED;
            case REMOVED -> REMOVED;
            case EXPIRED -> EXPIRED;
        };
    }

    /** Returns this, with a listener more that listens to changes of a kind. */
    public ChangeInterest and(EntryChange.Kind kind) {
        return new ChangeInterest(heard | bit(kind), awaited, withOld);
    }

    /** Returns this, with a listener more that an operation waits for. */
    public ChangeInterest andAwaited(EntryChange.Kind kind) {
        return new ChangeInterest(heard | bit(kind), awaited | bit(kind), withOld);
    }

    /** Returns this, with a listener more that wants to know the value before. */
    public ChangeInterest andOldOf(EntryChange.Kind kind) {
        return new ChangeInterest(heard | bit(kind), awaited, withOld | bit(kind));
    }

    /** Tells whether nobody listens. */
    public boolean isNone() {
        return heard == 0;
    }

    /** Tells whether somebody listens to changes of a kind. */
    public boolean hears(EntryChange.Kind kind) {
        return (heard & bit(kind)) != 0;
    }

    /** Tells whether operations wait for somebody who listens to changes of a kind. */
    public boolean awaits(EntryChange.Kind kind) {
        return (awaited & bit(kind)) != 0;
    }

    /** Returns what of a change is of interest: the value before goes if nobody wants it. */
    public EntryChange of(EntryChange change) {
        if ((withOld & bit(change.kind())) != 0) {
            return change;
        }
        return switch (change.kind()) {
            case CREATED, UPDATED -> new EntryChange(change.kind(), change.key(), change.value(), null);
            case REMOVED, EXPIRED -> new EntryChange(change.kind(), change.key(), null, null);
        };
    }
}
