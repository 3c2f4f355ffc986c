/**
 * Hibernate's second-level cache on FyerCache, in this JVM or in a cluster. The roof of this module: the region factory, its settings, and where it
 * finds its cache manager.
 *
 * <p>{@link io.fyercache.hibernate.FyerRegionFactory} is all that an application names, and that only by {@code fyercache}.
 */
@NullMarked
package io.fyercache.hibernate;

import org.jspecify.annotations.NullMarked;
