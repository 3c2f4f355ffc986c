/**
 * Clusters of three processes on this machine: how fast they are, and what callers notice when one of them breaks.
 *
 * <p>It exists to start the members of one contestant, to give them all the same work at the same time, to break one of them, and to put
 * together what they measured. It must not know what the numbers are compared with.
 */
@NullMarked
package io.fyercache.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
