/**
 * The topology {@code invalidated}: each process has entries of its own, and whoever changes a key tells all others by a bus, who drop theirs. The engines of
 * this JVM are wrapped and told what is outdated; what operations mean is theirs.
 */
@NullMarked
package io.fyercache.core.invalidated;

import org.jspecify.annotations.NullMarked;
