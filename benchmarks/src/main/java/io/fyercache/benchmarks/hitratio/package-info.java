/**
 * Hit ratios of bounded caches on recorded access traces.
 *
 * <p>It exists to compare FyerCache's evictions with raw Caffeine's on the same accesses. It must not know any other contestant.
 */
@NullMarked
package io.fyercache.benchmarks.hitratio;

import org.jspecify.annotations.NullMarked;
