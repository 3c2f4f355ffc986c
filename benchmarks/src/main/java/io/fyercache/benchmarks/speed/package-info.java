/**
 * Operations per microsecond, measured with JMH.
 *
 * <p>It exists to run one operation on one contestant in one fresh JVM, after proving there that the contestant does what the cell says. It
 * must not know what the numbers are compared with.
 */
@NullMarked
package io.fyercache.benchmarks.speed;

import org.jspecify.annotations.NullMarked;
