/**
 * What a member needs of ZooKeeper, as a port: who is there, who controls the table, the table itself, and the proof of contact that a
 * licence is renewed by. It must not know how that is kept: {@code zk-coordination} does it for ZooKeeper, the test kit in virtual time.
 */
@NullMarked
package io.fyercache.sharded.coordination;

import org.jspecify.annotations.NullMarked;
