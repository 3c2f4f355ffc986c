/**
 * Entities of Hibernate that are loaded from its second-level cache, measured with JMH.
 *
 * <p>It exists apart from {@code speed} because the contestants are not caches but region factories, and what is measured is a session's load, of which
 * the cache is a part. It must not know what the numbers are compared with.
 */
@NullMarked
package io.fyercache.benchmarks.secondlevel;

import org.jspecify.annotations.NullMarked;
