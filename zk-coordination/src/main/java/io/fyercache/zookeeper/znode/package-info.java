/**
 * What a cluster keeps in ZooKeeper, and a session with it as a port: where the znodes are, how they are read and by which transactions they
 * are changed. It must not know the library that talks to ZooKeeper, nor what members do with what they read.
 */
@NullMarked
package io.fyercache.zookeeper.znode;

import org.jspecify.annotations.NullMarked;
