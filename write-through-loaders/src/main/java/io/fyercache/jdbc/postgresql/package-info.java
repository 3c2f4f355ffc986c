/**
 * What PostgreSQL alone can do: it tells sessions of changes.
 *
 * <p>The only place that knows PostgreSQL's driver, which is optional.
 */
@NullMarked
package io.fyercache.jdbc.postgresql;

import org.jspecify.annotations.NullMarked;
