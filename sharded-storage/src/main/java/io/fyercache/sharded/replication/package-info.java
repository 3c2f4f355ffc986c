/**
 * What a copy of a partition does: the state machines of the replication protocol ({@code docs/protocol.md}, whose marks, such as W3, stand
 * at each step). They take messages, records and the time as arguments, and hand what they want sent, asked or answered to their
 * {@link io.fyercache.sharded.replication.ReplicaHost host}.
 *
 * <p>It must not know sockets, threads, clocks, chance or ZooKeeper, and there is no lock here: whoever owns a partition calls its replica,
 * one call at a time.
 */
@NullMarked
package io.fyercache.sharded.replication;

import org.jspecify.annotations.NullMarked;
