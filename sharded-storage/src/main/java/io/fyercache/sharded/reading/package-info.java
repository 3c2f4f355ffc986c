/** What one thread keeps of a copy so that all others may read it (R7). */
@NullMarked
package io.fyercache.sharded.reading;

import org.jspecify.annotations.NullMarked;
