/**
 * What differs between databases: quoting, the statements for a table, and the meaning of an error.
 *
 * <p>Makes SQL text of a {@link io.fyercache.jdbc.mapping.Table} and binds rows to it. Knows nothing of JCache,
 * connections, transactions or retries. A further database is a further {@link io.fyercache.jdbc.dialect.Dialect}.
 */
@NullMarked
package io.fyercache.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
