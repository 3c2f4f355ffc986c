/**
 * What a client sees of a cluster, put together: one session after another, and what is read by them. It must not know what members do, nor the
 * library that talks to ZooKeeper.
 */
@NullMarked
package io.fyercache.zookeeper.view;

import org.jspecify.annotations.NullMarked;
