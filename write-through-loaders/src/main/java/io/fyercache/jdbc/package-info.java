/**
 * A {@link javax.cache.integration.CacheLoader} and a {@link javax.cache.integration.CacheWriter} on JDBC, for any
 * JCache provider.
 *
 * <p>The roof of this module: {@link io.fyercache.jdbc.JdbcCacheLoader} and {@link io.fyercache.jdbc.JdbcCacheWriter}
 * own connections, transactions and errors; {@link io.fyercache.jdbc.mapping} knows rows,
 * {@link io.fyercache.jdbc.dialect} knows SQL. Nothing here may know a JCache provider, ours included.
 *
 * <p>A cache in front of table {@code person}:
 *
 * <pre>{@code
 * create table person (id bigint primary key, family_name varchar(80) not null, born date);
 *
 * record Person(long id, String familyName, LocalDate born) {}
 *
 * var mapping = EntityMapping.builder(Long.class, Person.class).table("person").build();
 * var configuration = new MutableConfiguration<Long, Person>()
 *         .setTypes(Long.class, Person.class)
 *         .setReadThrough(true)
 *         .setCacheLoaderFactory(JdbcCacheLoader.builder(mapping).dataSource(dataSource).build().factory())
 *         .setWriteThrough(true)
 *         .setCacheWriterFactory(JdbcCacheWriter.builder(mapping).dataSource(dataSource).build().factory());
 * Cache<Long, Person> people = cacheManager.createCache("people", configuration);
 * }</pre>
 *
 * <p><b>Errors.</b> Messages name table, columns and key, never a value. The database's own exception is the cause, and
 * its message may quote values; keep that in mind where logs are widely read.
 *
 * <p><b>Connections</b> are taken from the data source for each call and returned before it ends, also when it fails.
 * They must be the cache's own: a data source that joins the caller's transaction would let a loader see rows that are
 * never committed, and a writer commit what is not its own.
 */
@NullMarked
package io.fyercache.jdbc;

import org.jspecify.annotations.NullMarked;
