/**
 * Near caches: what processes keep of entries that other members lead (N1 to N5). {@link io.fyercache.sharded.near.NearTeller} is the member's side, {@link
 * io.fyercache.sharded.near.NearSubscriber} the process's, which keeps the leases by which a {@link io.fyercache.sharded.near.NearCache} may be read.
 */
@NullMarked
package io.fyercache.sharded.near;

import org.jspecify.annotations.NullMarked;
