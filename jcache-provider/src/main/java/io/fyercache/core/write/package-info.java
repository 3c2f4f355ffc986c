/**
 * Changes that wait to be written to the database: which they are, when each is due, and what becomes of those that cannot be written. It
 * knows neither caches nor writers, threads nor clocks, and leaves chance to whoever calls it, so that a cache in this JVM and a primary in
 * a simulated cluster use the same queue.
 */
@NullMarked
package io.fyercache.core.write;

import org.jspecify.annotations.NullMarked;
