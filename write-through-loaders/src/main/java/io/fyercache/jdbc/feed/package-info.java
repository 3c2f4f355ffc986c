/**
 * Change feeds: rows that somebody else has changed in the database drop their entries from a cache.
 *
 * <p>{@link io.fyercache.jdbc.feed.ChangeFeed} has the threads and says how it goes; a
 * {@link io.fyercache.jdbc.feed.ChangeSource} knows how a database tells what has changed. It knows no JCache: a cache is
 * what can drop entries ({@link io.fyercache.jdbc.feed.InvalidatedCache}).
 */
@NullMarked
package io.fyercache.jdbc.feed;

import org.jspecify.annotations.NullMarked;
