/** Tests of what PostgreSQL alone can do. */
package io.fyercache.jdbc.postgresql;
