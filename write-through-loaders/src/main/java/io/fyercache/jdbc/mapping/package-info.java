/**
 * How an entry and a row correspond: the table, its key columns and value columns, and the way from key and value to
 * parameters and back from a result set.
 *
 * <p>Knows {@code java.sql} and no SQL text: quoting and statements belong to
 * {@link io.fyercache.jdbc.dialect}. Knows nothing of JCache, connections or transactions.
 */
@NullMarked
package io.fyercache.jdbc.mapping;

import org.jspecify.annotations.NullMarked;
