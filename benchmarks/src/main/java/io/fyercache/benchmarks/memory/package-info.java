/**
 * Bytes per entry, measured in a fresh JVM per contestant.
 *
 * <p>It exists because a heap that JMH or another contestant has used says nothing. It must not know what the numbers are compared with.
 */
@NullMarked
package io.fyercache.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
