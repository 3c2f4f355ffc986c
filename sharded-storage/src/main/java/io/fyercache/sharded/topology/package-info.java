/**
 * Who exists and who owns what: members, and the table that says for each partition which members hold it. All of it is
 * immutable: a reader holds one {@link io.fyercache.sharded.topology.PartitionTable picture}, and the next one is that
 * picture plus a {@link io.fyercache.sharded.topology.TableDelta delta}.
 *
 * <p>It must not know sockets, threads, clocks, chance or ZooKeeper, nor why a record changes: it says which changes are
 * legal, the controller decides on them.
 *
 * <p>Identifiers that meet in one method have types of their own, so that none is taken for another: a member's
 * {@link io.fyercache.sharded.topology.Incarnation}, a partition's {@link io.fyercache.sharded.topology.PartitionEpoch} and
 * the {@link io.fyercache.sharded.topology.ControllerEpoch}. Those objects are made once per record or connection, never
 * per request. Versions of records are plain numbers, and so is an epoch in a frame: they are compared per request.
 */
@NullMarked
package io.fyercache.sharded.topology;

import org.jspecify.annotations.NullMarked;
