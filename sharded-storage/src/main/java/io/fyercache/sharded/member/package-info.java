/**
 * A member's part in the cluster, without its threads and sockets: it installs tables in the replicas of its partitions, hears and is heard,
 * and controls the table while that is its turn.
 */
@NullMarked
package io.fyercache.sharded.member;

import org.jspecify.annotations.NullMarked;
