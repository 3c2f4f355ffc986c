/**
 * The data that is measured with: keys, values and the order in which they are asked for.
 *
 * <p>It exists so that every contestant sees the same objects in the same order. It must not know who is measured.
 */
@NullMarked
package io.fyercache.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
