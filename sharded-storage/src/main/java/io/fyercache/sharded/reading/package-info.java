/** What one thread keeps so that all others may read it: a copy (R7), and what was read of other members (N4). */
@NullMarked
package io.fyercache.sharded.reading;

import org.jspecify.annotations.NullMarked;
