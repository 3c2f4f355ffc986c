/**
 * ZooKeeper in virtual time: an ensemble that agrees on one order of transactions, servers that lag behind it, sessions, ephemeral znodes,
 * watches, and what goes wrong with them. It behaves as ZooKeeper promises and no better: whatever a client could meet in reality, some
 * seed shows. No thread, no clock, all chance from the world's seed.
 *
 * <p>It must not know what the znodes mean.
 */
@NullMarked
package io.fyercache.testkit.zookeeper;

import org.jspecify.annotations.NullMarked;
