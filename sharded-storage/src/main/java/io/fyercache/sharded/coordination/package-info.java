/**
 * What members and clients need of ZooKeeper, as ports: who is there, the table, which caches there are; and for members who controls the
 * table, and the proof of contact that a licence is renewed by. It must not know how that is kept: {@code zk-coordination} does it for
 * ZooKeeper, the test kit in virtual time.
 */
@NullMarked
package io.fyercache.sharded.coordination;

import org.jspecify.annotations.NullMarked;
