/** Loader and writer on real H2 databases. */
package io.fyercache.jdbc;
