/**
 * Locks for the processes of a cluster, as applications use them: threads that wait, holds, and what is called when one is lost. It must not know
 * ZooKeeper's library, nor how turns are told.
 */
@NullMarked
package io.fyercache.zookeeper.lock;

import org.jspecify.annotations.NullMarked;
