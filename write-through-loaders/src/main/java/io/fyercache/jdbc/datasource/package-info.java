/**
 * Connection pools from settings, for applications that have none, and data sources by name, for factories that travel.
 *
 * <p>The only place that knows HikariCP and JNDI. It knows nothing of mappings or of JCache; loader and writer take any
 * {@link javax.sql.DataSource}.
 */
@NullMarked
package io.fyercache.jdbc.datasource;

import org.jspecify.annotations.NullMarked;
