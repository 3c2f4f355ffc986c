/**
 * Holds the classes of all modules against the architecture: {@link io.fyercache.tck.architecture.FloorPlan} is the
 * picture of {@code docs/architecture.md} as data, {@link io.fyercache.tck.architecture.ArchitectureRules} what it means.
 * Below {@code fixture}, each rule has a package of classes that break it, as proof that it can fail.
 */
@NullMarked
package io.fyercache.tck.architecture;

import org.jspecify.annotations.NullMarked;
