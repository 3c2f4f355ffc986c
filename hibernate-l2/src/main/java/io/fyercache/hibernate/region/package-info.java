/**
 * Regions: caches of FyerCache in the shape that Hibernate asks for. It exists to hold both vocabularies apart: below it nothing knows Hibernate's
 * sessions, above it nothing knows caches.
 *
 * <p>{@link io.fyercache.hibernate.region.RegionCache} decides what becomes of a failure, {@link io.fyercache.hibernate.region.SoftLocks} is READ_WRITE.
 */
@NullMarked
package io.fyercache.hibernate.region;

import org.jspecify.annotations.NullMarked;
