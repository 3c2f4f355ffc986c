/**
 * What runs in a JVM that is a member of a measured cluster: it does as it is told, and tells what it measured.
 *
 * <p>It must not know what others measure, and what the numbers are compared with.
 */
@NullMarked
package io.fyercache.benchmarks.cluster.member;

import org.jspecify.annotations.NullMarked;
