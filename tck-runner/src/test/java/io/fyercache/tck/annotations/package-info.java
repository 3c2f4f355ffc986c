/**
 * The bean containers that run the annotation tests of the TCK: each is found by the TCK through {@code ServiceLoader},
 * one per run. Both must tell of every bean they hand out, for without a container the TCK passes without running a test.
 */
@NullMarked
package io.fyercache.tck.annotations;

import org.jspecify.annotations.NullMarked;
