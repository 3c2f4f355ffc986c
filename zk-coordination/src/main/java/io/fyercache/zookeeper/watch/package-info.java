/**
 * Reads again what has changed, in rounds that a broken connection does not tear, and tells the listener in order. It must not know what is
 * read.
 */
@NullMarked
package io.fyercache.zookeeper.watch;

import org.jspecify.annotations.NullMarked;
