/**
 * Runs of bytes, written and read within bounds: numbers of varying length, texts, counts. It exists so that no codec of any house
 * writes its own checks before it allocates. It must not know what the bytes mean, nor where they come from or go to.
 */
@NullMarked
package io.fyercache.core.bytes;

import org.jspecify.annotations.NullMarked;
