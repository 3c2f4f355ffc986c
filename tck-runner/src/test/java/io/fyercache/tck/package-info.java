/**
 * Holds the provider against JSR-107: the build runs the TCK, and {@link io.fyercache.tck.ConformanceGate} reads its
 * reports, because a green TCK run proves little by itself. Tests that are excluded, or that the TCK skips for want of
 * an optional feature or of a bean container, are reported as passed.
 *
 * <p>Knows nothing of the provider: whatever {@code Caching.getCachingProvider()} finds on the class path is under test.
 */
@NullMarked
package io.fyercache.tck;

import org.jspecify.annotations.NullMarked;
