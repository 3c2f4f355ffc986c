/**
 * Keeps primaries that were deposed from overwriting what their successors have written: a table of the highest epoch of each partition, which each
 * transaction locks and raises before it writes.
 *
 * <p>Makes statements of its own table, and knows nothing of those that are fenced. Who is primary it is told by {@link
 * io.fyercache.jdbc.fence.PrimaryEpochs}; it knows no JCache provider.
 */
@NullMarked
package io.fyercache.jdbc.fence;

import org.jspecify.annotations.NullMarked;
