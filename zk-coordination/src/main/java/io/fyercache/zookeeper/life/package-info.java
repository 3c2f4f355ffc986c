/**
 * One life of a member, put together: the coordination port on a session with znodes. It must not know threads, sockets, clocks or
 * ZooKeeper's library, so that virtual worlds run the same code as real members do.
 */
@NullMarked
package io.fyercache.zookeeper.life;

import org.jspecify.annotations.NullMarked;
