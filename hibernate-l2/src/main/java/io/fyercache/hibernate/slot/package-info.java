/**
 * What a region with READ_WRITE access keeps for a key, and what may become of it: soft locks, and the entries that they protect. It exists so that
 * these rules are written once, and are applied where the key is, with the key held, whether that is this JVM or a member of a cluster.
 *
 * <p>{@link io.fyercache.hibernate.slot.Slot} is the state, {@link io.fyercache.hibernate.slot.SlotOperation} the moves. It must not know
 * Hibernate, nor ask for the time: all timestamps are arguments, in the unit of {@link io.fyercache.hibernate.timestamp.TimestampSource}.
 */
@NullMarked
package io.fyercache.hibernate.slot;

import org.jspecify.annotations.NullMarked;
