package io.fyercache.sharded.topology;

/**
 * A process that stores data, in one of its lives.
 *
 * @param incarnation tells it from all other members and from its own former lives
 * @param description what it says of itself
 */
public record Member(Incarnation incarnation, MemberDescription description) {
    /** How many members a cluster may have: bounds the size of a record, as a replicated cache has a copy on each. */
    public static final int MAX_MEMBERS = 256;

    /** What it shares its fate with. */
    public Location location() {
        return description.location();
    }

    /** How much it takes in proportion to other members. */
    public int capacity() {
        return description.capacity();
    }

    @Override
    public String toString() {
        return description.nodeName() + incarnation;
    }
}
