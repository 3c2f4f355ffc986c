/**
 * The coordination port on a real ZooKeeper ensemble: sessions, threads, credentials and access lists. The only package that knows
 * ZooKeeper's library; what members do with it is below.
 */
@NullMarked
package io.fyercache.zookeeper;

import org.jspecify.annotations.NullMarked;
