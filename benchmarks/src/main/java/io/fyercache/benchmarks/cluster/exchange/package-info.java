/**
 * What the runner and the members of a cluster say to each other, as lines of text.
 *
 * <p>It exists so that both sides, which are different processes, agree. It must not know who starts whom, or what is compared with what.
 */
@NullMarked
package io.fyercache.benchmarks.cluster.exchange;

import org.jspecify.annotations.NullMarked;
