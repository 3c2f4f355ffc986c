/**
 * Members to the next plan: which members should hold each partition, given who is there and who holds it today.
 *
 * <p>It is one {@link io.fyercache.sharded.placement.PartitionPlacer pure function}. It must not know how a plan is carried
 * out, how fast, or in what order: joins, hand-overs and their limits are the controller's. Two controllers with the same
 * picture make the same plan, in any JVM.
 */
@NullMarked
package io.fyercache.sharded.placement;

import org.jspecify.annotations.NullMarked;
