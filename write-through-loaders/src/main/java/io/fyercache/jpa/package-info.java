/**
 * A {@link javax.cache.integration.CacheLoader} and a {@link javax.cache.integration.CacheWriter} on Jakarta Persistence, for
 * applications that have entities and no SQL of their own, and for any JCache provider.
 *
 * <p>The only package that knows {@code jakarta.persistence}, an optional dependency: nothing else in this module refers to it, and
 * applications bring their own, with Hibernate ORM or another provider. It knows no persistence provider and no JCache provider.
 *
 * <pre>{@code
 * var configuration = new MutableConfiguration<Long, Person>()
 *         .setTypes(Long.class, Person.class)
 *         .setReadThrough(true)
 *         .setCacheLoaderFactory(JpaCacheLoader.builder(Long.class, Person.class)
 *                 .entityManagerFactory(factory).build().factory())
 *         .setWriteThrough(true)
 *         .setCacheWriterFactory(JpaCacheWriter.builder(Long.class, Person.class)
 *                 .entityManagerFactory(factory).build().factory());
 * }</pre>
 *
 * <p><b>Entity managers and transactions</b> are the cache's own: each call opens an entity manager, has resource-local
 * transactions on it, and closes it. It takes no part in a transaction of the caller's, and JTA is refused.
 *
 * <p><b>Entities in a cache are detached and whole.</b> What could still be loaded from the database is refused with the
 * attribute's name, since nothing could load it once it is in the cache, least of all in another JVM.
 */
@NullMarked
package io.fyercache.jpa;

import org.jspecify.annotations.NullMarked;
