package io.fyercache.sharded.message;

import io.fyercache.sharded.topology.Incarnation;

/**
 * What the primary of a partition asks of the controller. It holds for one version of the partition's record and for no other: a request
 * that was under way while the record changed may be about a copy that no longer is one.
 */
public sealed interface ControllerRequest {

    /** Returns the version of the record that the primary has seen. */
    long version();

    /** Count this member as in sync: it has everything, and nothing is committed without it. */
    record Expand(long version, Incarnation member) implements ControllerRequest {}

    /** Count this member no longer: it does not answer. */
    record Shrink(long version, Incarnation member) implements ControllerRequest {}

    /** I serve no more in this epoch, and all that I hold is held by every member in sync. */
    record Relinquished(long version) implements ControllerRequest {}
}
