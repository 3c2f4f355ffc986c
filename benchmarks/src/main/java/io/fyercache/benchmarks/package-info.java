/**
 * The roof: reads the command line, walks the matrix, writes the report.
 *
 * <p>Start with {@code benchmarks/run}.
 */
@NullMarked
package io.fyercache.benchmarks;

import org.jspecify.annotations.NullMarked;
