package io.fyercache.sharded.topology;

/**
 * One life of a member, from its start to its end. A member that restarts, even under the same name and address, is
 * another incarnation: it has lost its memory, and no copy, lease or acknowledgement of its former life counts for it.
 *
 * @param number at least 1; a later start has a greater one. In ZooKeeper it is the transaction that created the member's
 *     znode ({@code czxid}).
 */
public record Incarnation(long number) implements Comparable<Incarnation> {
    /** Checks the number. */
    public Incarnation {
        Expected.atLeast("incarnation", number, 1);
    }

    /** Orders by time of birth. */
    @Override
    public int compareTo(Incarnation other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "#" + number;
    }
}
