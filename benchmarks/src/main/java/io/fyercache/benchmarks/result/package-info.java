/**
 * What came out: a cell of the matrix, each contestant's outcome in it, and how ours compares.
 *
 * <p>It exists so that measuring and reporting meet in plain values. It must not know how anything was measured or will be shown.
 */
@NullMarked
package io.fyercache.benchmarks.result;

import org.jspecify.annotations.NullMarked;
