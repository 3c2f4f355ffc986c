/**
 * Whose turn it is to hold a lock: places in queues of znodes, over one session after another. It must not know who waits for a place, nor by which
 * thread, nor the library that talks to ZooKeeper.
 */
@NullMarked
package io.fyercache.zookeeper.turn;

import org.jspecify.annotations.NullMarked;
