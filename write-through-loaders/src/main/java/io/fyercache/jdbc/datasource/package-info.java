/**
 * A connection pool from settings, for applications that have none.
 *
 * <p>The only place that knows HikariCP. It knows nothing of mappings or of JCache; loader and writer take any
 * {@link javax.sql.DataSource}.
 */
@NullMarked
package io.fyercache.jdbc.datasource;

import org.jspecify.annotations.NullMarked;
