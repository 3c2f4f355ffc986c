/**
 * A ZooKeeper server in this JVM, for tests and trials on one machine. It must not know what is kept in it.
 */
@NullMarked
package io.fyercache.zookeeper.embedded;

import org.jspecify.annotations.NullMarked;
