/**
 * Entries in memory: which key has which entry, how many may be kept, and which goes when there are too many. Knows nothing of what
 * operations do to an entry.
 */
@NullMarked
package io.fyercache.core.store;

import org.jspecify.annotations.NullMarked;
